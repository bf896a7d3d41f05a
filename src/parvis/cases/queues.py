"""What waits, for whom: the queues of the console, their counts, their filters and their pages.

Pages are cut by keyset, never by offset; counts stop at COUNT_CAP. The number of queries doesn't grow with the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.cases import access, index
from parvis.cases.models import Case
from parvis.cases.models.case import IS_OPEN
from parvis.cases.states import OPEN_STATES
from parvis.people.models import Agent
from parvis.shared import clock, tracking

COUNT_CAP = 1000  # "1000+": nobody needs the exact length of such a queue, and a full count costs
PAGE_MAX = 100

QUEUES: dict[str, str | Promise] = {
    "mine": _("À moi"),
    "team": _("À mes équipes"),
    "department": _("À ma direction"),
    "unassigned": _("À aiguiller"),
    "emergencies": _("Alertes d’urgence"),
    "overdue": _("En retard"),
    "open": _("Tous les dossiers ouverts"),
    "all": _("Tous les dossiers"),
}


@dataclass(frozen=True)
class Queue:
    """One queue in the margin. Counts are capped at COUNT_CAP."""

    code: str
    label: str
    count: int
    overdue: int


@dataclass(frozen=True)
class Filters:
    """What narrows a queue. They all combine; empty ones don't narrow."""

    queue: str = "open"
    text: str = ""  # words, or a tracking number
    state: str = ""
    team_id: int | None = None
    service_id: int | None = None
    category_id: int | None = None
    borough_id: int | None = None
    is_overdue: bool = False
    order: str = "due"  # "due": what is owed first; "newest"


@dataclass(frozen=True)
class Page:
    rows: list[Case]
    next_cursor: str | None  # hand it back as `after`


def counts_for(agent: Agent) -> list[Queue]:
    """Every queue that this person has, with how many cases stand in it and how many of them are late."""
    codes = [code for code in QUEUES if code not in ("open", "all", "overdue") and _has_queue(agent, code)]
    return [_count(agent, code) for code in [*codes, "overdue", "open"]]


def _has_queue(agent: Agent, code: str) -> bool:
    return code != "department" or agent.department_id is not None


def _count(agent: Agent, code: str) -> Queue:
    cases = in_queue(agent, code)
    count = _capped(cases)
    late = 0 if not count else _capped(cases.filter(_is_late(clock.now())))
    return Queue(code, str(QUEUES[code]), count, late)


def _capped(cases: QuerySet[Case]) -> int:
    return cases.order_by()[: COUNT_CAP + 1].count()


def _is_late(at: datetime) -> Q:
    return IS_OPEN & Q(due_at__lt=at, clock_paused_at=None)


def in_queue(agent: Agent, code: str) -> QuerySet[Case]:
    """The cases of one queue, permission included. An unknown code is the queue of all open cases."""
    cases = access.cases_for(agent)
    if code == "all":
        return cases.filter(merged_into=None)
    cases = cases.filter(IS_OPEN)
    if code == "mine":
        return cases.filter(assignee=agent)
    if code == "team":
        return cases.filter(team__in=list(agent.teams.all()))
    if code == "department":
        return cases.filter(department=agent.department_id)
    if code == "unassigned":
        return cases.filter(state="received")
    if code == "emergencies":
        return cases.filter(is_emergency=True)
    return cases.filter(_is_late(clock.now())) if code == "overdue" else cases


def filtered(agent: Agent, filters: Filters) -> QuerySet[Case]:
    """The cases that pass every filter."""
    cases = in_queue(agent, filters.queue)
    exact: dict[str, Any] = {
        "state": filters.state or None, "team": filters.team_id, "service": filters.service_id,
        "service__category": filters.category_id, "place__borough": filters.borough_id,
    }  # fmt: skip
    cases = cases.filter(**{field: value for field, value in exact.items() if value is not None})
    if filters.state in OPEN_STATES:
        cases = cases.filter(IS_OPEN)  # nothing more, but indexes know it
    if filters.is_overdue:
        cases = cases.filter(_is_late(clock.now()))
    return _holding(cases, filters.text, at_once=filters.order != "newest")


def _holding(cases: QuerySet[Case], typed: str, *, at_once: bool) -> QuerySet[Case]:
    if not typed.strip():
        return cases
    number = tracking.read(typed)
    if number is not None:
        return cases.filter(reports__number=number)
    ids = index.CASES.ids(typed, at_once=at_once)
    return cases.filter(pk__in=ids) if ids is not None else cases.none()


def page(agent: Agent, filters: Filters, *, after: str | None = None, size: int = 50) -> Page:
    """One page of at most 100 cases, with all that a row shows loaded. A cursor that doesn't parse starts over."""
    size = max(1, min(size, PAGE_MAX))
    order = _ORDERS.get(filters.order, _ORDERS["due"])
    cases = _from(filtered(agent, filters), filters.order, _read_cursor(after)).order_by(*order)
    # The ids first: where a sort can't be spared, it carries numbers rather than whole cases with their places.
    shown = Case.objects.filter(pk__in=cases.values("pk")[: size + 1]).order_by(*order)
    rows = list(shown.select_related("service", "place", "team", "assignee"))
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, _cursor(rows[-1], filters.order) if more else None)


# Newest by the day of opening, not by id: history brought in yesterday isn't new.
_ORDERS: dict[str, tuple[Any, ...]] = {
    "due": (F("due_at").asc(nulls_last=True), "pk"),
    "newest": ("-opened_at", "-pk"),
}


def _from(cases: QuerySet[Case], order: str, position: tuple[datetime | None, int] | None) -> QuerySet[Case]:
    """The cases that follow a position. The bound that seems said twice is the one that an index is read from."""
    if position is None:
        return cases
    at, pk = position
    if order == "newest":
        return cases if at is None else cases.filter(Q(opened_at__lt=at) | Q(pk__lt=pk), opened_at__lte=at)
    if at is None:
        return cases.filter(due_at=None, pk__gt=pk)
    return cases.filter(Q(due_at__gt=at) | Q(due_at=at, pk__gt=pk) | Q(due_at=None))


def _cursor(case: Case, order: str) -> str:
    at = case.opened_at if order == "newest" else case.due_at
    return f"{at.isoformat() if at else ''}_{case.pk}"


def _read_cursor(typed: str | None) -> tuple[datetime | None, int] | None:
    moment, _sep, pk = (typed or "").rpartition("_")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    if not moment:
        return None, int(pk)
    try:
        at = datetime.fromisoformat(moment.replace(" ", "+"))
        return (at.astimezone(UTC), int(pk)) if at.tzinfo else None
    except (ValueError, OverflowError):  # the first hours of the year 1, in a zone where they aren't
        return None
