"""Names and what people type meet in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.places.words import canonical, key, plain, tokens


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("boul rene levesque o", "Boulevard René-Lévesque Ouest"),
        ("BD RENÉ LÉVESQUE W.", "Boulevard René-Lévesque Ouest"),
        ("1ère av.", "1re Avenue"),
        ("Première avenue", "1re Avenue"),
        ("1 re avenue", "1re Avenue"),
        ("1st avenue", "1re Avenue"),
        ("41 e rue", "41e Rue"),
        ("quarante et unième rue", "41e Rue"),
        ("vingt-deuxième rue", "22e Rue"),
        ("ch. Ste-Foy", "Chemin Sainte-Foy"),
        ("rte de l eglise", "Route de l'Église"),
        ("r. st. jean", "Rue Saint-Jean"),
        ("cote d’abraham", "Côte d'Abraham"),
        ("imp. de l'Œuvre", "Impasse de l’Oeuvre"),
        ("pl D'Youville", "Place D'Youville"),
        ("N.-D.-des-Anges", "Notre-Dame-des-Anges"),
        ("Mgr Gosselin", "Monseigneur-Gosselin"),
        ("saint-jean street", "Saint-Jean rue"),
    ],
)
def test_an_abbreviation_and_its_full_form_are_the_same(typed: str, official: str) -> None:
    assert key(typed) == key(official)


def test_saints_and_initials_are_not_directions() -> None:
    assert key("Rue Saint-Jean") != key("Rue Sainte-Jeanne")
    assert key("R.-Rumilly") == "rue rumilly"
    assert key("Parc R.-Rumilly") == "parc r rumilly"


def test_a_last_word_that_may_go_on_is_left_alone() -> None:
    assert canonical(tokens("rene-l"), is_unfinished=True) == ["rene", "l"]
    assert canonical(tokens("rue s"), is_unfinished=True) == ["rue", "s"]
    assert canonical(tokens("rue de la"), is_unfinished=True) == ["rue"]


def test_digits_of_other_scripts_are_digits() -> None:
    assert plain("١٠٤٥ rue") == "1045 rue"
    assert plain("１２ rue") == "12 rue"


@given(st.text(max_size=300))
def test_the_canonical_form_of_a_canonical_form_is_itself(text: str) -> None:
    assert key(key(text)) == key(text)
    assert len(plain(text)) <= 200
