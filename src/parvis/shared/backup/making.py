"""Writing a backup, whole or not at all, while the house is open."""

from __future__ import annotations

import json
import os
import tarfile
import tempfile
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection

import parvis
from parvis.shared import clock
from parvis.shared.backup import databases
from parvis.shared.backup.shape import DATABASES, KEY, NOTE, UPLOADS, BackupError, Summary

LAST = "last-backup.json"  # in the data folder: what `parvis doctor` looks at


def make(target: Path, *, force: bool = False) -> Summary:
    """Write a backup to `target`, whole or not at all; the house may stay open. Raises BackupError."""
    if target.exists() and not force:
        raise BackupError(f"{target} exists already: choose another name, or add --force to replace it.")
    if not target.parent.is_dir():
        raise BackupError(f"The folder {target.parent} doesn't exist: make it first.")
    partial = target.with_name(target.name + ".partial")
    try:
        with tempfile.TemporaryDirectory(prefix="parvis-backup-", dir=target.parent) as work:
            summary = _pack(partial, Path(work))
        partial.replace(target)
    except OSError as error:
        raise BackupError(
            f"{target} can't be written ({error.strerror}): check the folder and its free space."
        ) from None
    finally:
        partial.unlink(missing_ok=True)
    settings.DATA.mkdir(parents=True, exist_ok=True)
    (settings.DATA / LAST).write_text(json.dumps({"at": summary.made_at, "file": str(target.resolve())}))
    return summary


def _pack(partial: Path, work: Path) -> Summary:
    made_at = clock.now().isoformat(timespec="seconds")
    database = work / DATABASES[connection.vendor]
    databases.copy_to(database)  # before the photos: each photo that the copy knows of is then there
    photos = sorted(path for path in Path(settings.UPLOADS).rglob("*") if path.is_file())
    summary = Summary(made_at, parvis.__version__, connection.vendor, len(photos))
    note = work / NOTE
    note.write_text(json.dumps(asdict(summary), indent=1))
    descriptor = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as archive:
        for path in (note, database):
            archive.add(path, path.name)
        if (settings.DATA / KEY).exists():
            archive.add(settings.DATA / KEY, KEY)
        for path in photos:
            if path.exists():  # erased meanwhile
                archive.add(path, str(PurePosixPath(UPLOADS, path.relative_to(settings.UPLOADS).as_posix())))
    return summary


def last() -> dict[str, Any] | None:
    """When and where the last backup of this house was written; None when never (as far as this folder knows)."""
    try:
        told: dict[str, Any] = json.loads((settings.DATA / LAST).read_text())
    except (OSError, ValueError):
        return None
    return told
