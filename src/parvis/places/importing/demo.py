"""The invented city that ships with Parvis (made by tools/make_demo_places.py)."""

from __future__ import annotations

from pathlib import Path

from parvis.places.importing.public_places import import_public_places
from parvis.places.importing.streets import import_streets
from parvis.places.importing.zones import import_zones
from parvis.places.models import Zone

DATA = Path(__file__).resolve().parent.parent / "data"


def import_demo() -> None:
    """Load six boroughs, 35 neighbourhoods, four neighbouring towns, streets and public places. Idempotent."""
    import_zones(DATA / "boroughs.geojson", Zone.Kind.BOROUGH)
    import_zones(DATA / "neighbourhoods.geojson", Zone.Kind.NEIGHBOURHOOD)
    import_zones(DATA / "neighbours.geojson", Zone.Kind.NEIGHBOUR)
    import_streets(DATA / "streets.csv")
    import_public_places(DATA / "public-places.geojson")
