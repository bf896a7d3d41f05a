"""From people's words to services."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.catalogue import finding, importing, reading
from parvis.catalogue.models import Service

pytestmark = pytest.mark.django_db
MESSAGES = Path(__file__).parents[3] / "shared" / "domain" / "messages.csv"


@pytest.fixture
def catalogue() -> None:
    importing.load(reading.shipped())


def first(typed: str) -> str:
    found = finding.services(typed)
    return found[0].code if found else ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("nid-de-poule", "VOI-NID"), ("nids de poule", "VOI-NID"), ("NID DE POULE", "VOI-NID"), ("nid", "VOI-NID"),
        ("j’ai pété un pneu dans un trou", "VOI-NID"), ("pothole", "VOI-NID"), ("potholes", "VOI-NID"),
        ("lampadaire", "ECL-LAM"), ("lampadère", "ECL-LAM"), ("lumière de rue brûlée", "ECL-LAM"),
        ("street light", "ECL-LAM"),
        ("égout", "EAU-REF"), ("egou", "EAU-REF"), ("eau brune", "EAU-COU"), ("pas d’eau", "EAU-PRE"),
        ("divan", "MAT-ENC"), ("vieux sofa à ramasser", "MAT-ENC"), ("frigo", "MAT-REF"), ("fridge", "MAT-REF"),
        ("vignette", "STA-PER"), ("parking permit", "STA-PER"), ("bruit", "NUI-BRU"), ("barking dog", "NUI-BRU"),
        ("chien méchant", "ANI-DAN"), ("croix gammée", "PRO-GRH"), ("voi-nid", "VOI-NID"), (" VOI-NID ", "VOI-NID"),
    ],
)  # fmt: skip
def test_the_service_that_people_mean_comes_first(catalogue: None, typed: str, code: str) -> None:
    assert first(typed) == code


@pytest.mark.parametrize("typed", ["", "   ", "xyzzy", "?!", "de la", "\x00", "' OR 1=1 --", "%_%"])
def test_what_means_nothing_finds_nothing(catalogue: None, typed: str) -> None:
    assert finding.services(typed) == []


def test_a_retired_service_isnt_found(catalogue: None) -> None:
    Service.objects.filter(code="VOI-NID").update(is_active=False)
    assert first("nid-de-poule") != "VOI-NID"


def test_an_edit_is_found_at_once(catalogue: None) -> None:
    assert first("cratère") == ""
    Service.objects.filter(code="VOI-NID").update(synonyms_fr="cratère")
    assert first("cratères") == "VOI-NID"


def test_no_more_than_asked(catalogue: None) -> None:
    assert len(finding.services("information", limit=3)) == 3


def test_a_search_costs_two_queries(catalogue: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        assert finding.services("trou")[0].category.name == "Rues et trottoirs"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(max_size=400))
def test_any_text_is_answered(catalogue: None, typed: str) -> None:
    assert len(finding.services(typed)) <= 8


@pytest.mark.real_data
@pytest.mark.skipif(not MESSAGES.exists(), reason="the sixty messages aren't laid beside the project")
def test_the_messages_of_the_trade_lead_to_their_service(catalogue: None) -> None:
    """No model yet: words alone put the right service among the first three for nine messages in ten."""
    with MESSAGES.open(encoding="utf-8") as file:
        asked = [
            (row["text"], row["expected_service"]) for row in csv.DictReader(file) if row["expected_service"] != "NONE"
        ]
    found = [code in [service.code for service in finding.services(text, 3)] for text, code in asked]
    assert len(found) >= 40
    assert sum(found) >= 0.9 * len(found)
