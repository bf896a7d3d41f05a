from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from parvis.shared import doctor


class Command(BaseCommand):
    """`parvis doctor`: exit code 0 when all is well, 1 when something asks for attention."""

    help = "Examine the house: configuration, database, disk, clock, mail, workers, dead jobs, backups."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        unwell = 0
        for finding in doctor.examine():
            unwell += not finding.is_well
            mark = self.style.SUCCESS("OK       ") if finding.is_well else self.style.WARNING("attention")
            self.stdout.write(
                f"{mark}  {finding.about}: {finding.seen}{'' if finding.is_well else ' → ' + finding.remedy}"
            )
        if unwell:
            sys.exit(1)
