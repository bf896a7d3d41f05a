"""A report taken for somebody on the phone, by e-mail or at the counter: one page, in the order of the conversation."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.cases.intake import DESCRIPTION_MAX, Submission
from parvis.catalogue import asking
from parvis.catalogue.models import Service
from parvis.console import choices
from parvis.console.forms import questions
from parvis.people.models import Agent
from parvis.people.persons import ContactDetails
from parvis.places.geocoding import Location

CHANNEL_WORDS = [("phone", _("Téléphone")), ("email", _("Courriel")), ("counter", _("Comptoir"))]
LANGUAGES = [("fr", "Français"), ("en", "English")]


class IntakeForm(forms.Form):
    """Nothing is required here: intake knows what each service needs, and says so field by field."""

    channel = forms.ChoiceField(label=_("Canal"), choices=CHANNEL_WORDS, initial="phone", widget=forms.RadioSelect)
    service = forms.TypedChoiceField(label=_("Service"), coerce=int, empty_value=None, required=False)
    screen_answer = forms.ChoiceField(
        choices=[("yes", _("Oui")), ("no", _("Non"))], required=False, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Lieu"), max_length=200, required=False, help_text=_("Adresse, coin de rue ou lieu public.")
    )
    choice = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=DESCRIPTION_MAX,
        widget=forms.Textarea({"rows": 4}),
    )
    join = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nom"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Téléphone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    email = forms.CharField(
        label=_("Courriel"), max_length=254, required=False, widget=forms.TextInput({"type": "email"})
    )
    language = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES, initial="fr", widget=forms.RadioSelect)
    wants_notices = forms.BooleanField(label=_("Envoyer des nouvelles par courriel"), initial=True, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial=None)
        service_field = self.fields["service"]
        assert isinstance(service_field, forms.TypedChoiceField)
        service_field.choices = [("", _("Choisissez un service")), *choices.services()]
        self.picked = _service(data.get("service", "") if data is not None else "")
        self.answers = questions.flat(questions.raw_answers(data)) if data is not None else {}
        self._ask()

    def _ask(self) -> None:
        """The questions that this service asks, given the answers so far."""
        if self.picked is None:
            return
        self.fields["screen_answer"].label = self.picked.screen_question
        for question in asking.questions_for(self.picked, self.answers):
            self.fields[f"{questions.PREFIX}{question.key}"] = questions.field_for(question)

    @property
    def has_conditions(self) -> bool:
        """Does what is asked depend on the answers?"""
        return self.picked is not None and any(question.condition for question in self.picked.questions.all())

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(questions.PREFIX)]

    @property
    def contact(self) -> ContactDetails:
        data = self.cleaned_data
        return ContactDetails(data["name"], data["email"], data["phone"], data["language"])

    def submission(self, service: Service, location: Location | None, agent: Agent) -> Submission:
        data = self.cleaned_data
        return Submission(
            service=service, description=data["description"], answers=self.answers, location=location,
            contact=self.contact, channel=data["channel"], language=data["language"], join_case_id=data["join"],
            wants_notices=data["wants_notices"], idempotency_key=f"console-{data['key']}",
            screen_answer=data["screen_answer"], submitted_by=agent,
        )  # fmt: skip

    def take(self, errors: dict[str, str]) -> None:
        """Put intake's sentences beside the fields that they are about."""
        homes = {"location": "address", "contact": "phone"}
        for name, sentence in errors.items():
            home = homes.get(name, name)
            self.add_error(home if home in self.fields else None, sentence)


def _service(typed: str) -> Service | None:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        return None
    found = Service.objects.filter(pk=int(typed), is_active=True).select_related("category", "department")
    return found.prefetch_related("questions").first()
