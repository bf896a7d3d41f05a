"""Due dates and working time. The rules, with a worked table: docs/explain/due-dates.md.

Every moment is aware; every answer is in UTC. Days are days of the city.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from parvis.catalogue.errors import NeverOpen
from parvis.catalogue.hours import SEARCH_DAYS, Hours
from parvis.catalogue.models import Service

__all__ = ["Hours", "add_working_time", "due_at", "is_open", "next_opening", "working_time_between"]

_NOTHING = timedelta()
Unit = Service.Unit


def due_at(start: datetime, value: int, unit: str, hours: Hours) -> datetime | None:
    """When a target of `value` `unit`s (Service.Unit) that runs from `start` ends; None for `immediate`.

    Days: the day of receipt doesn't count and the last one ends at closing time; calendar days that end on a closed
    day move to the next open one (as in the Loi d’interprétation, RLRQ c. I-16, art. 52). Raises NeverOpen.
    """
    if unit == Unit.IMMEDIATE:
        return None
    if value <= 0:
        return next_opening(start, hours)
    if unit == Unit.BUSINESS_HOURS:
        return add_working_time(start, timedelta(hours=value), hours)
    received = hours.local_day(start)
    if unit == Unit.BUSINESS_DAYS:
        return _closing_after(received, value, hours)
    return _closing_after(received + timedelta(days=value - 1), 1, hours)


def _closing_after(day: date, open_days: int, hours: Hours) -> datetime:
    """The closing time of the `open_days`th open day after `day`. Midnight is told as 23:59 of the day itself."""
    closed_for = 0
    while closed_for < SEARCH_DAYS:
        day += timedelta(days=1)
        spans = hours.day(day).spans
        closed_for = 0 if spans else closed_for + 1
        open_days -= bool(spans)
        if spans and open_days == 0:
            closing = spans[-1][1]
            return closing if hours.local_day(closing) == day else closing - timedelta(minutes=1)
    raise NeverOpen


def add_working_time(start: datetime, amount: timedelta, hours: Hours) -> datetime:
    """The moment at which `amount` of open time has passed since `start`: at closing rather than at the next opening.

    `start` itself when `amount` isn't positive. Raises NeverOpen.
    """
    if amount <= _NOTHING:
        return start.astimezone(UTC)
    for opens, closes in hours.spans_from(start):
        if amount <= closes - opens:
            return opens + amount
        amount -= closes - opens
    raise NeverOpen


def working_time_between(start: datetime, end: datetime, hours: Hours) -> timedelta:
    """The open time from `start` to `end`; zero when `end` isn't later."""
    total = _NOTHING
    day, last = hours.local_day(start), hours.local_day(end)
    while day <= last:
        for opens, closes in hours.day(day).spans:
            total += max(min(closes, end) - max(opens, start), _NOTHING)
        day += timedelta(days=1)
    return total


def is_open(at: datetime, hours: Hours) -> bool:
    """Open at `at`: from the minute of opening to the one before closing."""
    return any(opens <= at < closes for opens, closes in hours.day(hours.local_day(at)).spans)


def next_opening(at: datetime, hours: Hours) -> datetime:
    """The first open moment from `at` on: `at` itself when it's open. Raises NeverOpen."""
    return next(hours.spans_from(at))[0]
