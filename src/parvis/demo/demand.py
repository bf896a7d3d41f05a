"""What is asked of the invented city: which service, when, where, by whom, in which words.

The mix follows the published weights of the catalogue; months, weekdays and hours follow the profile of a borough of
Montréal from 2022 to 2026 (shape only).
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from parvis.cases.models import Report
from parvis.catalogue.models import Question, Service
from parvis.places import edition, geocoding
from parvis.places.geocoding import Location
from parvis.places.models import Segment

_FLAT = (1.0,) * 12
# January to December, 1 = mean. The longest prefix of the service's code wins.
_MONTHS = {
    "NEI": (3.4, 3.2, 1.7, 0.3, 0, 0, 0, 0, 0, 0.05, 0.8, 2.5),
    "VOI-NID": (0.6, 0.8, 1.6, 1.9, 2.0, 1.1, 0.8, 0.7, 0.7, 0.6, 0.6, 0.6),
    "MAT-ENC": (0.5, 0.5, 0.7, 1.0, 1.4, 1.6, 1.9, 1.2, 1.1, 0.9, 0.7, 0.5),
    "MAT-VER": (0, 0, 0, 0.8, 1.5, 0.8, 0.6, 0.6, 0.9, 2.6, 2.2, 0),
    "PRO-GRA": (0.1, 0.1, 0.8, 2.8, 2.0, 1.2, 1.1, 1.0, 1.0, 0.9, 0.6, 0.2),
    "PRO-DEP": (0.4, 0.5, 0.8, 1.1, 1.2, 1.3, 1.4, 1.4, 1.2, 1.0, 0.9, 0.5),
    "ARB": (0.5, 0.5, 0.7, 1.9, 1.2, 1.3, 1.4, 1.2, 1.1, 1.0, 0.8, 0.6),
    "EAU-PUI": (0.3, 0.4, 1.2, 1.4, 2.3, 1.9, 1.0, 0.8, 0.8, 1.2, 0.9, 0.4),
    "NUI": (0.4, 0.4, 0.6, 0.9, 1.7, 1.6, 1.6, 1.5, 1.1, 0.8, 0.5, 0.4),
    "ECL": (1.2, 1.1, 1.0, 0.9, 0.8, 0.8, 0.8, 0.9, 1.0, 1.2, 1.2, 1.1),
}
_WEEKDAYS = (17.5, 19.0, 17.8, 16.9, 15.8, 7.1, 6.0)
# Share of a day by hour, from 0 h. The phone answers from 8 to 19; the rest of the world doesn't sleep.
_PHONE_HOURS = (0,) * 8 + (9.5, 12.2, 11.6, 11.1, 9.4, 9.6, 9.8, 9.2, 8.0, 5.6, 4.0) + (0,) * 5
_OTHER_HOURS = (
    1.0,
    0.6,
    0.4,
    0.3,
    0.3,
    0.6,
    2.0,
    5.0,
    8.0,
    6.5,
    6.0,
    6.0,
    5.8,
    5.5,
    5.5,
    5.8,
    6.5,
    8.3,
    6.6,
    5.5,
    4.6,
    3.8,
    2.6,
    1.6,
)
_CHANNELS = {
    Report.Channel.PHONE: 62, Report.Channel.APP: 15, Report.Channel.WEB: 11, Report.Channel.EMAIL: 9,
    Report.Channel.COUNTER: 3,
}  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """One thing that somebody will ask at a moment of the year."""

    at: datetime  # aware, UTC
    service: Service
    channel: str
    words: str


class Demand:
    """Draws asks, places and answers from one seeded source, so that every demonstration is the same."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        active = Service.objects.filter(is_active=True, demand_weight__gt=0).exclude(emergency="always")
        self.services = list(active.select_related("department").prefetch_related("questions"))
        self.places = _places(rng)
        self._weights = {
            month: [service.demand_weight * _season(service, month) for service in self.services]
            for month in range(1, 13)
        }

    def year(self, first: date, last: date, count: int) -> list[Ask]:
        """About `count` asks between two days, in order of time."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        weights = [_WEEKDAYS[day.weekday()] * sum(self._weights[day.month]) for day in days]
        chosen = sorted(self.rng.choices(days, weights, k=count))
        return sorted((self._ask(day) for day in chosen), key=lambda ask: ask.at)

    def _ask(self, day: date) -> Ask:
        service = self.rng.choices(self.services, self._weights[day.month])[0]
        channel = self.rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]
        if day.weekday() > 4 and channel in (Report.Channel.PHONE, Report.Channel.COUNTER):
            channel = Report.Channel.APP
        hours = _PHONE_HOURS if channel in (Report.Channel.PHONE, Report.Channel.COUNTER) else _OTHER_HOURS
        hour = self.rng.choices(range(24), hours)[0]
        local = datetime(
            day.year, day.month, day.day, hour, self.rng.randrange(60), self.rng.randrange(60), tzinfo=_zone()
        )
        words = self.rng.choice(_phrases().get(service.code, [service.name_fr]))
        return Ask(local.astimezone(UTC), service, channel, words)

    def place(self, service: Service) -> Location | None:
        return None if service.location_mode == Service.LocationMode.NONE else self.rng.choice(self.places)

    def answers(self, service: Service, at: datetime) -> dict[str, Any]:
        """A plausible answer to each question that must have one."""
        return {q.key: self._answer(q, at) for q in service.questions.all() if q.is_required}

    def _answer(self, question: Question, at: datetime) -> Any:
        values = [option["value"] for option in question.options]
        today = at.date().isoformat()
        plain: dict[str, Any] = {
            "text": "voir la description", "integer": str(self.rng.randint(1, 4)), "number": "1", "date": today,
            "datetime": f"{today}T08:00", "choice": self.rng.choice(values) if values else "",
            "multi": [self.rng.choice(values)] if values else [],
        }  # fmt: skip
        return plain[question.kind]


def _season(service: Service, month: int) -> float:
    if not service.is_in_season(month):
        return 0.0
    prefixes = [prefix for prefix in _MONTHS if service.code.startswith(prefix)]
    return float(_MONTHS[max(prefixes, key=len)][month - 1]) if prefixes else _FLAT[month - 1]


def _places(rng: random.Random, count: int = 1200) -> list[Location]:
    """Addresses all over the city, found the way a phone's position would be."""
    middles = list(Segment.objects.values_list("mid_lon", "mid_lat"))
    found = []
    with edition.held():
        for lon, lat in rng.choices(middles, k=count):
            location = geocoding.at(lon + rng.gauss(0, 0.0004), lat + rng.gauss(0, 0.0002))
            if not location.is_outside:
                found.append(location)
    return found


@cache
def _phrases() -> dict[str, list[str]]:
    content = resources.files("parvis.demo").joinpath("phrases.toml").read_text("utf-8")
    return tomllib.loads(content)


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
