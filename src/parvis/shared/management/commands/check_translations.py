from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.shared import translating


class Command(BaseCommand):
    help = "Fail on a French sentence without English, fuzzy, stale, at odds with its placeholders or said in two ways."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        complaints = [str(complaint) for complaint in translating.check()]
        if complaints:
            lines = "\n".join(complaints)
            raise CommandError(
                f"{lines}\n{len(complaints)} to put right. `make messages` adds and removes, then write the English in "
                "src/parvis/<app>/locale/en/LC_MESSAGES/django.po."
            )
        self.stdout.write("Every French sentence has its English.")
