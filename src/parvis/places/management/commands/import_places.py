from __future__ import annotations

from pathlib import Path
from typing import Any

from parvis.places.importing.command import ImportCommand
from parvis.places.importing.files import Outcome
from parvis.places.importing.public_places import import_public_places


class Command(ImportCommand):
    help = "Import public places (GeoJSON points with names): parks, libraries, arenas."

    def bring_in(self, path: Path, **options: Any) -> Outcome:
        return import_public_places(path)
