"""What happens by the clock. Each tick enqueues under the unique key of its slot, so that any number of workers make
one job of it; a slot missed while the house was closed is caught up once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol

from django.utils import timezone

from parvis.shared import clock
from parvis.shared.jobs.enqueueing import enqueue
from parvis.shared.wiring import wired


class Rhythm(Protocol):
    def slot(self, now: datetime) -> str:
        """The name of the last moment of this rhythm at or before `now`."""


@dataclass(frozen=True)
class Every:
    minutes: int

    def slot(self, now: datetime) -> str:
        minute = int(now.timestamp()) // 60
        return datetime.fromtimestamp(60 * (minute - minute % self.minutes), UTC).isoformat(timespec="minutes")


@dataclass(frozen=True)
class Daily:
    at: time  # where the city is

    def slot(self, now: datetime) -> str:
        today = timezone.localtime(now)
        moment = datetime.combine(today.date(), self.at, tzinfo=today.tzinfo)
        return (today.date() if moment <= now else today.date() - timedelta(days=1)).isoformat()


def every(*, minutes: int) -> Every:
    """Every so many minutes, counted from midnight UTC."""
    if minutes < 1:
        raise ValueError("A rhythm takes one minute or more.")
    return Every(minutes)


def daily(at: str) -> Daily:
    """Once a day, at a time such as "03:10" where the city is."""
    return Daily(time.fromisoformat(at))


class Timetable:
    """Enqueues what config/flow.py's TIMETABLE holds: name → (function without arguments, rhythm)."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}  # spares the database a question at each tick

    def tick(self) -> int:
        """Enqueue every slot begun since the last tick; returns how many jobs were new."""
        table: dict[str, tuple[Callable[[], Any], Rhythm]] = wired("TIMETABLE", {})
        count = 0
        for name, (function, rhythm) in table.items():
            slot = rhythm.slot(clock.now())
            if self._seen.get(name) != slot:
                count += enqueue(function, unique_key=f"timetable:{name}:{slot}", max_attempts=3)
                self._seen[name] = slot
        return count
