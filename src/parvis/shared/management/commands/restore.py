from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from parvis.shared import backup


class Command(BaseCommand):
    """`parvis restore FILE`: a house rises again from its backup."""

    help = "Put a backup in the place of this house, which must be closed. Refuses a house that holds something."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--force", action="store_true", help="replace what is here; it is kept in before-restore-…")

    def handle(self, *args: Any, file: Path, force: bool = False, **options: Any) -> None:
        try:
            found = backup.restore(file, force=force)
        except backup.BackupError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Restored in {settings.DATA}: the house of {found.made_at} (Parvis {found.version}), "
            f"{found.files} photos. `parvis serve` opens it."
        )
