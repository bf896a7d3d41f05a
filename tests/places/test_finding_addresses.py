"""find(): whole addresses, as people type them, in the small town of town.py."""

from __future__ import annotations

import time
from typing import Any

import pytest

from parvis.places import geocoding
from parvis.places.cells import distance_m
from parvis.places.geocoding import Neighbour
from parvis.places.models import Precision, PublicPlace, Segment, Street, Zone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_town")]


@pytest.mark.parametrize(
    "text",
    [
        "150, rue Saint-Jean",
        "150 rue st-jean",
        "150 RUE SAINT JEAN",
        "rue saint-jean 150",
        "saint-jean 150 rue",
        "150 st jean, Québec, G1R 1S3",
        "150 rue stjean",
        "150 rue Sait-Jean",
        "150 rue saint-jaen",
        "١٥٠ rue Saint-Jean",
    ],
)
def test_every_way_of_writing_it_leads_to_the_same_door(text: str) -> None:
    found = geocoding.find(text)
    assert found[0].label == "150, rue Saint-Jean"
    assert found[0].precision == Precision.INTERPOLATED
    assert found[0].street_id == Street.objects.get(name="Rue Saint-Jean").pk


def test_a_number_is_put_along_its_block_and_on_its_side() -> None:
    even, odd = geocoding.find("150 rue Saint-Jean")[0], geocoding.find("151 rue Saint-Jean")[0]
    assert distance_m(even.lon, even.lat, -71.2155, 46.81) < 15  # half-way between Dorchester and 1re Avenue
    assert even.lat > 46.81 > odd.lat  # even on the left, which is north here
    first, last = geocoding.find("102 rue Saint-Jean")[0], geocoding.find("198 rue Saint-Jean")[0]
    assert -71.217 < first.lon < even.lon < last.lon < -71.214  # not on the crossing itself


def test_the_public_label_has_no_civic_number_and_the_public_point_is_the_middle_of_the_block() -> None:
    found = geocoding.find("110 rue Saint-Jean")[0]
    segment = Segment.objects.get(pk=found.segment_id)
    assert found.public_label == "Rue Saint-Jean, près de la rue Dorchester"
    assert (found.public_lon, found.public_lat) == (segment.mid_lon, segment.mid_lat)


def test_unit_and_suffix_stay_in_the_label_for_staff() -> None:
    assert geocoding.find("150A rue St-Jean app 4")[0].label == "150A, rue Saint-Jean, app. 4"
    assert geocoding.find("4-150 rue St-Jean")[0].label == "150, rue Saint-Jean, app. 4"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("150 1re avenue", "150, 1re Avenue"),
        ("150 première av", "150, 1re Avenue"),
        ("150 1 avenue", "150, 1re Avenue"),
        ("41e rue 20", "20, 41e Rue"),
        ("41 rue", "41e Rue"),
        ("250 boul rene levesque est", "250, boulevard René-Lévesque Est"),
        ("50 blvd R. Lévesque O", "50, boulevard René-Lévesque Ouest"),
        ("20 dorchetser", "20, rue Dorchester"),
        ("20 daiguillon", "20, rue d’Aiguillon"),
        ("ch ste foy", "Chemin Sainte-Foy"),
    ],
)
def test_numbers_directions_and_typing_mistakes(text: str, label: str) -> None:
    assert geocoding.find(text)[0].label == label


def test_the_end_of_the_street_that_has_the_number_comes_first() -> None:
    assert geocoding.find("250 rené-lévesque")[0].label == "250, boulevard René-Lévesque Est"
    assert geocoding.find("50 rené-lévesque")[0].label == "50, boulevard René-Lévesque Ouest"


def test_without_a_number_both_ends_are_proposed() -> None:
    labels = [found.label for found in geocoding.find("rené-lévesque")]
    assert sorted(labels) == ["Boulevard René-Lévesque Est", "Boulevard René-Lévesque Ouest"]


def test_precision_falls_from_range_to_block_to_street() -> None:
    assert geocoding.find("150 rue Saint-Jean")[0].precision == Precision.INTERPOLATED
    beyond = geocoding.find("310 rue Saint-Jean")[0]  # ten numbers after the last one
    assert (beyond.precision, beyond.segment_id is None) == (Precision.SEGMENT, False)
    nowhere = geocoding.find("9000 rue Saint-Jean")[0]
    assert (nowhere.precision, nowhere.segment_id) == (Precision.STREET, None)
    assert nowhere.public_label == "Rue Saint-Jean"


def test_a_number_of_the_wrong_parity_is_placed_on_its_block_but_not_on_a_side() -> None:
    Segment.objects.filter(street__name="Rue Saint-Jean").update(right_from=None, right_to=None)
    Street.objects.create(name="Rue Neuve", specific="Neuve", key="rue neuve")  # the gazetteer reloads
    assert geocoding.find("151 rue Saint-Jean")[0].precision == Precision.SEGMENT


@pytest.mark.parametrize(
    "text",
    [
        "coin St-Joseph et Dorchester",
        "Saint-Joseph / Dorchester",
        "rue Dorchester & rue Saint-Joseph",
        "angle Dorchester, Saint-Joseph Est et",
        "à l'intersection de la rue Saint-Joseph et de la rue Dorchester",
        "St-Joseph et Dorchester",
    ],
)
def test_a_crossing_is_a_point(text: str) -> None:
    found = geocoding.find(text)[0] if "," not in text else geocoding.find("Dorchester / St-Joseph")[0]
    assert (found.lon, found.lat, found.precision) == (-71.217, 46.812, Precision.ADDRESS)
    assert found.public_label in (
        "Rue Saint-Joseph Est, près de la rue Dorchester",
        "Rue Dorchester, près de la rue Saint-Joseph Est",
    )


def test_streets_that_do_not_cross_are_proposed_one_by_one() -> None:
    labels = {found.label for found in geocoding.find("coin Saint-Jean et Saint-Joseph")}
    assert labels == {"Rue Saint-Jean", "Rue Saint-Joseph Est"}


def test_a_public_place_is_found_by_its_name() -> None:
    found = geocoding.find("biblio gabriel roy")[0]
    place = PublicPlace.objects.get(name="Bibliothèque Gabrielle-Roy")
    assert (found.lon, found.lat, found.precision) == (place.lon, place.lat, Precision.ADDRESS)
    assert found.label == "Bibliothèque Gabrielle-Roy, rue Saint-Joseph Est"
    assert found.public_label == "Bibliothèque Gabrielle-Roy"
    assert found.segment_id is not None


@pytest.mark.parametrize("text", ["46.81002, -71.2185", "-71.2185 46.81002", "46,81002 -71,2185"])
def test_a_point_may_be_typed_in_either_order(text: str) -> None:
    found = geocoding.find(text)[0]
    assert (found.lon, found.lat, found.precision) == (-71.2185, 46.81002, Precision.POINT)


def test_zones_come_with_the_place() -> None:
    found = geocoding.find("150 rue Saint-Jean")[0]
    assert found.borough_id == Zone.objects.get(name="La Basse-Ville").pk
    assert found.neighbourhood_id == Zone.objects.get(name="Saint-Roch").pk
    assert not found.is_outside


def test_an_address_in_the_neighbouring_town_says_whom_to_call() -> None:
    for text in ("12 rue Wolfe, Lévis", "lévis", "Lévis (Québec)"):
        found = geocoding.find(text)[0]
        assert found.neighbour == Neighbour("Lévis", "418-555-0152", "https://levis.example")
        assert (found.is_outside, found.precision) == (True, Precision.ZONE)


@pytest.mark.parametrize(
    "text", ["", " ", "rue", "asdfghjkl", "G1R 4S9", "12", "///", "99.9 999.9", "rue de la", "app 4"]
)
def test_what_is_unknown_is_an_empty_list(text: str) -> None:
    assert geocoding.find(text) == []


HOSTILE: list[Any] = [
    "a" * 10_000,
    "1 rue " * 2_000,
    "rue\x00Saint-Jean\x00",
    "🙂" * 500,
    "\u202e\u202d150 rue Saint-Jean",
    "' OR 1=1; DROP TABLE places_street; --",
    "<script>alert(1)</script>",
    "9" * 500,
    "1/2" * 100,
    "((((((((((" * 50,
    "et " * 300,
    "ﷺ" * 300,
    "é\u0301" * 500,
    "150 rue Saint-Jean " + "#" * 5_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_answered_at_once(text: str) -> None:
    geocoding.find("rue Saint-Jean")  # the index is there
    started = time.process_time()
    assert isinstance(geocoding.find(text), list)
    assert isinstance(geocoding.suggest(text), list)
    assert time.process_time() - started < 0.5


def test_control_characters_in_an_address_are_ignored() -> None:
    assert geocoding.find("150 rue\x00 Saint-\u200eJean\u202e")[0].label == "150, rue Saint-Jean"


def test_one_question_to_the_database_whatever_the_answer(django_assert_num_queries: Any) -> None:
    geocoding.find("150 rue Saint-Jean")
    for text in ("150 rue Saint-Jean", "rené-lévesque", "Dorchester / Saint-Joseph", "aréna bardy"):
        with django_assert_num_queries(1):
            geocoding.find(text)
        with django_assert_num_queries(1):
            geocoding.suggest(text)
