"""at(): a press on the map becomes a street, a crossing, zones, or the neighbour to call."""

from __future__ import annotations

import math

import pytest

from parvis.places import geocoding
from parvis.places.errors import BadPosition
from parvis.places.geocoding import Neighbour
from parvis.places.models import Precision, Segment, Zone

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("small_town")
def test_a_press_beside_a_street_tells_the_number_of_that_side() -> None:
    north, south = geocoding.at(-71.2155, 46.8101), geocoding.at(-71.21552, 46.8099)
    assert north.label == "Près du 150, rue Saint-Jean"
    assert south.label == "Près du 149, rue Saint-Jean"
    assert (north.lon, north.lat, north.precision) == (-71.2155, 46.8101, Precision.POINT)


@pytest.mark.usefixtures("small_town")
def test_strangers_read_the_street_and_the_nearest_crossing() -> None:
    assert geocoding.at(-71.2168, 46.8101).public_label == "Rue Saint-Jean, près de la rue Dorchester"
    assert geocoding.at(-71.2142, 46.8101).public_label == "Rue Saint-Jean, près de la 1re Avenue"
    assert geocoding.at(-71.2112, 46.8119).public_label == "Rue Saint-Joseph Est, près du chemin Sainte-Foy"
    assert geocoding.at(-71.2200, 46.8103).public_label == "Rue d’Aiguillon, près de la rue Saint-Jean"


@pytest.mark.usefixtures("small_town")
def test_the_public_point_is_the_middle_of_the_segment() -> None:
    place = geocoding.at(-71.2168, 46.8101)
    segment = Segment.objects.get(pk=place.segment_id)
    assert (place.public_lon, place.public_lat) == (segment.mid_lon, segment.mid_lat) == (-71.2155, 46.81)


@pytest.mark.usefixtures("small_town")
def test_a_number_there_and_back_is_the_same_door() -> None:
    for number in (2, 47, 98, 101, 150, 299):
        found = geocoding.find(f"{number} rue Saint-Jean")[0]
        assert geocoding.at(found.lon, found.lat).label == f"Près du {number}, rue Saint-Jean"


@pytest.mark.usefixtures("small_town")
def test_a_cycle_lane_does_not_hide_the_street_beside_it() -> None:
    assert geocoding.at(-71.2185, 46.8101).public_label.startswith("Rue Saint-Jean")


@pytest.mark.usefixtures("small_town")
def test_across_the_border_the_answer_is_the_neighbour() -> None:
    place = geocoding.at(-71.21, 46.795)
    assert place.neighbour == Neighbour("Lévis", "418-555-0152", "https://levis.example")
    assert place.label == "Hors de la ville\u00a0: Lévis"
    assert (place.is_outside, place.street_id, place.borough_id) == (True, None, None)


@pytest.mark.usefixtures("small_town")
def test_our_own_limits_win_over_a_neighbours_rough_polygon() -> None:
    place = geocoding.at(-71.21, 46.8063)  # both polygons hold it
    assert (place.is_outside, place.borough_id) == (False, Zone.objects.get(name="La Haute-Ville").pk)


@pytest.mark.usefixtures("small_town")
def test_far_away_is_outside_even_without_a_neighbour_to_name() -> None:
    place = geocoding.at(2.35, 48.85)
    assert (place.is_outside, place.neighbour, place.label) == (True, None, "Hors de la ville")


@pytest.mark.usefixtures("small_town")
def test_in_the_woods_the_quarter_tells_the_place_and_the_public_point_is_rounded() -> None:
    Segment.objects.all().delete()
    place = geocoding.at(-71.21876, 46.81234)
    assert (place.street_id, place.public_label, place.is_outside) == (None, "Saint-Roch", False)
    assert (place.public_lon, place.public_lat) == (-71.219, 46.812)


def test_without_zones_nothing_is_outside() -> None:
    assert not geocoding.at(-71.21, 46.81).is_outside


@pytest.mark.usefixtures("small_town")
def test_many_points_are_the_points_one_by_one() -> None:
    positions = [(-71.2155, 46.8101), (-71.21, 46.795), (2.35, 48.85)]
    assert geocoding.at_many(positions) == [geocoding.at(*position) for position in positions]


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 181, "x", None])
def test_what_is_no_position_is_refused(bad: object) -> None:
    with pytest.raises(BadPosition) as refusal:
        geocoding.at(bad, 46.8)  # type: ignore[arg-type]
    assert refusal.value.code == "bad_position"
    assert "choisissez un point sur la carte" in refusal.value.sentence
