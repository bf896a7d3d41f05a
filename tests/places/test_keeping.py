"""A location made a row, and what may be published of it."""

from __future__ import annotations

from typing import Any

import pytest

from parvis.places import geocoding, keeping
from parvis.places.models import Place, Precision, Zone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_town")]


def test_everything_that_was_found_is_kept() -> None:
    place = keeping.keep(geocoding.find("150 rue Saint-Jean, app. 4")[0])
    kept = Place.objects.get(pk=place.pk)
    assert (kept.label, kept.public_label) == (
        "150, rue Saint-Jean, app. 4",
        "Rue Saint-Jean, près de la rue Dorchester",
    )
    assert (kept.street.name, kept.segment.code, kept.precision) == ("Rue Saint-Jean", "S1", Precision.INTERPOLATED)
    assert (kept.borough.name, kept.neighbourhood.name) == ("La Basse-Ville", "Saint-Roch")


def test_many_are_kept_in_order_with_their_keys(django_assert_max_num_queries: Any) -> None:
    locations = [geocoding.at(-71.2155, 46.8101), geocoding.at(-71.21, 46.795), geocoding.find("1re avenue")[0]]
    with django_assert_max_num_queries(3):
        places = keeping.keep_many(locations * 100)
    assert [place.public_label for place in places[:3]] == [location.public_label for location in locations]
    assert all(place.pk for place in places)
    assert keeping.keep_many([]) == []


def test_the_public_point_of_an_address_is_the_middle_of_its_segment() -> None:
    place = keeping.keep(geocoding.find("190 rue Saint-Jean")[0])
    assert keeping.public_point(place) == (-71.2155, 46.81)


def test_the_public_point_of_a_place_without_segment_is_rounded() -> None:
    place = keeping.keep(geocoding.at(-71.20123, 46.79556))
    assert keeping.public_point(place) == (-71.201, 46.796)
    street = keeping.keep(geocoding.find("chemin sainte-foy")[0])
    assert keeping.public_point(street) == (street.lon, street.lat)
    assert keeping.public_point(Place(precision=Precision.NONE)) is None


def test_a_label_of_any_length_fits() -> None:
    location = geocoding.Location("é" * 500, "à" * 500, -71.2, 46.8, Precision.POINT)
    place = keeping.keep(location)
    assert (len(place.label), len(place.public_label)) == (200, 200)


def test_a_zone_in_use_is_not_deleted() -> None:
    from django.db.models import ProtectedError

    keeping.keep(geocoding.find("150 rue Saint-Jean")[0])
    with pytest.raises(ProtectedError):
        Zone.objects.filter(kind="borough").delete()
