"""The clock of a case: its due date, pauses, and telling when the promise changes.

Counted in the working time of the team that holds the case (catalogue.working_time).
"""

from __future__ import annotations

from datetime import datetime

from parvis.cases import events
from parvis.cases.models import Case
from parvis.cases.states import PAUSES_CLOCK
from parvis.catalogue import working_time
from parvis.ledger.record import record
from parvis.shared import clock


def due_at(case: Case, start: datetime) -> datetime | None:
    """When the service's target ends, counted from `start` on the hours of the case's team; None without a target."""
    service = case.service
    return working_time.due_at(start, service.target_value, service.target_unit, working_time.Hours.of(case.team))


def pause(case: Case) -> bool:
    """Stop the clock if the reason to wait is one that pauses it. Says whether it does."""
    pauses = case.waiting_reason in PAUSES_CLOCK and case.due_at is not None
    case.clock_paused_at = clock.now() if pauses else None
    return pauses


def resume(case: Case) -> None:
    """Give back the working time that passed during the pause."""
    if case.clock_paused_at is not None and case.due_at is not None:
        hours = working_time.Hours.of(case.team)
        paused = working_time.working_time_between(case.clock_paused_at, clock.now(), hours)
        case.due_at = working_time.add_working_time(case.due_at, paused, hours)
    case.clock_paused_at = None


def restart(case: Case) -> None:
    """A reopened case gets a whole new delay from now."""
    case.clock_paused_at = None
    case.due_at = due_at(case, clock.now())


def tell_if_changed(case: Case, was_due_at: datetime | None, *, why: str) -> None:
    """Record a change of the promise, which the flow tells people. The case must be saved already."""
    if case.due_at != was_due_at:
        record(events.CaseDueChanged(_iso(case.due_at), _iso(was_due_at), why), subject=case)


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
