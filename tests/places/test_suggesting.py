"""suggest(): what appears under the box while somebody types."""

from __future__ import annotations

import pytest

from parvis.places import geocoding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_town")]


@pytest.mark.parametrize(
    ("typed", "label", "kind"),
    [
        ("sain", "Rue Saint-Jean", "street"),
        ("dor", "Rue Dorchester", "street"),
        ("rené-l", "Boulevard René-Lévesque Ouest", "street"),
        ("1re a", "1re Avenue", "street"),
        ("150 rue saint-j", "150, rue Saint-Jean", "address"),
        ("150 dorch", "150, rue Dorchester", "address"),
        ("150, 1", "150, 1re Avenue", "address"),
        ("bibl", "Bibliothèque Gabrielle-Roy, rue Saint-Joseph Est", "place"),
        ("aréna", "Aréna Bardy, 41e Rue", "place"),
        ("st-joseph / d", "Rue Saint-Joseph Est et rue Dorchester", "crossing"),
        ("coin saint-joseph et ai", "Rue Saint-Joseph Est et rue d’Aiguillon", "crossing"),
        ("46.8101, -71.2185", "Près du 50, rue Saint-Jean", "point"),
        ("Lévis", "Hors de la ville\u00a0: Lévis", "place"),
    ],
)
def test_the_first_line_is_what_somebody_is_about_to_type(typed: str, label: str, kind: str) -> None:
    first = geocoding.suggest(typed)[0]
    assert (first.label, first.kind) == (label, kind)


@pytest.mark.parametrize("typed", ["sain", "150 rue s", "rené", "1", "bib", "coin saint-joseph et d", "aré", "ch", "4"])
def test_taking_a_suggestion_finds_that_very_place(typed: str) -> None:
    for suggestion in geocoding.suggest(typed):
        found = geocoding.find(suggestion.query)[0]
        assert (found.label, found.lon, found.lat) == (suggestion.label, suggestion.lon, suggestion.lat)


def test_never_more_lines_than_asked() -> None:
    assert len(geocoding.suggest("r", limit=3)) == 3
    assert geocoding.suggest("r", limit=0) == []


def test_a_cycle_lane_comes_after_the_street_of_the_same_name() -> None:
    labels = [suggestion.label for suggestion in geocoding.suggest("saint-jean")]
    assert labels.index("Rue Saint-Jean") < labels.index("Bande cyclable Saint-Jean")


def test_nothing_typed_nothing_suggested() -> None:
    assert geocoding.suggest("") == []
    assert geocoding.suggest("   ") == []


def test_without_any_street_there_is_no_suggestion_and_no_error(small_town: None) -> None:
    from parvis.places.models import PublicPlace, Street

    Street.objects.all().delete()
    PublicPlace.objects.all().delete()
    assert geocoding.suggest("saint") == []
    assert geocoding.find("150 rue Saint-Jean") == []
