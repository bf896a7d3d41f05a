from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from parvis.shared import translating


class Command(BaseCommand):
    help = "Compile every English catalogue (.po) to what Django reads (.mo). Needs neither gettext nor a database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        written = translating.compile_all()
        if options["verbosity"] > 1:
            self.stdout.write("\n".join(str(path) for path in written))
