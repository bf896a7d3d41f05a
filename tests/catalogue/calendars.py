"""Hours to count on, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from parvis.catalogue.closures import MUNICIPAL_DAYS, Closure
from parvis.catalogue.hours import OFFICE_HOURS, ROUND_THE_CLOCK, Hours, read_minutes, read_week

QUEBEC = ZoneInfo("America/Toronto")
OFFICE = Hours(read_week(OFFICE_HOURS), True, frozenset(MUNICIPAL_DAYS), zone=QUEBEC)
ALWAYS = Hours(read_week(ROUND_THE_CLOCK), False, zone=QUEBEC)


def storm_on(day: date, *open_from_to: str) -> Hours:
    """Office hours, save for one day: closed, or open from … to …."""
    minutes = read_minutes([open_from_to]) if open_from_to else ()
    return Hours(OFFICE.weekly, True, frozenset(), ((day, minutes, Closure("Tempête", "Storm")),), zone=QUEBEC)


def at(text: str) -> datetime:
    """'2026-11-24 13:05' on the clocks of Québec, as a moment."""
    return datetime.fromisoformat(text).replace(tzinfo=QUEBEC).astimezone(UTC)


def told(moment: datetime | None) -> str:
    """A moment as the clocks of Québec tell it, with the day of the week."""
    return f"{moment.astimezone(QUEBEC):%a %Y-%m-%d %H:%M}" if moment else "none"
