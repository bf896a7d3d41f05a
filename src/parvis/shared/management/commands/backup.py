from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.shared import backup


class Command(BaseCommand):
    """`parvis backup FILE`: everything that can't be made again, in one file."""

    help = "Write database, photos and signing key into one .tar.gz. The house may stay open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="such as parvis-2026-03-10.tar.gz")
        parser.add_argument("--force", action="store_true", help="replace FILE if it exists")

    def handle(self, *args: Any, file: Path, force: bool = False, **options: Any) -> None:
        try:
            made = backup.make(file, force=force)
        except backup.BackupError as refusal:
            raise CommandError(str(refusal)) from None
        size_mb = file.stat().st_size / 1_000_000
        self.stdout.write(f"{file}: {made.database} database and {made.files} photos, {size_mb:.1f} MB.")
        self.stdout.write("It holds personal data and the signing key: keep it where only few can read, elsewhere.")
