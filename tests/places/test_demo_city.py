"""The invented city that ships with Parvis hangs together."""

from __future__ import annotations

import random

import pytest
import shapely

from parvis.places import gazetteer, geocoding, zones
from parvis.places.importing.demo import DATA
from parvis.places.models import Edition, PublicPlace, Segment, Street, Zone

pytestmark = pytest.mark.django_db


def test_it_has_everything_and_loading_it_again_changes_nothing() -> None:
    gazetteer.load_demo()
    counts = [model.objects.count() for model in (Zone, Street, Segment, PublicPlace)]
    assert counts == [6 + 35 + 4, 335, 2218, 62]
    token = Edition.objects.get().token
    gazetteer.load_demo()
    assert Edition.objects.get().token == token


def test_it_is_small_and_says_that_it_is_approximate() -> None:
    files = list(DATA.iterdir())
    assert sum(file.stat().st_size for file in files) < 1_000_000
    assert all("Approximate shapes" in f.read_text(encoding="utf-8") for f in files if f.suffix == ".geojson")


def test_every_segment_is_in_one_borough_and_one_neighbourhood() -> None:
    gazetteer.load_demo()
    middles = list(Segment.objects.values_list("mid_lon", "mid_lat"))
    for refs in zones.containing_many(middles):
        assert [ref.kind for ref in refs] == ["neighbourhood", "borough"]


def test_neighbourhoods_do_not_overlap_and_add_up_to_their_boroughs() -> None:
    gazetteer.load_demo()
    shapes = {
        kind: [shapely.from_wkb(bytes(zone.geometry)) for zone in Zone.objects.filter(kind=kind)]
        for kind in ("neighbourhood", "borough")
    }
    whole = shapely.union_all(shapes["borough"])
    assert sum(shape.area for shape in shapes["neighbourhood"]) == pytest.approx(whole.area, rel=1e-6)
    assert sum(shape.area for shape in shapes["borough"]) == pytest.approx(whole.area, rel=1e-6)


def test_addresses_streets_and_public_places_are_found_back() -> None:
    gazetteer.load_demo()
    assert geocoding.find("1045 rue st-jean")[0].label == "1045, rue Saint-Jean"
    for name in ("boul. René-Lévesque O.", "1re avenue", "ch. ste-foy", "grande allée est"):
        assert geocoding.find(name), name
    chance = random.Random(311)
    for segment in chance.sample(list(Segment.objects.select_related("street").order_by("pk")), 40):
        found = geocoding.find(f"{segment.left_from} {segment.street.name}")[0]
        assert found.segment_id == segment.pk
        assert not found.is_outside
    for place in PublicPlace.objects.all():
        found = geocoding.find(place.name)[0]
        assert (found.lon, found.lat) == (place.lon, place.lat)


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (-71.354, 46.800, "L’Ancienne-Lorette"),
        (-71.48, 46.745, "Saint-Augustin-de-Desmaures"),
        (-71.366, 46.861, "Wendake"),
        (-71.18, 46.78, "Lévis"),
    ],
)
def test_the_neighbours_are_named_with_a_number_to_call(lon: float, lat: float, name: str) -> None:
    gazetteer.load_demo()
    place = geocoding.at(lon, lat)
    assert place.neighbour is not None
    assert (place.neighbour.name, place.neighbour.phone[:11]) == (name, "418-555-015")
