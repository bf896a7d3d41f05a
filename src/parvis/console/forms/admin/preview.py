"""What a resident is asked for a service, drawn without being sent: for the eyes of who edits the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from parvis.catalogue import promises
from parvis.catalogue.asking import option_word
from parvis.catalogue.models import Question, Service
from parvis.console.forms.questions import field_for


@dataclass(frozen=True)
class Preview:
    """One language of the form. Called while that language is the active one."""

    language: str
    name: str
    family: str
    target: str
    referral: str
    screen_question: str
    form: forms.Form
    conditions: dict[str, str]  # question key → when it is asked

    @property
    def rows(self) -> list[tuple[Any, str]]:
        return [(bound, self.conditions.get(bound.name, "")) for bound in self.form]


def preview_of(service: Service, language: str) -> Preview:
    questions = list(service.questions.all())
    form = forms.Form(auto_id=f"{language}-%s")
    for question in questions:
        form.fields[question.key] = field_for(question)
        form.fields[question.key].required = question.is_required
    return Preview(
        language=language,
        name=service.name,
        family=service.category.name,
        target=promises.target(service, language),
        referral=service.referral,
        screen_question=service.screen_question if service.emergency == "screen" else "",
        form=form,
        conditions={question.key: _when(question, questions) for question in questions if question.condition},
    )


def _when(question: Question, questions: list[Question]) -> str:
    condition = question.condition or {}
    parent = next((each for each in questions if each.key == condition.get("key")), None)
    if parent is None:
        return ""
    words = [option_word(option) for option in parent.options if option["value"] in condition["in"]]
    return _("Posée seulement si « %(question)s » : %(answers)s.") % {
        "question": parent.label,
        "answers": ", ".join(words),
    }
