"""What strangers and the people who reported may read of a case. No name, no address, no word of anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _

from parvis.cases.models import Case, Message
from parvis.cases.models.case import CaseQuerySet
from parvis.cases.states import Outcome, State
from parvis.ledger.models import Entry

_STEPS = {
    "case.opened": State.RECEIVED,
    "case.accepted": State.ACCEPTED,
    "case.planned": State.PLANNED,
    "case.started": State.IN_PROGRESS,
    "case.waiting": State.WAITING,
    "case.closed": State.CLOSED,
}


@dataclass(frozen=True)
class Step:
    """One public moment in the life of a case."""

    at: datetime
    state: str  # "" for a reply or a reopening
    word: str
    sentence: str


@dataclass(frozen=True)
class PublicCase:
    """A case as anyone may read it."""

    case_id: int
    service_name: str
    state: str
    state_word: str
    opened_at: datetime
    accepted_at: datetime | None
    planned_for: date | None
    due_at: datetime | None
    closed_at: datetime | None
    waiting_word: str
    outcome_word: str
    outcome_sentence: str
    outcome_party: str
    public_label: str  # street and crossing, never a civic number
    reports_count: int
    is_open: bool


def standing() -> CaseQuerySet:
    """The cases that strangers may see at all: those with a public position, not merged, not an emergency."""
    return Case.objects.standing().filter(morton__isnull=False, is_emergency=False)


def summary(case: Case) -> PublicCase:
    """`case` with its service and place loaded."""
    return PublicCase(
        case_id=case.pk, service_name=case.service.name, state=case.state, state_word=str(State(case.state).label),
        opened_at=case.opened_at, accepted_at=case.accepted_at, planned_for=case.planned_for,
        due_at=case.due_at if case.is_open else None, closed_at=case.closed_at,
        waiting_word=str(case.get_waiting_reason_display()) if case.waiting_reason else "",
        outcome_word=str(Outcome(case.outcome).label) if case.outcome else "",
        outcome_sentence=case.outcome_sentence, outcome_party=case.outcome_party,
        public_label=case.place.public_label if case.place else "", reports_count=case.reports_count,
        is_open=case.is_open,
    )  # fmt: skip


def steps(case: Case, *, with_replies: bool = False) -> list[Step]:
    """The public timeline, oldest first. `with_replies`: for those who reported, the city's replies as well."""
    kinds = [*_STEPS, "case.reopened", "case.imported"]
    entries = Entry.objects.filter(subject=f"case:{case.pk}", kind__in=kinds).order_by("version")
    told = [step for entry in entries if (step := _step(entry, case)) is not None]
    if with_replies:
        replies = Message.objects.filter(case=case, kind=Message.Kind.REPLY)
        told += [Step(reply.at, "", _("Réponse de la Ville"), reply.body) for reply in replies]
    return sorted(told, key=lambda step: step.at)


def _step(entry: Entry, case: Case) -> Step | None:
    if entry.kind == "case.reopened":
        return Step(entry.at, State.ACCEPTED, _("Rouverte"), "")
    if entry.kind == "case.imported":
        return Step(case.opened_at, State.RECEIVED, str(State.RECEIVED.label), "")
    state = _STEPS[entry.kind]
    return Step(entry.at, state, str(state.label), _sentence(entry, case, state))


def _sentence(entry: Entry, case: Case, state: State) -> str:
    if state == State.CLOSED and entry.at == case.closed_at:
        return str(case.outcome_sentence)
    if state == State.PLANNED:
        day: str = formats.date_format(date.fromisoformat(entry.data["planned_for"]))
        return _("Intervention prévue le %s.") % day
    return ""
