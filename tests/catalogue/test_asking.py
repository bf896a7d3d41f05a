"""Answers of every kind, from every kind of person."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import make_service

from parvis.catalogue import asking
from parvis.catalogue.errors import BadAnswers
from parvis.catalogue.models import Question, Service

pytestmark = pytest.mark.django_db
BINS = [
    {"value": "ordures", "fr": "Ordures", "en": "Garbage"},
    {"value": "recup", "fr": "Recyclage", "en": "Recycling"},
]
WHY = [{"value": "brise", "fr": "Brisé", "en": "Broken"}, {"value": "vole", "fr": "Volé", "en": ""}]


@pytest.fixture
def bin_service() -> Service:
    """A bin to replace: which (required), why, what is broken (only if broken), how heavy, how many, since when."""
    service = make_service("MAT-BAC", name_fr="Bac endommagé")
    ask(service, "bac", "multi", label_fr="Quel bac ?", label_en="Which bin?", is_required=True, options=BINS)
    ask(service, "raison", "choice", label_fr="Raison", label_en="Reason", options=WHY)
    ask(service, "bris", "text", label_fr="Quoi ?", condition={"key": "raison", "in": ["brise"]}, is_required=True)
    ask(service, "poids", "number", label_fr="Poids", label_en="Weight")
    ask(service, "nombre", "integer", label_fr="Nombre", label_en="Count")
    ask(service, "depuis", "date", label_fr="Depuis", label_en="Since")
    ask(service, "heure", "datetime", label_fr="Vu à", label_en="Seen at")
    return service


def ask(service: Service, key: str, kind: str, **fields: Any) -> Question:
    return Question.objects.create(service=service, key=key, kind=kind, position=service.questions.count(), **fields)


def refusals(service: Service, raw: Any) -> dict[str, str]:
    with pytest.raises(BadAnswers) as refused:
        asking.check_answers(service, raw)
    return refused.value.errors


def keys(service: Service, answers: Any) -> list[str]:
    return [question.key for question in asking.questions_for(service, answers)]


def test_what_is_kept_is_typed(bin_service: Service) -> None:
    raw = {
        "bac": ["recup", "ordures"], "raison": "brise", "bris": "  la roue\x00 ", "poids": "2,5", "nombre": "1 200",
        "depuis": "2026-11-20", "heure": "2026-11-24T13:05", "inconnu": "x",
    }  # fmt: skip
    assert asking.check_answers(bin_service, raw) == {
        "bac": ["ordures", "recup"], "raison": "brise", "bris": "la roue", "poids": 2.5, "nombre": 1200,
        "depuis": "2026-11-20", "heure": "2026-11-24T13:05-05:00",
    }  # fmt: skip


def test_what_is_kept_may_be_checked_again(bin_service: Service) -> None:
    once = asking.check_answers(bin_service, {"bac": "recup", "poids": "2,5", "heure": "2026-07-01T13:05Z"})
    assert asking.check_answers(bin_service, json.loads(json.dumps(once))) == once


def test_a_form_and_json_are_read_alike(bin_service: Service) -> None:
    form = QueryDict("bac=recup&bac=ordures&raison=vole&nombre=3")
    assert asking.check_answers(bin_service, form) == {"bac": ["ordures", "recup"], "raison": "vole", "nombre": 3}


def test_a_conditional_question_is_asked_only_when_it_matters(bin_service: Service) -> None:
    assert "bris" not in keys(bin_service, {})
    assert "bris" not in keys(bin_service, {"raison": "vole"})
    assert "bris" in keys(bin_service, {"raison": "brise"})
    assert refusals(bin_service, {"bac": "recup", "raison": "brise"}) == {"bris": "Répondez à cette question."}


def test_an_answer_to_a_question_that_isnt_asked_is_dropped(bin_service: Service) -> None:
    raw = {"bac": "recup", "raison": "vole", "bris": "la roue"}
    assert asking.check_answers(bin_service, raw) == {"bac": ["recup"], "raison": "vole"}


def test_a_question_that_hangs_on_one_that_isnt_asked_isnt_asked_either(bin_service: Service) -> None:
    ask(bin_service, "roue", "choice", label_fr="Roue ?", options=BINS, condition={"key": "raison", "in": ["brise"]})
    ask(bin_service, "taille", "text", label_fr="Taille ?", condition={"key": "roue", "in": ["recup"]})
    assert "taille" in keys(bin_service, {"raison": "brise", "roue": "recup"})
    assert "taille" not in keys(bin_service, {"raison": "vole", "roue": "recup"})


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("bac", "", "Répondez à cette question."),
        ("bac", [], "Répondez à cette question."),
        ("bac", "jaune", "Choisissez parmi les réponses proposées."),
        ("bac", [{"a": 1}], "Choisissez parmi les réponses proposées."),
        ("bac", ["recup"] * 101, "Choisissez parmi les réponses proposées."),
        ("raison", "autre", "Choisissez une des réponses proposées."),
        ("raison", ["vole"], "Cette réponse n’a pas la forme attendue. Écrivez une seule valeur."),
        ("poids", "lourd", "Écrivez un nombre en chiffres, par exemple 3 ou 2,5."),
        ("poids", "nan", "Écrivez un nombre en chiffres, par exemple 3 ou 2,5."),
        ("poids", "1e999", "Écrivez un nombre en chiffres, par exemple 3 ou 2,5."),
        ("poids", float("inf"), "Écrivez un nombre en chiffres, par exemple 3 ou 2,5."),
        ("poids", "9" * 5000, "Écrivez un nombre en chiffres, par exemple 3 ou 2,5."),
        ("poids", 10**400, "Ce nombre est trop grand. Vérifiez-le."),
        ("nombre", "2,5", "Écrivez un nombre entier, par exemple 3."),
        ("nombre", "-1", "Écrivez un nombre entier à partir de 0."),
        ("nombre", "99999999999", "Ce nombre est trop grand. Vérifiez-le."),
        ("nombre", True, "Cette réponse n’a pas la forme attendue. Écrivez une seule valeur."),
        ("depuis", "hier", "Écrivez la date sous la forme année-mois-jour, par exemple 2026-11-24."),
        ("depuis", "2026-02-30", "Écrivez la date sous la forme année-mois-jour, par exemple 2026-11-24."),
        ("depuis", "0001-01-01", "Vérifiez l’année de cette date."),
        ("heure", "24 novembre", "Écrivez la date et l’heure, par exemple 2026-11-24 13:05."),
        ("heure", "0001-01-01T00:00+14:00", "Écrivez la date et l’heure, par exemple 2026-11-24 13:05."),
        ("heure", {"a": "b"}, "Cette réponse n’a pas la forme attendue. Écrivez une seule valeur."),
    ],
)
def test_what_doesnt_hold_is_refused_with_a_sentence(bin_service: Service, key: str, value: Any, sentence: str) -> None:
    assert refusals(bin_service, {"bac": "recup", key: value}) == {key: sentence}


def test_a_long_text_is_refused_and_a_megabyte_isnt_even_read(bin_service: Service) -> None:
    sentence = "Cette réponse dépasse 1000 caractères. Gardez l’essentiel."
    for size in (1001, 1_000_000):
        assert refusals(bin_service, {"bac": "recup", "raison": "brise", "bris": "a" * size}) == {"bris": sentence}


def test_hostile_text_is_kept_as_text(bin_service: Service) -> None:
    raw = {"bac": "recup", "raison": "brise", "bris": "<script>alert(1)</script>\u202e'; DROP TABLE"}
    assert asking.check_answers(bin_service, raw)["bris"] == "<script>alert(1)</script>'; DROP TABLE"


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
anything = scalars | st.lists(scalars, max_size=3) | st.dictionaries(st.text(max_size=5), scalars, max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["bac", "raison", "bris", "poids", "nombre", "depuis", "heure", "x"]), anything))
def test_whatever_is_sent_is_kept_as_json_or_refused(bin_service: Service, raw: dict[str, Any]) -> None:
    try:
        kept = asking.check_answers(bin_service, raw)
    except BadAnswers:
        return
    json.dumps(kept, allow_nan=False)
    assert asking.readable(bin_service, kept, "fr")


def test_kept_answers_read_in_both_languages(bin_service: Service) -> None:
    kept = {
        "bac": ["ordures", "recup"], "raison": "vole", "poids": 2.5, "nombre": 1200, "depuis": "2026-12-01",
        "heure": "2026-11-24T13:05-05:00", "partie": ["a", "b"],
    }  # fmt: skip
    assert [(q, a.replace("\u00a0", " ")) for q, a in asking.readable(bin_service, kept, "fr")] == [
        ("Quel bac ?", "Ordures, Recyclage"), ("Raison", "Volé"), ("Poids", "2,5"), ("Nombre", "1 200"),
        ("Depuis", "mardi 1er décembre 2026"), ("Vu à", "mardi 24 novembre 2026 à 13 h 05"), ("partie", "a, b"),
    ]  # fmt: skip
    assert [(q, a.replace("\u00a0", " ")) for q, a in asking.readable(bin_service, kept, "en")] == [
        ("Which bin?", "Garbage, Recycling"), ("Reason", "Volé"), ("Weight", "2.5"), ("Count", "1,200"),
        ("Since", "Tuesday, December 1, 2026"), ("Seen at", "Tuesday, November 24, 2026 at 1:05 p.m."),
        ("partie", "a, b"),
    ]  # fmt: skip


def test_an_answer_outlives_the_kind_of_its_question(bin_service: Service) -> None:
    assert asking.readable(bin_service, {"depuis": "la semaine passée", "raison": "autre", "bac": 3}, "fr") == [
        ("Quel bac ?", "3"), ("Raison", "autre"), ("Depuis", "la semaine passée"),
    ]  # fmt: skip
