"""What a backup looks like inside."""

from __future__ import annotations

from dataclasses import dataclass

NOTE = "parvis-backup.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
KEY = "secret-key"
UPLOADS = "uploads"


class BackupError(Exception):
    """What stood in the way; its text says what to do."""

    code = "backup"


@dataclass(frozen=True)
class Summary:
    """What a backup holds."""

    made_at: str  # ISO, UTC
    version: str  # of Parvis
    database: str  # "sqlite" or "postgresql"
    files: int  # photos
