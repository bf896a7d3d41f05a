"""Which polygons hold a point."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from tests.people import TUESDAY_10H, make_zone

from parvis.places import zones
from parvis.places.errors import BadPosition
from parvis.places.models import Zone
from parvis.shared import clock

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("small_town")
def test_a_point_is_in_its_neighbourhood_and_its_borough_smallest_first() -> None:
    found = [(ref.kind, ref.code, ref.name) for ref in zones.containing(-71.22, 46.81)]
    assert found == [("neighbourhood", "7", "Saint-Roch"), ("borough", "1", "La Basse-Ville")]


@pytest.mark.usefixtures("small_town")
def test_a_point_in_none_has_no_zone() -> None:
    assert zones.containing(2.35, 48.85) == []


@pytest.mark.usefixtures("small_town")
def test_many_points_are_answered_in_order_with_one_question(django_assert_num_queries: Any) -> None:
    zones.containing(-71.22, 46.81)
    positions = [(-71.22, 46.81), (2.35, 48.85), (-71.21, 46.81)]
    with django_assert_num_queries(1):
        found = zones.containing_many(positions)
    assert found == [zones.containing(*position) for position in positions]
    assert zones.containing_many([]) == []


def test_a_zone_counts_only_on_the_days_when_it_is_valid() -> None:
    make_zone(Zone.Kind.DISTRICT, "D1", valid_from=date(2026, 3, 10), valid_to=date(2026, 3, 10))
    make_zone(Zone.Kind.DISTRICT, "D2", valid_from=date(2026, 3, 11), valid_to=date.max)
    make_zone(Zone.Kind.DISTRICT, "D0", valid_to=date(2026, 3, 9))
    make_zone(Zone.Kind.BOROUGH, "A1")
    for day, codes in (
        (8, ["D0", "A1"]),
        (9, ["D0", "A1"]),
        (10, ["D1", "A1"]),
        (11, ["D2", "A1"]),
        (30, ["D2", "A1"]),
    ):
        with clock.moved_to(TUESDAY_10H.replace(day=day)):
            assert [ref.code for ref in zones.containing(-71.2, 46.8)] == codes


@pytest.mark.usefixtures("small_town")
def test_outlines_are_geojson_with_what_a_map_needs() -> None:
    outlines = zones.outlines(Zone.Kind.NEIGHBOUR)
    feature = outlines["features"][0]
    assert (outlines["type"], len(outlines["features"]), feature["geometry"]["type"]) == (
        "FeatureCollection", 1, "Polygon",
    )  # fmt: skip
    assert feature["properties"] == {
        "id": Zone.objects.get(name="Lévis").pk, "code": "L", "name": "Lévis", "kind": "neighbour",
        "phone": "418-555-0152", "website": "https://levis.example",
    }  # fmt: skip
    assert zones.outlines("district") == {"type": "FeatureCollection", "features": []}


@pytest.mark.usefixtures("small_town")
def test_simplified_neighbours_keep_their_common_border() -> None:
    from shapely.geometry import shape

    west, east = (shape(f["geometry"]) for f in zones.outlines(Zone.Kind.BOROUGH, 0.001)["features"])
    assert west.intersection(east).length == pytest.approx(0.014)


def test_a_new_zone_is_seen_at_once() -> None:
    assert zones.containing(-71.2, 46.8) == []
    make_zone(code="A1")
    assert [ref.code for ref in zones.containing(-71.2, 46.8)] == ["A1"]
    make_zone(code="A2", name="La Haute")
    assert [ref.code for ref in zones.containing(-71.2, 46.8)] == ["A1", "A2"]


def test_what_is_no_position_is_refused() -> None:
    with pytest.raises(BadPosition):
        zones.containing(math.nan, 46.8)
    with pytest.raises(BadPosition):
        zones.containing_many([(-71.2, 46.8), (-71.2, 91)])
