"""An address is taken apart in every way that makes sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.places.parsing import Reading, Towns, parse

TOWNS = Towns(frozenset(["quebec", "canada", "saint roch"]), {"levis": "Lévis"})


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("1045, rue Saint-Jean", Reading(("rue", "saint", "jean"), 1045)),
        ("1045 rue Saint-Jean, Québec (Québec) G1R 1S3", Reading(("rue", "saint", "jean"), 1045)),
        ("1045 rue Saint-Jean, Saint-Roch", Reading(("rue", "saint", "jean"), 1045)),
        ("123A rue X", Reading(("rue", "x"), 123, "A")),
        ("123-A rue X", Reading(("rue", "x"), 123, "A")),
        ("123 1/2 rue X", Reading(("rue", "x"), 123, "1/2")),
        ("123½ rue X", Reading(("rue", "x"), 123, "1/2")),
        ("123-125 rue X", Reading(("rue", "x"), 123)),
        ("4-1230 rue X", Reading(("rue", "x"), 1230, unit="4")),
        ("123 rue X app. 4B", Reading(("rue", "x"), 123, unit="4B")),
        ("123 rue X, bureau 200", Reading(("rue", "x"), 123, unit="200")),
        ("123 rue X #200", Reading(("rue", "x"), 123, unit="200")),
        ("rue X #123", Reading(("rue", "x"), 123)),
        ("no 123 rue X", Reading(("rue", "x"), 123)),
        ("rené-lévesque ouest 1045 boul", Reading(("rene", "levesque", "ouest", "boulevard"), 1045)),
        ("500 1re avenue", Reading(("1e", "avenue"), 500)),
        ("coin St-Joseph et Dorchester", Reading(("saint", "joseph"), other_words=("dorchester",))),
        ("Saint-Joseph / Dorchester", Reading(("saint", "joseph"), other_words=("dorchester",))),
        ("Saint-Joseph & Dorchester", Reading(("saint", "joseph"), other_words=("dorchester",))),
        ("Saint-Joseph angle Dorchester", Reading(("saint", "joseph"), other_words=("dorchester",))),
        ("à l'angle de la rue X et du boul. Y", Reading(("rue", "x"), other_words=("boulevard", "y"))),
        ("intersection 1re avenue et 41e rue", Reading(("1e", "avenue"), other_words=("41e", "rue"))),
    ],
)
def test_the_first_reading_is_what_was_meant(text: str, reading: Reading) -> None:
    assert parse(text, TOWNS).readings[0] == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("3 avenue", Reading(("3e", "avenue"))),
        ("500 1 avenue", Reading(("1e", "avenue"), 500)),
        ("41 e rue", Reading(("41e", "rue"))),
        ("route 138", Reading(("route", "138"))),
        ("coin St-Joseph et Dorchester", Reading(("saint", "joseph"), weight=0.9)),
    ],
)
def test_another_reading_is_kept_for_what_may_also_be_meant(text: str, reading: Reading) -> None:
    assert reading in parse(text, TOWNS).readings


@pytest.mark.parametrize(
    "text", ["46.81, -71.22", "46,81 -71,22", "(46.81;-71.22)", "46.81N 71.22O", "71.22W 46.81N", "46.81° -71.22°"]
)
def test_two_numbers_are_a_point(text: str) -> None:
    assert parse(text).point == (46.81, -71.22)


def test_another_town_is_named_and_ours_is_not() -> None:
    assert parse("12 rue X, Lévis", TOWNS).town == "Lévis"
    assert parse("Lévis", TOWNS).town == "Lévis"
    assert parse("12 rue X, Québec", TOWNS).town == ""
    assert parse("12 rue de Lévis", TOWNS).town == ""


@given(st.text(max_size=400) | st.from_regex(r"[0-9#/,.\- etcoin]{0,80}", fullmatch=True))
def test_no_text_breaks_it_and_few_readings_come_out(text: str) -> None:
    assert len(parse(text, TOWNS).readings) <= 8
    assert len(parse(text, TOWNS, is_unfinished=True).readings) <= 8
