"""Morton keys and H3 cells: one tile is one range, and nothing near is missed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.places import cells
from parvis.places.errors import BadPosition

LON = st.floats(-180, 180)
LAT = st.floats(-89.9, 89.9)


@given(LON, LAT, st.integers(0, 31))
def test_a_point_lies_in_the_range_of_its_tile_and_of_no_other(lon: float, lat: float, zoom: int) -> None:
    x, y = cells.mercator(lon, lat)
    last = 2**zoom - 1
    first, end = cells.tile_range(zoom, min(last, int(x * 2**zoom)), min(last, max(0, int(y * 2**zoom))))
    assert first <= cells.morton(lon, lat) <= end
    assert end - first + 1 == 4 ** (31 - zoom)


def test_keys_fit_a_signed_big_integer() -> None:
    assert cells.tile_range(0, 0, 0) == (0, 2**62 - 1)
    assert 0 < cells.cell(-71.2, 46.8) < 2**63


@given(st.lists(st.tuples(LON, LAT), min_size=1, max_size=20))
def test_many_keys_at_once_are_the_keys_one_by_one(points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T
    assert cells.morton_many(lon, lat).tolist() == [cells.morton(*point) for point in points]


def test_a_key_leads_back_within_two_centimetres() -> None:
    lon, lat = cells.unmorton(cells.morton(-71.21987, 46.81234))
    assert cells.distance_m(lon, lat, -71.21987, 46.81234) < 0.03


@pytest.mark.parametrize(("lon", "lat"), [(-71.22, 46.81), (-4.03, 5.36), (166.45, -22.27), (2.35, 48.85)])
@pytest.mark.parametrize("radius_m", [5, 50, 65, 130, 700])
def test_no_point_within_the_radius_is_outside_of_the_cells(lon: float, lat: float, radius_m: float) -> None:
    near = set(cells.cells_within(lon, lat, radius_m))
    for bearing in range(0, 360, 5):
        north = radius_m * math.cos(math.radians(bearing)) / 111_195
        east = radius_m * math.sin(math.radians(bearing)) / 111_195 / math.cos(math.radians(lat))
        assert cells.cell(lon + 0.999 * east, lat + 0.999 * north) in near


def test_fifty_metres_take_seven_cells_in_quebec() -> None:
    assert len(cells.cells_within(-71.22, 46.81, 50)) == 7


def test_a_radius_of_kilometres_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        cells.cells_within(-71.22, 46.81, 3001)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert round(cells.distance_m(-71, 46, -71, 47)) == 111_195
    assert cells.distance_m(-71, 46, -71, 46) == 0


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 180.001, "ici", None, 10**400])
def test_what_is_no_position_is_refused_with_a_sentence(bad: object) -> None:
    for question in (cells.cell, cells.morton, cells.check_position):
        with pytest.raises(BadPosition, match="Cette position n’existe pas"):
            question(bad, 46.8)


def test_tiles_that_the_world_does_not_have_are_refused() -> None:
    for tile in ((-1, 0, 0), (3, 8, 0), (3, 0, -1), (32, 0, 0)):
        with pytest.raises(BadPosition):
            cells.tile_range(*tile)
    with pytest.raises(BadPosition):
        cells.morton_many(np.array([math.nan]), np.array([46.8]))
