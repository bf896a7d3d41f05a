from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from parvis.places.importing.command import ImportCommand
from parvis.places.importing.files import Outcome
from parvis.places.importing.zones import Columns, import_zones
from parvis.places.models import Zone


class Command(ImportCommand):
    help = "Import polygons (GeoJSON): boroughs, neighbourhoods, districts, collection sectors, neighbouring towns."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--kind", required=True, choices=Zone.Kind.values, help="what the polygons are")
        for name in ("code", "name", "phone", "website"):
            parser.add_argument(f"--{name}-property", help=f"the property that holds the {name}, if it isn't found")

    def bring_in(self, path: Path, **options: Any) -> Outcome:
        chosen = {name: options[f"{name}_property"] for name in ("code", "name", "phone", "website")}
        return import_zones(path, options["kind"], Columns().preferring(chosen))
