"""What every form of the case page has in common, and those that hand on, correct, join and talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.cases import access
from parvis.cases.models import Case
from parvis.console import choices
from parvis.people.models import Agent
from parvis.shared import clock
from parvis.shared.bilingual import in_language

# What the server keeps of a form that isn't sent yet. Selects that come filled are not something typed.
DRAFTED = ("body", "sentence", "party", "outcome", "reason", "planned_for", "into", "address")


@dataclass(frozen=True)
class Difference:
    """One line of the page that shows two versions: what this person sends, and what the case holds now."""

    label: str
    yours: str
    theirs: str


class CaseForm(forms.Form):
    """A form on one case. It carries the version and the moment that the person saw, to refuse a stale save."""

    name: ClassVar[str] = ""
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, case: Case, data: Any = None, files: Any = None, *, draft: dict[str, str] | None = None) -> None:
        self.case = case
        super().__init__(data, files, prefix=self.prefix_of(), initial=self._initial(draft or {}))
        self.is_drafted = any(key.startswith(f"{self.prefix}-") for key in draft or {})
        self.fill()

    def prefix_of(self) -> str:
        return self.name

    def _initial(self, draft: dict[str, str]) -> dict[str, Any]:
        start = f"{self.prefix_of()}-"
        kept = {key.removeprefix(start): value for key, value in draft.items() if key.startswith(start)}
        return {"version": self.case.version, "seen_at": clock.now().isoformat(), **kept}

    def fill(self) -> None:
        """Choices that come from the database, and fields that depend on the case."""

    def differences(self, current: Case) -> list[Difference]:
        """Field by field, what is sent and what the case holds now."""
        return []

    @property
    def seen(self) -> int:
        return int(self.cleaned_data["version"])

    @property
    def seen_moment(self) -> datetime | None:
        return self.cleaned_data.get("seen_at")


def team_name(case: Case) -> str:
    return in_language(case.team, "name") if case.team else "—"


class AssignForm(CaseForm):
    name = "assign"
    to = forms.ChoiceField(label=gettext_lazy("Confier à"))

    def fill(self) -> None:
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *choices.hands()]
        case = self.case
        if case.team_id:
            self.initial["to"] = f"{case.team_id}-{case.assignee_id}" if case.assignee_id else str(case.team_id)

    def hands(self) -> tuple[int, int | None]:
        return choices.read_hands(self.cleaned_data["to"])

    def differences(self, current: Case) -> list[Difference]:
        names = {value: label for _group, offered in choices.hands() for value, label in offered}
        theirs = team_name(current) + (f" · {current.assignee}" if current.assignee else "")
        return [Difference(_("Confié à"), names.get(self.cleaned_data["to"], "—"), theirs)]


class ServiceForm(CaseForm):
    name = "service"
    service = forms.TypedChoiceField(label=gettext_lazy("Le bon service"), coerce=int)

    def fill(self) -> None:
        field = self.fields["service"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices.services()
        self.initial["service"] = self.case.service_id

    def differences(self, current: Case) -> list[Difference]:
        names = {value: label for _group, offered in choices.services() for value, label in offered}
        return [Difference(_("Service"), names.get(self.cleaned_data["service"], "—"), current.service.name)]


class PlaceForm(CaseForm):
    """Where it is, corrected: the words first, then the choice between the places that they may mean."""

    name = "place"
    address = forms.CharField(label=gettext_lazy("Le bon lieu"), max_length=200)
    choice = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def differences(self, current: Case) -> list[Difference]:
        return [Difference(_("Lieu"), self.cleaned_data["address"], str(current.place or "—"))]


class MergeForm(CaseForm):
    name = "merge"
    into = forms.CharField(
        label=gettext_lazy("Dossier qui reçoit les demandes"),
        help_text=gettext_lazy("Son numéro, ou le numéro de suivi d’une de ses demandes."),
        max_length=40,
    )

    def into_id(self, agent: Agent) -> int | None:
        """The case meant, if this person may read it."""
        typed = self.cleaned_data["into"].strip().lstrip("#")
        report = access.report_by_number(typed)
        pk = report.case_id if report else int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        return access.cases_for(agent).filter(pk=pk).values_list("pk", flat=True).first()


class ReplyForm(CaseForm):
    name = "reply"
    body = forms.CharField(
        label=gettext_lazy("Réponse aux personnes"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        help_text=gettext_lazy("Lue par chaque personne qui a signalé ce dossier. Ne nommez personne."),
    )


class NoteForm(CaseForm):
    name = "note"
    body = forms.CharField(
        label=gettext_lazy("Note interne"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        help_text=gettext_lazy("Lue par le personnel seulement."),
    )


class GestureForm(CaseForm):
    """Nothing to fill in: the gesture itself is the message."""
