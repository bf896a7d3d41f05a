from __future__ import annotations

from pathlib import Path

import pytest
from tests.places import town

from parvis.places.importing.public_places import import_public_places
from parvis.places.importing.streets import import_streets
from parvis.places.importing.zones import import_zones


@pytest.fixture
def small_town(db: None, tmp_path: Path) -> None:
    """The streets, zones, neighbour and public places of town.py."""
    import_zones(town.write_features(tmp_path / "boroughs.geojson", *town.BOROUGHS), "borough")
    import_zones(town.write_features(tmp_path / "quarters.geojson", *town.NEIGHBOURHOODS), "neighbourhood")
    import_zones(town.write_features(tmp_path / "neighbours.geojson", *town.NEIGHBOURS), "neighbour")
    import_streets(town.write_streets(tmp_path / "streets.csv"))
    import_public_places(town.write_features(tmp_path / "places.geojson", *town.PLACES))
