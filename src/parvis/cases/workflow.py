"""The life of a case: one table of arrows, one function that moves. A screen offers exactly what stands here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.cases import access, clockwork, events, photos
from parvis.cases.errors import IllegalMove, MissingDetail, StaleVersion
from parvis.cases.models import Case, Photo
from parvis.cases.states import Outcome, State, WaitingReason
from parvis.ledger.events import Event
from parvis.ledger.record import record
from parvis.people.models import Agent, Team
from parvis.shared import clock, text

SENTENCE_MAX = 1000


@dataclass(frozen=True)
class Arrow:
    """One permitted move: who may, and what it asks for."""

    source: State
    to: State
    permission: str
    label: str | Promise  # the verb on the button
    needs: tuple[str, ...] = ()  # team, planned_for, reason, outcome, sentence


_TAKE = gettext_lazy("Prendre en charge")
_PLAN = gettext_lazy("Planifier")
_START = gettext_lazy("Commencer")
_WAIT = gettext_lazy("Mettre en attente")
_CLOSE = gettext_lazy("Terminer")
_RESUME = gettext_lazy("Reprendre")
_ENDING = ("outcome", "sentence")

ARROWS = (
    Arrow(State.RECEIVED, State.ACCEPTED, "case.accept", _TAKE, ("team",)),
    Arrow(State.RECEIVED, State.WAITING, "case.accept", _WAIT, ("reason",)),
    Arrow(State.RECEIVED, State.CLOSED, "case.accept", _CLOSE, _ENDING),  # answered on the spot, or not ours
    Arrow(State.ACCEPTED, State.PLANNED, "case.work", _PLAN, ("planned_for",)),
    Arrow(State.ACCEPTED, State.IN_PROGRESS, "case.work", _START),
    Arrow(State.ACCEPTED, State.WAITING, "case.work", _WAIT, ("reason",)),
    Arrow(State.ACCEPTED, State.CLOSED, "case.work", _CLOSE, _ENDING),
    Arrow(State.ACCEPTED, State.RECEIVED, "case.accept", gettext_lazy("Retourner à l’aiguillage")),  # wrong team
    Arrow(State.PLANNED, State.PLANNED, "case.work", gettext_lazy("Changer la date"), ("planned_for",)),
    Arrow(State.PLANNED, State.IN_PROGRESS, "case.work", _START),
    Arrow(State.PLANNED, State.ACCEPTED, "case.work", gettext_lazy("Retirer du plan")),
    Arrow(State.PLANNED, State.WAITING, "case.work", _WAIT, ("reason",)),
    Arrow(State.PLANNED, State.CLOSED, "case.work", _CLOSE, _ENDING),
    Arrow(State.IN_PROGRESS, State.PLANNED, "case.work", gettext_lazy("Remettre à une autre date"), ("planned_for",)),
    Arrow(State.IN_PROGRESS, State.WAITING, "case.work", _WAIT, ("reason",)),
    Arrow(State.IN_PROGRESS, State.CLOSED, "case.work", _CLOSE, _ENDING),
    Arrow(State.WAITING, State.ACCEPTED, "case.work", _RESUME, ("team",)),
    Arrow(State.WAITING, State.PLANNED, "case.work", _PLAN, ("planned_for",)),
    Arrow(State.WAITING, State.IN_PROGRESS, "case.work", _START),
    Arrow(State.WAITING, State.CLOSED, "case.work", _CLOSE, _ENDING),
    Arrow(State.CLOSED, State.ACCEPTED, "case.reopen", gettext_lazy("Rouvrir"), ("team",)),
)


@dataclass(frozen=True)
class Details:
    """What a move may carry. Each arrow says which of these it needs; the rest is ignored."""

    team_id: int | None = None
    planned_for: date | None = None
    reason: str = ""  # a WaitingReason
    outcome: str = ""  # an Outcome
    sentence: str = ""  # what the public reads
    party: str = ""  # not_ours: the organisation it belongs to
    photo_ids: Sequence[UUID | str] = field(default_factory=tuple)  # after the work


def moves_for(case: Case, agent: Agent) -> list[Arrow]:
    """The arrows that leave the case's state and that this person may take, in the order of the table."""
    if case.merged_into_id is not None:
        return []
    return [arrow for arrow in ARROWS if arrow.source == case.state and agent.may(arrow.permission)]


def move(case_id: int, to: str, *, agent: Agent, version: int | None = None, details: Details | None = None) -> Case:
    """Move one case along an arrow of the table, write the ledger, and let the flow tell people.

    `version` is the one that the person saw; None skips the check. Raises NotFoundOrNotYours, IllegalMove,
    MissingDetail, StaleVersion; nothing is written then.
    """
    details = details or Details()
    with transaction.atomic():
        case = access.case_for(agent, case_id, lock=True)
        check_version(case, version)
        arrow = next((arrow for arrow in moves_for(case, agent) if arrow.to == to), None)
        if arrow is None:
            raise IllegalMove
        _apply(case, arrow, details)
        return case


def check_version(case: Case, version: int | None) -> None:
    if version is not None and case.version != version:
        raise StaleVersion(case)


def _apply(case: Case, arrow: Arrow, details: Details) -> None:
    was_due_at = case.due_at
    if arrow.source == State.WAITING:
        clockwork.resume(case)
    event = _ENTER[arrow.to](case, arrow, details)
    case.state = arrow.to
    touch(case)
    record(event, subject=case)
    clockwork.tell_if_changed(case, was_due_at, why="pause")


def touch(case: Case) -> None:
    """Save the case under its next version."""
    case.version += 1
    case.updated_at = clock.now()
    case.save()


def _enter_received(case: Case, arrow: Arrow, details: Details) -> Event:
    case.assignee = None
    return events.CaseReturned(arrow.source)


def _enter_accepted(case: Case, arrow: Arrow, details: Details) -> Event:
    team = _team(case, details) if "team" in arrow.needs else case.team
    case.team, case.department_id = team, team.department_id if team else case.department_id
    case.planned_for = None
    case.waiting_reason = ""
    if arrow.source != State.CLOSED:
        case.accepted_at = case.accepted_at or clock.now()
        return events.CaseAccepted(team.code if team else "", arrow.source)
    return _reopen(case, by_resident=False)


def _reopen(case: Case, *, by_resident: bool) -> Event:
    previous = case.outcome
    case.outcome = case.outcome_sentence = case.outcome_party = ""
    case.closed_at = None
    case.accepted_at = clock.now()
    clockwork.restart(case)
    return events.CaseReopened(by_resident, previous)


def _enter_planned(case: Case, arrow: Arrow, details: Details) -> Event:
    if details.planned_for is None:
        raise MissingDetail("planned_for", _("Choisissez la date de l’intervention."))
    if details.planned_for < clock.today():
        raise MissingDetail("planned_for", _("Cette date est passée. Choisissez aujourd’hui ou plus tard."))
    case.planned_for = details.planned_for
    case.waiting_reason = ""
    case.accepted_at = case.accepted_at or clock.now()
    return events.CasePlanned(details.planned_for.isoformat(), arrow.source)


def _enter_in_progress(case: Case, arrow: Arrow, details: Details) -> Event:
    case.started_at = clock.now()
    case.accepted_at = case.accepted_at or case.started_at
    case.waiting_reason = ""
    return events.CaseStarted(arrow.source)


def _enter_waiting(case: Case, arrow: Arrow, details: Details) -> Event:
    if details.reason not in WaitingReason.values:
        raise MissingDetail("reason", _("Choisissez ce que le dossier attend."))
    case.waiting_reason = details.reason
    pauses = clockwork.pause(case)
    return events.CaseWaiting(details.reason, pauses, arrow.source)


def _enter_closed(case: Case, arrow: Arrow, details: Details) -> Event:
    sentence, party = text.clean(details.sentence), text.clean(details.party)
    if details.outcome not in Outcome.values:
        raise MissingDetail("outcome", _("Choisissez l’issue : ce qui a été fait, ou pourquoi rien ne l’a été."))
    if not sentence:
        raise MissingDetail("sentence", _("Écrivez une phrase que la personne pourra lire."))
    if len(sentence) > SENTENCE_MAX:
        raise MissingDetail("sentence", _("Cette phrase dépasse 1000 caractères. Raccourcissez-la."))
    if details.outcome == Outcome.NOT_OURS and not party:
        raise MissingDetail("party", _("Nommez l’organisme dont cela relève."))
    case.outcome, case.outcome_sentence, case.outcome_party = details.outcome, sentence, party[:120]
    case.closed_at = clock.now()
    case.clock_paused_at = None
    case.waiting_reason = ""
    added = photos.attach(details.photo_ids, case=case, moment=Photo.Moment.AFTER)
    return events.CaseClosed(details.outcome, len(sentence), added, arrow.source)


_ENTER: dict[State, Callable[[Case, Arrow, Details], Event]] = {
    State.RECEIVED: _enter_received,
    State.ACCEPTED: _enter_accepted,
    State.PLANNED: _enter_planned,
    State.IN_PROGRESS: _enter_in_progress,
    State.WAITING: _enter_waiting,
    State.CLOSED: _enter_closed,
}


def _team(case: Case, details: Details) -> Team:
    if details.team_id is None:
        if case.team is None:
            raise MissingDetail("team", _("Choisissez l’équipe qui prend le dossier."))
        return case.team
    team = Team.objects.filter(pk=details.team_id, is_active=True).first()
    if team is None:
        raise MissingDetail("team", _("Cette équipe n’existe plus. Choisissez-en une autre."))
    return team


REOPENING_DAYS = 30


def reopen_for_resident(case_id: int) -> Case:
    """« Ce n’est pas réglé »: the holder of a secret link reopens within 30 days of closing. Raises IllegalMove."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if not may_resident_reopen(case):
            raise IllegalMove
        event = _reopen(case, by_resident=True)
        case.state = State.ACCEPTED if case.team_id else State.RECEIVED
        touch(case)
        record(event, subject=case)
        return case


def may_resident_reopen(case: Case) -> bool:
    if case.state != State.CLOSED or case.closed_at is None or case.merged_into_id is not None:
        return False
    return case.outcome != Outcome.WITHDRAWN and (clock.now() - case.closed_at).days < REOPENING_DAYS
