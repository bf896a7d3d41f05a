"""A service's own questions as form fields. What holds is checked by the catalogue, not here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from parvis.catalogue.asking import option_word
from parvis.catalogue.models import Question
from parvis.shared.widgets import DateInput, DateTimeInput

PREFIX = "answers."
Kind = Question.Kind


def field_for(question: Question) -> forms.Field:
    """The control that suits a question; its raw value goes to the catalogue as it was typed."""
    field = _MAKERS.get(Kind(question.kind), _text)(question)
    field.label, field.required = question.label, False
    field.is_asked = question.is_required  # type: ignore[attr-defined]
    return field


def raw_answers(data: Any) -> dict[str, Any]:
    """{question key: [raw values]} of a form's data."""
    return {name.removeprefix(PREFIX): data.getlist(name) for name in data if name.startswith(PREFIX)}


def flat(answers: dict[str, list[str]]) -> dict[str, Any]:
    """One value alone, several as a list: the shape that the catalogue reads."""
    return {key: values if len(values) > 1 else values[0] for key, values in answers.items() if values}


class AnyChoiceField(forms.ChoiceField):
    def valid_value(self, value: str) -> bool:
        return True


class AnyChoicesField(forms.MultipleChoiceField):
    def valid_value(self, value: str) -> bool:
        return True


def _offered(question: Question) -> list[tuple[str, str]]:
    return [(str(option["value"]), option_word(option)) for option in question.options]


def _text(question: Question) -> forms.Field:
    return forms.CharField(strip=False)


def _number(question: Question) -> forms.Field:
    return forms.CharField(widget=forms.TextInput({"inputmode": "decimal", "class": "input--short"}))


def _choice(question: Question) -> forms.Field:
    return AnyChoiceField(choices=[("", _("Choisissez")), *_offered(question)])


_MAKERS: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.INTEGER: _number,
    Kind.NUMBER: _number,
    Kind.DATE: lambda question: forms.CharField(widget=DateInput()),
    Kind.DATETIME: lambda question: forms.CharField(widget=DateTimeInput()),
    Kind.CHOICE: _choice,
    Kind.MULTI: lambda question: AnyChoicesField(choices=_offered(question), widget=forms.CheckboxSelectMultiple),
}
