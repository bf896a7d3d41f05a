"""Which forms the case page offers to whom: exactly the moves of the workflow table, then what their role permits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.cases import workflow
from parvis.cases.models import Case
from parvis.cases.states import State
from parvis.console.forms.case import (
    AssignForm,
    CaseForm,
    GestureForm,
    MergeForm,
    NoteForm,
    PlaceForm,
    ReplyForm,
    ServiceForm,
)
from parvis.console.forms.moves import MoveForm
from parvis.people.models import Agent


@dataclass(frozen=True)
class Gesture:
    """One thing to do on a case: its form, where it goes, and the key that opens it."""

    code: str
    label: str
    key: str
    icon: str
    url: str
    form: CaseForm
    is_ready: bool = False  # nothing to fill in: one button

    @property
    def is_open(self) -> bool:
        return self.form.is_bound or self.form.is_drafted


@dataclass(frozen=True)
class Offer:
    """The gestures in the three groups of the page."""

    moves: list[Gesture]
    words: list[Gesture]
    others: list[Gesture]


_ICONS = {
    State.RECEIVED: "undo", State.ACCEPTED: "check", State.PLANNED: "calendar", State.IN_PROGRESS: "play",
    State.WAITING: "pause", State.CLOSED: "check-circle",
}  # fmt: skip
Draft = dict[str, str]


def offered(case: Case, agent: Agent, draft: Draft, bound: CaseForm | None = None) -> Offer:
    """Everything that this person may do on this case now. `bound`: a refused form, shown again as it was sent."""

    def of(form: CaseForm) -> CaseForm:
        return bound if bound is not None and bound.prefix == form.prefix else form

    moves = [
        _move(case, arrow, key, of(MoveForm(case, arrow.to, draft=draft)))
        for key, arrow in enumerate(workflow.moves_for(case, agent), start=1)
    ]
    if case.merged_into_id is not None:
        return Offer(moves, list(_words(case, agent, draft, of))[-1:], [])
    return Offer(moves, list(_words(case, agent, draft, of)), list(_others(case, agent, draft, of)))


def _move(case: Case, arrow: workflow.Arrow, key: int, form: CaseForm) -> Gesture:
    url = reverse("console:move", args=[case.pk, arrow.to])
    ready = not arrow.needs
    return Gesture(str(arrow.to), str(arrow.label), str(key), _ICONS[arrow.to], url, form, is_ready=ready)


Rebind = Callable[[CaseForm], CaseForm]


def _words(case: Case, agent: Agent, draft: Draft, of: Rebind) -> Iterator[Gesture]:
    if agent.may("case.reply"):
        url = reverse("console:reply", args=[case.pk])
        yield Gesture("reply", _("Répondre aux personnes"), "r", "message", url, of(ReplyForm(case, draft=draft)))
    if agent.may("case.note"):
        url = reverse("console:note", args=[case.pk])
        yield Gesture("note", _("Écrire une note interne"), "i", "note", url, of(NoteForm(case, draft=draft)))


def _others(case: Case, agent: Agent, draft: Draft, of: Rebind) -> Iterator[Gesture]:
    def url(name: str) -> str:
        return reverse(f"console:{name}", args=[case.pk])

    if agent.may("case.accept"):
        yield Gesture("assign", _("Confier"), "a", "users", url("assign"), of(AssignForm(case)))
        yield Gesture("service", _("Corriger le service"), "s", "edit", url("service"), of(ServiceForm(case)))
        yield Gesture("place", _("Corriger le lieu"), "l", "pin", url("place"), of(PlaceForm(case, draft=draft)))
    if agent.may("case.merge"):
        yield Gesture(
            "merge", _("Joindre à un autre dossier"), "m", "merge", url("merge"), of(MergeForm(case, draft=draft))
        )
    if case.is_emergency and agent.may("case.clear_emergency"):
        label = _("Lever l’alerte d’urgence")
        yield Gesture("clear", label, "u", "bell", url("clear_emergency"), of(GestureForm(case)), is_ready=True)
