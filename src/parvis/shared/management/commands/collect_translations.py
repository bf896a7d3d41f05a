from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from parvis.shared import translating


class Command(BaseCommand):
    help = "Bring the French sentences of code and templates into each app's English catalogue; drop those that left."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for app, count in translating.collect().items():
            if count:
                self.stdout.write(f"{app}: {count} to translate")
