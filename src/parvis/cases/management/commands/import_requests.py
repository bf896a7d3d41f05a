"""`parvis import requests FILE --profile boston`: years of requests from another system, as history."""

import csv
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.cases.importing import import_file, load
from parvis.cases.importing.profile import SHIPPED, BadProfile


class Command(BaseCommand):
    help = "Bring in requests from a CSV file (plain or .gz) of another system. Again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--profile", required=True, help=f"{', '.join(SHIPPED)}, or the path of a TOML file")

    def handle(self, *args: Any, **options: Any) -> None:
        from tqdm import tqdm

        source: Path = options["file"]
        if not source.is_file():
            raise CommandError(f"No file {source}.")
        try:
            profile = load(options["profile"])
        except BadProfile as error:
            raise CommandError(str(error)) from None
        rejects = settings.DATA / "imports" / f"{source.name.split('.')[0]}-{profile.name}-rejects.csv"
        started = time.monotonic()
        with tqdm(total=source.stat().st_size, unit="B", unit_scale=True, disable=not sys.stderr.isatty()) as bar:
            try:
                tally = import_file(source, profile, rejects, progress=bar.update)
            except (OSError, UnicodeError, csv.Error) as error:
                told = f"{source} can't be read further: {error}. What came in before stays; run it again."
                raise CommandError(told) from None
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{tally.rows} rows: {tally.made} brought in, {tally.already} already there, {tally.rejected} rejected "
            f"({seconds:.1f} s, {tally.rows / max(seconds, 0.001):.0f} rows/s)."
        )
        for reason, count in sorted(tally.reasons.items()):
            self.stdout.write(f"  {count} × {reason}")
        if tally.rejected:
            self.stdout.write(f"Rejected rows, with line and reason: {rejects}")
