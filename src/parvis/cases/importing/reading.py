"""One row of a foreign file, read by a profile: a request in our words, or the reason why not."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from parvis.cases.importing.profile import Profile, Rule
from parvis.cases.states import State
from parvis.shared import text

_CIVIC = re.compile(r"^\s*[0-9][0-9A-Za-z/-]*(?:\s*-\s*[0-9]+[A-Za-z]?)?\s*,?\s+")
_ZIP = re.compile(r"\s+\d{5}(?:-\d{4})?$")


class Rejected(Exception):
    """This row can't be brought in; the message says why, for the list of rejects."""


@dataclass(frozen=True)
class Request:
    """A foreign request, in our words. Times are aware, in UTC."""

    external_id: str
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    service: str  # their name of it
    category: str
    nature: str
    department: str
    description: str
    address: str
    street: str  # the address without its civic number
    lon: float | None
    lat: float | None
    state: str
    outcome: str
    sentence: str
    channel: str


class Reader:
    """Reads the rows of one file. Keeps count of identical rows without an id, so that each gets one of its own."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._twins: Counter[str] = Counter()

    def read(self, row: Mapping[str, str | None]) -> Request:
        """Raises Rejected."""
        opened_at = self._moment(row, "opened_at")
        if opened_at is None:
            raise Rejected("no date of opening")
        closed_at = self._moment(row, "closed_at")
        if closed_at is not None and closed_at < opened_at:
            raise Rejected("closed before it was opened")
        service = self._cell(row, "service").lstrip("*").strip()
        if not service:
            raise Rejected("no service")
        lon, lat = self._position(row)
        state = self._state(row, closed_at)
        address = re.sub(r"\s+", " ", self._cell(row, "address"))[:200]
        reason = self._cell(row, "outcome")
        closed = state == State.CLOSED
        return Request(
            external_id=self._external_id(row), opened_at=opened_at,
            closed_at=(closed_at or opened_at) if closed else None, due_at=self._moment(row, "due_at"),
            service=service[:160], category=self._cell(row, "category")[:100] or self.profile.title,
            nature=self.profile.natures.get(self._cell(row, "nature"), "intervention"),
            department=self._cell(row, "department")[:160] or self.profile.title,
            description=self._cell(row, "description")[:4000], address=address, street=_street_of(address),
            lon=lon, lat=lat, state=state,
            outcome=_first(self.profile.outcomes, reason, self.profile.default_outcome) if closed else "",
            sentence=(reason or self.profile.default_sentence)[:1000] if closed else "",
            channel=_first(self.profile.channels, self._cell(row, "channel"), self.profile.default_channel),
        )  # fmt: skip

    def _cell(self, row: Mapping[str, str | None], column: str) -> str:
        for name in self.profile.columns.get(column, ()):
            value = row.get(name)
            if value and not value.isspace():
                return text.clean(value)
        return ""

    def _external_id(self, row: Mapping[str, str | None]) -> str:
        """The file's own id; for a row without one, a fingerprint of the row and its rank among identical ones."""
        own = self._cell(row, "external_id")
        if own:
            return own[:60]
        mark = hashlib.sha256("\x1f".join(f"{key}={row[key]}" for key in row).encode()).hexdigest()[:24]
        self._twins[mark] += 1
        return f"row-{mark}-{self._twins[mark]}"

    def _moment(self, row: Mapping[str, str | None], column: str) -> datetime | None:
        """One date, aware in UTC. Several columns named together are joined by a space before reading."""
        names = self.profile.columns.get(column, ())
        typed = " ".join(value for name in names if (value := (row.get(name) or "").strip()))
        if not typed:
            return None
        local = _parsed(typed, self.profile.date_formats)
        if local is None:
            raise Rejected(f"unreadable date in {column}: {typed[:40]}")
        weekday = self._cell(row, "weekday")
        if column == "opened_at" and weekday in self.profile.weekdays:
            local = _first_such_day(local, self.profile.weekdays.index(weekday))
        aware = local if local.tzinfo else local.replace(tzinfo=self.profile.time_zone)
        return aware.astimezone(UTC)

    def _position(self, row: Mapping[str, str | None]) -> tuple[float | None, float | None]:
        typed = self._cell(row, "lon"), self._cell(row, "lat")
        if not all(typed):
            return None, None
        try:
            lon, lat = float(typed[0]), float(typed[1])
        except ValueError:
            raise Rejected(f"unreadable position: {typed[0][:20]}, {typed[1][:20]}") from None
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 85):
            raise Rejected(f"impossible position: {typed[0][:20]}, {typed[1][:20]}")
        return (None, None) if lon == lat == 0 else (lon, lat)

    def _state(self, row: Mapping[str, str | None], closed_at: datetime | None) -> str:
        typed = self._cell(row, "state")
        if not typed:
            return State.CLOSED if closed_at else self.profile.default_state
        try:
            return self.profile.states[typed]
        except KeyError:
            raise Rejected(f"unknown state: {typed[:40]}") from None


@lru_cache(maxsize=200_000)
def _parsed(typed: str, formats: tuple[str, ...]) -> datetime | None:
    for form in formats:
        try:
            return datetime.fromisoformat(typed) if form == "iso" else datetime.strptime(typed, form)  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _first_such_day(month_start: datetime, weekday: int) -> datetime:
    """The first Tuesday (1) of the month, say: where a file tells month, weekday and hour, and no date."""
    return month_start + timedelta(days=(weekday - month_start.weekday()) % 7)


def _first(rules: tuple[Rule, ...], typed: str, otherwise: str) -> str:
    return next((rule.value for rule in rules if rule.pattern.search(typed)), otherwise) if typed else otherwise


def _street_of(address: str) -> str:
    """'33 Beacon St Boston MA 02108' → 'Beacon St Boston MA': what may be shown to strangers."""
    return _ZIP.sub("", _CIVIC.sub("", address)).split(",")[0].strip()[:200]
