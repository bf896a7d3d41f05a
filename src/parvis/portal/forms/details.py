"""What is happening: a description, and the questions of the service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.cases.intake import DESCRIPTION_MAX
from parvis.catalogue import asking
from parvis.catalogue.errors import BadAnswers
from parvis.catalogue.models import Question, Service
from parvis.shared import widgets
from parvis.shared.widgets import ManyFilesField

PREFIX = "q_"
TOO_LONG = gettext_lazy("Ce texte dépasse 4000 caractères. Gardez l’essentiel.")


class AnswerField(forms.Field):
    """A question's control; what is typed goes to the catalogue unread, since the rules are there."""

    def clean(self, value: Any) -> Any:
        return value


def _options(question: Question) -> list[tuple[str, str]]:
    return [(str(option["value"]), asking.option_word(option)) for option in question.options]


def _widget(question: Question) -> forms.Widget:
    kinds = Question.Kind
    if question.kind == kinds.CHOICE:
        return forms.RadioSelect(choices=_options(question))
    if question.kind == kinds.MULTI:
        return forms.CheckboxSelectMultiple(choices=_options(question))
    if question.kind in (kinds.INTEGER, kinds.NUMBER):
        return forms.TextInput(attrs={"inputmode": "numeric" if question.kind == kinds.INTEGER else "decimal"})
    if question.kind == kinds.DATE:
        return widgets.DateInput()
    return widgets.DateTimeInput() if question.kind == kinds.DATETIME else forms.TextInput()


class DetailsForm(forms.Form):
    description = forms.CharField(
        required=False,
        validators=[MaxLengthValidator(DESCRIPTION_MAX, TOO_LONG)],  # not max_length: browsers cut a paste in silence
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photos = ManyFilesField(required=False, widget=widgets.ManyFilesInput(attrs={"accept": "image/*,.heic,.heif"}))

    def __init__(self, service: Service, typed: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        """`typed`: the fields as they stand, which decide the questions that are asked."""
        super().__init__(*args, **kwargs | {"initial": _ready(service, typed)})
        self.service, self.typed = service, typed
        is_talk = service.nature in (Service.Nature.COMPLAINT, Service.Nature.COMMENT)
        is_question = service.nature == Service.Nature.INFORMATION
        self.fields["description"].required = is_talk
        self.fields["description"].error_messages["required"] = _("Décrivez la situation en quelques mots.")
        self.fields["description"].label = _("Votre question") if is_question else _("Que se passe-t-il ?")
        self.fields["description"].help_text = _("N’écrivez ici aucun renseignement personnel : ni nom, ni téléphone.")
        for question in asking.questions_for(service, answers_in(typed)):
            self.fields[PREFIX + question.key] = _field(question)
        self.order_fields([*(name for name in self.fields if name.startswith(PREFIX)), "description", "photos"])

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            asking.check_answers(self.service, answers_in(self.typed))
        except BadAnswers as wrong:
            for key, sentence in wrong.errors.items():
                self.add_error(PREFIX + key if PREFIX + key in self.fields else None, sentence)
        return data


def _field(question: Question) -> forms.Field:
    field = AnswerField(label=question.label, required=question.is_required, widget=_widget(question))
    if question.kind in (Question.Kind.CHOICE, Question.Kind.MULTI):
        field.choices = _options(question)  # type: ignore[attr-defined]
    return field


def answers_in(typed: dict[str, Any]) -> dict[str, Any]:
    """The answers among the fields of the page: question key → text, or list of texts."""
    return {name.removeprefix(PREFIX): value for name, value in typed.items() if name.startswith(PREFIX)}


def _ready(service: Service, typed: dict[str, Any]) -> dict[str, Any]:
    """Typed fields as initial values: one ticked box among several is a list of one."""
    several = {PREFIX + q.key for q in service.questions.all() if q.kind == Question.Kind.MULTI}
    return {name: [value] if name in several and isinstance(value, str) else value for name, value in typed.items()}
