from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.catalogue import importing, reading
from parvis.catalogue.errors import BadFile
from parvis.ledger import context


class Command(BaseCommand):
    help = "Load a catalogue of services (CSV): all of it or nothing. Columns: docs/reference/catalogue-file.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="the file; without it, the catalogue shipped with Parvis"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with context.acting(channel="import"):
                done = importing.load(options["file"] or reading.shipped())
        except BadFile as bad:
            raise CommandError("\n".join([*(str(fault) for fault in bad.faults), bad.sentence])) from None
        self.stdout.write(f"Services: {done.created} new, {done.changed} changed, {done.unchanged} unchanged.")
