"""The form of one arrow of the workflow: the details that it needs, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from parvis.cases import photos
from parvis.cases.errors import BadPhoto
from parvis.cases.models import Case
from parvis.cases.states import PAUSES_CLOCK, Outcome, State, WaitingReason
from parvis.cases.workflow import ARROWS, SENTENCE_MAX, Arrow, Details
from parvis.console import choices
from parvis.console.forms.case import CaseForm, Difference, team_name
from parvis.shared import clock
from parvis.shared.formats import speech
from parvis.shared.widgets import DateInput, ManyFilesField


class KeptPhotosField(forms.MultipleChoiceField):
    """Ids of pictures that this form sent before, when it was refused for another reason."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: str) -> bool:
        try:
            return bool(UUID(value))
        except ValueError:
            return False


class MoveForm(CaseForm):
    """`to` is the state asked for. A state that no arrow leads to raises KeyError."""

    def __init__(self, case: Case, to: str, data: Any = None, files: Any = None, **rest: Any) -> None:
        self.arrow = _arrow(case, to)
        super().__init__(case, data, files, **rest)

    def prefix_of(self) -> str:
        return str(self.arrow.to)

    def fill(self) -> None:
        for need in self.arrow.needs:
            self.fields.update(_FIELDS[need](self.case))

    def clean_photos(self) -> list[str]:
        """Pictures are kept aside at once, so that a form refused for another reason doesn't ask for them again."""
        kept = list(self.cleaned_data.get("kept") or [])[: settings.PHOTO_MAX_COUNT]
        for file in self.cleaned_data["photos"]:
            if len(kept) >= settings.PHOTO_MAX_COUNT:
                self.add_error("photos", photos.limits())
                break
            try:
                kept.append(str(photos.keep_aside(file).pk))
            except BadPhoto as error:
                self.add_error("photos", error.sentence)
        self._resend_kept(kept)
        return kept

    def _resend_kept(self, kept: list[str]) -> None:
        """Put what is kept in the hidden fields of the page that may be shown again."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data.setlist(self.add_prefix("kept"), kept)

    @property
    def kept_count(self) -> int:
        return len(self.data.getlist(self.add_prefix("kept"))) if isinstance(self.data, QueryDict) else 0

    def details(self) -> Details:
        data = self.cleaned_data
        return Details(
            team_id=data.get("team"), planned_for=data.get("planned_for"), reason=data.get("reason", ""),
            outcome=data.get("outcome", ""), sentence=data.get("sentence", ""), party=data.get("party", ""),
            photo_ids=tuple(data.get("photos") or ()),
        )  # fmt: skip

    def differences(self, current: Case) -> list[Difference]:
        lines = [Difference(_("État"), str(State(self.arrow.to).label), str(State(current.state).label))]
        return lines + [_DIFFERENCES[name](self.cleaned_data, current) for name in self.fields if name in _DIFFERENCES]


def _arrow(case: Case, to: str) -> Arrow:
    """The arrow from the case's state; when the case has moved on since, any other that leads there."""
    leading = [arrow for arrow in ARROWS if arrow.to == to]
    if not leading:
        raise KeyError(to)
    return next((arrow for arrow in leading if arrow.source == case.state), leading[0])


def _team(case: Case) -> dict[str, forms.Field]:
    offered = [("", _("Choisissez une équipe")), *choices.teams()]
    field = forms.TypedChoiceField(
        label=_("Équipe"), choices=offered, coerce=int, empty_value=None, required=False, initial=case.team_id
    )
    return {"team": field}


def _planned_for(case: Case) -> dict[str, forms.Field]:
    widget = DateInput({"min": clock.today().isoformat()})
    field = forms.DateField(label=_("Date de l’intervention"), widget=widget, initial=case.planned_for)
    return {"planned_for": field}


def _reason(case: Case) -> dict[str, forms.Field]:
    offered = [(reason.value, _waiting(reason)) for reason in WaitingReason]
    return {"reason": forms.ChoiceField(label=_("Ce que le dossier attend"), choices=offered, widget=forms.RadioSelect)}


def _waiting(reason: WaitingReason) -> str:
    clock_words = _("le délai est suspendu") if reason in PAUSES_CLOCK else _("le délai continue")
    return f"{reason.label} ({clock_words})"


def _outcome(case: Case) -> dict[str, forms.Field]:
    party_hint = _("Seulement si cela ne relève pas de la Ville.")
    return {
        "outcome": forms.ChoiceField(label=_("Issue"), choices=Outcome.choices, widget=forms.RadioSelect),
        "party": forms.CharField(
            label=_("Organisme responsable"), max_length=120, required=False, help_text=party_hint
        ),
    }


def _sentence(case: Case) -> dict[str, forms.Field]:
    return {
        "sentence": forms.CharField(
            label=_("Phrase pour le public"),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=SENTENCE_MAX,
            help_text=_("Ce qui a été fait, en mots simples. Ne nommez personne."),
        ),
        "kept": KeptPhotosField(required=False),
        "photos": ManyFilesField(label=_("Photos après l’intervention"), required=False, help_text=photos.limits()),
    }


_FIELDS: dict[str, Callable[[Case], dict[str, forms.Field]]] = {
    "team": _team,
    "planned_for": _planned_for,
    "reason": _reason,
    "outcome": _outcome,
    "sentence": _sentence,
}


def _named_team(data: dict[str, Any], current: Case) -> Difference:
    names = {value: label for _group, offered in choices.teams() for value, label in offered}
    return Difference(_("Équipe"), names.get(data.get("team"), "—"), team_name(current))


def _dated(data: dict[str, Any], current: Case) -> Difference:
    theirs = speech.day(current.planned_for) if current.planned_for else "—"
    return Difference(_("Date de l’intervention"), speech.day(data["planned_for"]), theirs)


_DIFFERENCES: dict[str, Callable[[dict[str, Any], Case], Difference]] = {
    "team": _named_team,
    "planned_for": _dated,
    "reason": lambda data, current: Difference(
        _("En attente de"), str(WaitingReason(data["reason"]).label), str(current.get_waiting_reason_display() or "—")
    ),
    "outcome": lambda data, current: Difference(
        _("Issue"), str(Outcome(data["outcome"]).label), str(current.get_outcome_display() or "—")
    ),
    "sentence": lambda data, current: Difference(
        _("Phrase pour le public"), data["sentence"], current.outcome_sentence or "—"
    ),
    "party": lambda data, current: Difference(
        _("Organisme responsable"), data.get("party") or "—", current.outcome_party or "—"
    ),
}
