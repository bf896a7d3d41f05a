"""Fill the demonstration's year. Started by `parvis demo`; safe to stop and to start again."""

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Fill the year of the demonstration city."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reports", type=int, default=5000)
        parser.add_argument("--breathe", type=float, default=0.02, help="pause between transactions, in seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        from parvis.demo import growing

        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        made = growing.grow(options["reports"], breathe_s=options["breathe"])
        self.stdout.write(f"The demonstration holds {made} reports.")
