"""A service's questions: which are asked now, whether the answers hold, and how they read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.catalogue.errors import BadAnswers
from parvis.catalogue.models import Question, Service
from parvis.shared import text
from parvis.shared.formats import speech

TEXT_MAX = 1000
NUMBER_MAX = 1_000_000_000
RAW_MAX = 20_000  # beyond this nothing is even looked at
YEARS = range(1900, 2101)
Kind = Question.Kind


class _Refused(ValueError):
    """An answer that doesn't hold, with the sentence that says so."""


def questions_for(service: Service, answers: Mapping[str, Any]) -> list[Question]:
    """The questions to ask given the answers so far (raw or clean), in order.

    A conditional question is asked when the earlier question that it names is itself asked and has one of the values.
    """
    questions = list(service.questions.all())
    known, asked = {question.key for question in questions}, []
    keys: set[str] = set()
    for question in questions:
        condition = question.condition
        if condition and condition["key"] in known:
            given = set(_several(answers, condition["key"])) if condition["key"] in keys else set()
            if not given & set(condition["in"]):
                continue
        keys.add(question.key)
        asked.append(question)
    return asked


def check_answers(service: Service, raw: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept: {key: text, whole number, number, ISO date, option or list of options}, empty answers left out.

    `raw` may be a form's data or parsed JSON. Answers to questions that don't exist or aren't asked are dropped.
    Raises BadAnswers with one sentence per key.
    """
    clean: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for question in questions_for(service, raw):
        try:
            value = _READ[Kind(question.kind)](question, raw)
        except _Refused as refused:
            errors[question.key] = str(refused)
            continue
        if value not in ("", None, []):
            clean[question.key] = value
        elif question.is_required:
            errors[question.key] = _("Répondez à cette question.")
    if errors:
        raise BadAnswers(errors)
    return clean


def readable(service: Service, answers: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Kept answers as (question, answer) in words, in the order of the questions.

    An answer whose question has left the catalogue comes last, under its key: what a person said is never hidden.
    """
    with override(language):
        questions = {question.key: question for question in service.questions.all()}
        lines = [(q.label, _spoken(q, answers[key])) for key, q in questions.items() if key in answers]
        return lines + [(key, _plain(value)) for key, value in answers.items() if key not in questions]


def option_word(option: Mapping[str, Any]) -> str:
    """An option's word in the language of the page, French where English is missing."""
    return str((option.get("en") if speech.is_english() else "") or option.get("fr") or option["value"])


def _one(raw: Mapping[str, Any], key: str) -> str:
    """The single raw answer as text. Refuses lists, objects and truth values."""
    value = raw.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise _Refused(_("Cette réponse n’a pas la forme attendue. Écrivez une seule valeur."))
    if isinstance(value, int) and abs(value) > NUMBER_MAX:  # also spares Python's limit on digits
        raise _Refused(_("Ce nombre est trop grand. Vérifiez-le."))
    line = str(value)
    if len(line) > RAW_MAX:
        raise _Refused(_too_long())
    return text.clean(line)


def _several(raw: Mapping[str, Any], key: str) -> list[str]:
    """Every raw answer under a key; what isn't text is left out."""
    value = raw.getlist(key) if hasattr(raw, "getlist") else raw.get(key)
    values = value if isinstance(value, (list, tuple)) else [value]
    return [each for each in values[:100] if isinstance(each, str) and each]


def _too_long() -> str:
    return _("Cette réponse dépasse %(count)d caractères. Gardez l’essentiel.") % {"count": TEXT_MAX}


def _text(question: Question, raw: Mapping[str, Any]) -> str:
    line = _one(raw, question.key)
    if len(line) > TEXT_MAX:
        raise _Refused(_too_long())
    return line


def _whole(question: Question, raw: Mapping[str, Any]) -> int | None:
    number = _number(question, raw)
    if number is not None and number != int(number):
        raise _Refused(_("Écrivez un nombre entier, par exemple 3."))
    if number is not None and number < 0:
        raise _Refused(_("Écrivez un nombre entier à partir de 0."))
    return None if number is None else int(number)


def _number(question: Question, raw: Mapping[str, Any]) -> float | None:
    line = _one(raw, question.key).replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    if not line:
        return None
    try:
        number = float(line) if len(line) <= 40 and line.isascii() and "_" not in line else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _Refused(_("Écrivez un nombre en chiffres, par exemple 3 ou 2,5."))
    if abs(number) > NUMBER_MAX:
        raise _Refused(_("Ce nombre est trop grand. Vérifiez-le."))
    return number


def _date(question: Question, raw: Mapping[str, Any]) -> str:
    line = _one(raw, question.key)
    if not line:
        return ""
    try:
        day = date.fromisoformat(line) if len(line) == 10 else _local(line).date()
    except (ValueError, OverflowError):
        raise _Refused(_("Écrivez la date sous la forme année-mois-jour, par exemple 2026-11-24.")) from None
    return _within_years(day).isoformat()


def _datetime(question: Question, raw: Mapping[str, Any]) -> str:
    line = _one(raw, question.key)
    if not line:
        return ""
    try:
        at = _local(line)
    except (ValueError, OverflowError):
        raise _Refused(_("Écrivez la date et l’heure, par exemple 2026-11-24 13:05.")) from None
    _within_years(at.date())
    return at.isoformat(timespec="minutes")


def _local(line: str) -> datetime:
    """ISO text as a moment on the city's clock; without a zone it's already there. Raises ValueError, OverflowError."""
    at = datetime.fromisoformat(line)
    zone = timezone.get_default_timezone()
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)


def _within_years(day: date) -> date:
    if day.year not in YEARS:
        raise _Refused(_("Vérifiez l’année de cette date."))
    return day


def _choice(question: Question, raw: Mapping[str, Any]) -> str:
    chosen = _one(raw, question.key)
    if chosen and chosen not in _values(question):
        raise _Refused(_("Choisissez une des réponses proposées."))
    return chosen


def _multi(question: Question, raw: Mapping[str, Any]) -> list[str]:
    value = raw.getlist(question.key) if hasattr(raw, "getlist") else raw.get(question.key)
    values = [] if value is None or value == "" else value if isinstance(value, (list, tuple)) else [value]
    chosen = {each if isinstance(each, str) else "\0" for each in values} - {""}
    if len(values) > 100 or not chosen <= set(_values(question)):
        raise _Refused(_("Choisissez parmi les réponses proposées."))
    return [each for each in _values(question) if each in chosen]


def _values(question: Question) -> list[str]:
    return [str(option["value"]) for option in question.options]


_READ: dict[Kind, Callable[[Question, Mapping[str, Any]], Any]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _whole,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.CHOICE: _choice,
    Kind.MULTI: _multi,
}


def _spoken(question: Question, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_spoken(question, each) for each in value)
    if question.kind in (Kind.CHOICE, Kind.MULTI):
        return {str(option["value"]): option_word(option) for option in question.options}.get(value, str(value))
    try:
        if question.kind == Kind.DATE:
            return speech.day(date.fromisoformat(value))
        if question.kind == Kind.DATETIME:
            return speech.moment(datetime.fromisoformat(value))
    except (TypeError, ValueError):  # the question changed its kind since
        return _plain(value)
    return _plain(value)


def _plain(value: Any) -> str:
    """A value without its question: numbers by the habits of the language, lists with commas."""
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, (int, float)):
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=speech.babel_locale()))
    return str(value)
