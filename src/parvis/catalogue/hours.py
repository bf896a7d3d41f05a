"""When a team works: a calendar turned into moments, holidays, exceptional days and clock changes included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils import timezone

from parvis.catalogue.closures import Closure, Minutes, municipal_days, public_holidays
from parvis.catalogue.errors import NeverOpen
from parvis.people.models import Team

DAY_MINUTES = 24 * 60
SEARCH_DAYS = 3 * 366  # a calendar closed for longer is a mistake, not a rule
OFFICE_HOURS = {str(weekday): [["08:00", "19:00"]] for weekday in range(5)}  # the 311 of Québec
ROUND_THE_CLOCK = {str(weekday): [["00:00", "24:00"]] for weekday in range(7)}

# The calendar of a team, else the city's, a row for each exceptional day (one without a day if there's none).
_CALENDAR = """
SELECT calendar.hours, calendar.observes_holidays, calendar.municipal_days,
       exceptional.day, exceptional.hours, exceptional.reason_fr, exceptional.reason_en
FROM catalogue_calendar calendar
LEFT JOIN catalogue_exceptional_day exceptional ON exceptional.calendar_id = calendar.id
WHERE calendar.id = (
    SELECT mine.id FROM catalogue_calendar mine
    LEFT JOIN catalogue_calendar_team link ON link.calendar_id = mine.id AND link.team_id = %s
    WHERE mine.is_default OR link.id IS NOT NULL
    ORDER BY mine.is_default, mine.id LIMIT 1
)
ORDER BY exceptional.day
"""

Span = tuple[datetime, datetime]  # from, to (excluded); aware, UTC


@dataclass(frozen=True)
class Day:
    """One date on a calendar: its open spans and, when it isn't an ordinary day, why."""

    spans: tuple[Span, ...]
    closure: Closure | None = None


@dataclass(frozen=True)
class Hours:
    """The hours of a calendar. Durations are real time: the night when clocks move lasts 23 or 25 hours."""

    weekly: tuple[tuple[Minutes, ...], ...]  # seven days, Monday first
    observes_holidays: bool = True
    municipal: frozenset[str] = frozenset()
    exceptional: tuple[tuple[date, tuple[Minutes, ...], Closure], ...] = ()
    zone: tzinfo = field(default_factory=timezone.get_default_timezone)
    _days: dict[date, Day] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def of(team: Team | None) -> Hours:
        """The hours of a team's calendar, else of the city's default one, else Monday to Friday 8:00–19:00."""
        with connection.cursor() as cursor:
            cursor.execute(_CALENDAR, [team.pk if team else None])
            return _made(tuple(cursor.fetchall()))

    def day(self, day: date) -> Day:
        found = self._days.get(day)
        if found is None:
            if len(self._days) > 10_000:
                self._days.clear()
            found = self._days[day] = self._look_up(day)
        return found

    def _look_up(self, day: date) -> Day:
        """An exceptional day says all; else a holiday closes; else a municipal day cuts the week's hours."""
        for exception, minutes, closure in self.exceptional:
            if exception == day:
                return self._day(day, minutes, closure)
        usual = self.weekly[day.weekday()]
        if self.observes_holidays and day in (closures := public_holidays(day.year)):
            return self._day(day, (), closures[day])
        if day in (closures := municipal_days(day.year, self.municipal)):
            return self._day(day, _cut(usual, closures[day].open), closures[day])
        return self._day(day, usual, None)

    def _day(self, day: date, minutes: tuple[Minutes, ...], closure: Closure | None) -> Day:
        spans: list[Span] = []
        for opening, closing in minutes:
            start, end = self._moment(day, opening), self._moment(day, closing)
            start = max(start, spans[-1][1]) if spans else start
            if start < end:  # else the spring night skipped it whole
                spans.append((start, end))
        return Day(tuple(spans), closure)

    def _moment(self, day: date, minute: int) -> datetime:
        """A time on the wall as a moment. One that the spring night skips is read an hour later; one that the autumn
        night repeats, the first time."""
        shift, minute = divmod(minute, DAY_MINUTES)
        wall = datetime.combine(day + timedelta(days=shift), time(minute // 60, minute % 60), tzinfo=self.zone)
        return wall.astimezone(UTC)

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def spans_from(self, at: datetime) -> Iterator[Span]:
        """Every open span that ends after `at`, in order, the first one cut to begin at `at` at the earliest.

        Raises NeverOpen where none follows within three years.
        """
        at = at.astimezone(UTC)
        day, closed_for = self.local_day(at), 0
        while closed_for < SEARCH_DAYS:
            spans = [(max(start, at), end) for start, end in self.day(day).spans if end > at]
            yield from spans
            closed_for = 0 if spans else closed_for + 1
            day += timedelta(days=1)
        raise NeverOpen


@lru_cache(maxsize=128)
def _made(rows: tuple[tuple[Any, ...], ...]) -> Hours:
    """Made once for each content of the rows: an edited calendar makes another, and nothing needs to be told."""
    if not rows:
        return Hours(read_week(OFFICE_HOURS))
    hours, observes_holidays, municipal = rows[0][:3]
    return Hours(
        read_week(json.loads(hours)),
        bool(observes_holidays),
        frozenset(json.loads(municipal)),
        tuple(_exception(*row[3:]) for row in rows if row[3] is not None),
    )


def _exception(day: Any, hours: str, reason_fr: str, reason_en: str) -> tuple[date, tuple[Minutes, ...], Closure]:
    """SQLite gives the day as text, PostgreSQL as a date."""
    return date.fromisoformat(str(day)), read_minutes(json.loads(hours)), Closure(reason_fr, reason_en)


def read_week(hours: Any) -> tuple[tuple[Minutes, ...], ...]:
    """{"0": [["08:00", "19:00"]], …} to minutes, Monday first; a day left out is closed. Raises ValueError."""
    if not isinstance(hours, dict) or not set(hours) <= {str(weekday) for weekday in range(7)}:
        raise ValueError(hours)
    return tuple(read_minutes(hours.get(str(weekday), [])) for weekday in range(7))


def read_minutes(intervals: Any) -> tuple[Minutes, ...]:
    """[["08:30", "13:00"], …] to ordered minutes. Raises ValueError where they're malformed, empty or overlap."""
    if not isinstance(intervals, (list, tuple)):
        raise ValueError(intervals)
    minutes = tuple(sorted((_minute(start), _minute(end)) for start, end in intervals))
    flat = [moment for interval in minutes for moment in interval]
    if any(start >= end for start, end in minutes) or flat != sorted(flat):
        raise ValueError(intervals)
    return minutes


def _minute(text: str) -> int:
    hour, minute = (int(part) for part in str(text).split(":"))
    total = hour * 60 + minute
    if not (0 <= minute < 60 and 0 <= total <= DAY_MINUTES):
        raise ValueError(text)
    return total


def _cut(usual: tuple[Minutes, ...], kept: Minutes | None) -> tuple[Minutes, ...]:
    """What a half day leaves of the usual hours."""
    if kept is None:
        return ()
    opens, closes = kept
    return tuple((max(start, opens), min(end, closes)) for start, end in usual if start < closes and end > opens)
