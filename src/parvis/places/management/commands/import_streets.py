from __future__ import annotations

from pathlib import Path
from typing import Any

from parvis.places.importing.command import ImportCommand
from parvis.places.importing.files import Outcome
from parvis.places.importing.streets import import_streets


class Command(ImportCommand):
    help = "Import street segments with civic numbers (CSV with WKT lines, columns of « voie publique »)."

    def bring_in(self, path: Path, **options: Any) -> Outcome:
        return import_streets(path)
