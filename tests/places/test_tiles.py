"""Our own map tiles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest
from tests.people import make_segment, make_street

from parvis.places import cells, tiles
from parvis.places.errors import BadPosition
from parvis.places.models import Street

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"


def tile_at(zoom: int, lon: float = -71.2155, lat: float = 46.811) -> tuple[int, int, int]:
    x, y = cells.mercator(lon, lat)
    return zoom, int(x * 2**zoom), int(y * 2**zoom)


def decoded(*tile: int) -> dict[str, Any]:
    return mapbox_vector_tile.decode(tiles.streets_tile(*tile), default_options={"y_coord_down": True})


@pytest.mark.usefixtures("small_town")
def test_a_tile_holds_each_street_once_with_its_name_and_rank() -> None:
    streets = decoded(*tile_at(15))["streets"]["features"]
    named = sorted((f["properties"]["name"], f["properties"]["rank"]) for f in streets)
    assert len(named) == len(set(named))
    assert ("Rue Saint-Jean", 1) in named  # 50 km/h: a main street
    assert ("Bande cyclable Saint-Jean", 3) in named
    assert {f["geometry"]["type"] for f in streets} <= {"LineString", "MultiLineString"}


@pytest.mark.usefixtures("small_town")
def test_far_away_only_what_matters_is_drawn() -> None:
    assert "Bande cyclable Saint-Jean" not in {
        f["properties"]["name"] for f in decoded(*tile_at(14))["streets"]["features"]
    }
    assert "streets" not in decoded(*tile_at(9)) or decoded(*tile_at(9))["streets"]["features"] == []


@pytest.mark.usefixtures("small_town")
def test_zones_are_drawn_far_and_near() -> None:
    for zoom in (8, 12, 16):
        features = decoded(*tile_at(zoom, -71.2185))["zones"]["features"]
        assert "La Basse-Ville" in {f["properties"]["name"] for f in features}
    kinds = {f["properties"]["kind"] for f in decoded(*tile_at(12))["zones"]["features"]}
    assert kinds == {"borough", "neighbourhood", "neighbour"}


@pytest.mark.usefixtures("small_town")
def test_a_line_is_where_the_street_is() -> None:
    zoom, x, y = tile_at(16, lat=46.812)
    line = next(
        f for f in decoded(zoom, x, y)["streets"]["features"] if f["properties"]["name"] == "Rue Saint-Joseph Est"
    )
    _, fraction = cells.mercator(-71.2155, 46.812)
    heights = {point[1] for point in line["geometry"]["coordinates"]}
    assert heights == {round((fraction * 2**zoom - y) * 4096)}


@pytest.mark.usefixtures("small_town")
def test_where_there_is_nothing_the_tile_is_empty() -> None:
    assert tiles.streets_tile(10, 0, 0) == b""


def test_a_city_without_streets_has_empty_tiles() -> None:
    assert tiles.streets_tile(*tile_at(14)) == b""


@pytest.mark.usefixtures("small_town")
def test_tiles_are_kept_on_disk_and_forgotten_when_the_data_change(settings: Any) -> None:
    before = tiles.streets_tile(*tile_at(14))
    kept = list((settings.DATA / "tiles").glob("*/*.mvt"))
    assert [path.read_bytes() for path in kept] == [before]
    make_segment(make_street("Rue Toute-Neuve"))
    assert "Rue Toute-Neuve" in {f["properties"]["name"] for f in decoded(*tile_at(14))["streets"]["features"]}
    assert not kept[0].exists()
    assert Street.objects.filter(name="Rue Toute-Neuve").exists()


@pytest.mark.usefixtures("small_town")
def test_a_folder_that_cannot_be_written_costs_nothing_but_time(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    settings.DATA = tmp_path / "file"
    make_street("Rue qui fait tout relire")
    assert tiles.streets_tile(*tile_at(14)) != b""


@pytest.mark.parametrize("tile", [(-1, 0, 0), (5, 32, 0), (5, 0, -1), (40, 0, 0)])
def test_tiles_that_do_not_exist_are_refused(tile: tuple[int, int, int]) -> None:
    with pytest.raises(BadPosition):
        tiles.streets_tile(*tile)
