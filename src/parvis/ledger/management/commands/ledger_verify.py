from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from parvis.ledger import chain


class Command(BaseCommand):
    """`parvis ledger verify`: exit code 0 when every chain holds, 1 with a list of the breaks otherwise."""

    help = "Read the whole ledger again and check that no line was changed, added or taken out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--subject", help="one subject only, such as case:42")

    def handle(self, *args: Any, subject: str | None = None, **options: Any) -> None:
        entries = chain.in_order(subject)
        total = entries.count()
        if subject and not total:
            raise CommandError(f"The ledger holds nothing about {subject}. A subject reads like case:42.")
        lines = tqdm(entries.iterator(chunk_size=5000), total=total, unit=" lines", disable=None)
        found = 0
        for broken in chain.breaks_in(lines):
            found += 1
            self.stdout.write(
                f"{broken.subject} version {broken.version} (entry {broken.entry_id}): {broken.reason.value}."
            )
        if found:
            raise CommandError(f"The ledger doesn't hold: {found} breaks in {total} lines.")
        self.stdout.write(self.style.SUCCESS(f"The ledger holds: {total} lines."))
