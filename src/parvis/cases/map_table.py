"""The columns behind the public map, held by each process and brought up to date from the ledger.

The ledger has a line for every change, so its last line says whether anything moved, and the lines since then say which
cases to read again. A million cases take 45 MB.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import F, Func, IntegerField, QuerySet
from numpy.typing import NDArray

from parvis.cases import public
from parvis.cases.models import Case
from parvis.cases.states import State
from parvis.catalogue.models import Service
from parvis.ledger.models import Entry
from parvis.places import cells

STATE_CODES: dict[str, int] = {state: code for code, state in enumerate(State.values)}
PAUSE_S = 2.0  # between two looks at the ledger
LATE_ENTRIES = 500  # on PostgreSQL an entry with a lower id may be committed after one with a higher id
MOST_CHANGES = 20_000  # beyond, reading everything again is quicker


@dataclass(frozen=True)
class Box:
    """A rectangle in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, x: NDArray[np.int32], y: NDArray[np.int32]) -> NDArray[np.bool_]:
        left, top = (_world(part) for part in cells.mercator(self.west, self.north))
        right, bottom = (_world(part) for part in cells.mercator(self.east, self.south))
        inside: NDArray[np.bool_] = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
        return inside


def _world(fraction: float) -> int:
    last: int = 2**cells.MORTON_BITS - 1
    return min(last, max(0, int(fraction * (last + 1))))


@dataclass(frozen=True)
class ServiceLookup:
    """Category of each service by its id, 0 for those that strangers don't see."""

    category: NDArray[np.int64]

    def wanted(self, category_id: int | None, service_id: int | None) -> NDArray[np.bool_]:
        """True at the ids of visible services of this category (None: any) that are this service (None: any)."""
        wanted = self.category == category_id if category_id else self.category > 0
        if service_id:
            wanted = wanted & (np.arange(self.category.size) == service_id)
        return wanted


@dataclass(frozen=True)
class Mark:
    """How far the table has read: the last case and the last line of the ledger."""

    case_id: int = 0
    opened_at: datetime | None = None
    entry_id: int = 0
    entry_hash: str = ""


@dataclass(frozen=True)
class Table:
    """One row per placed, standing case, sorted by key. Columns of one length."""

    key: NDArray[np.int64]
    x: NDArray[np.int32]  # web-mercator, 0 … 2^31 from the north-west corner of the world
    y: NDArray[np.int32]
    case_id: NDArray[np.int64]
    service: NDArray[np.int32]
    state: NDArray[np.int8]
    opened: NDArray[np.int64]  # seconds since 1970
    neighbourhood: NDArray[np.int64]  # zone id, 0 when unknown

    services: ServiceLookup
    mark: Mark
    checked_at: float  # time.monotonic()

    def between(self, first: int, last: int) -> slice:
        low, high = np.searchsorted(self.key, [first, last + 1])
        return slice(int(low), int(high))


COLUMNS = [field.name for field in fields(Table)][:8]
_ROW = np.dtype(
    [
        ("key", np.int64),
        ("case_id", np.int64),
        ("service", np.int32),
        ("state", np.int8),
        ("opened", np.int64),
        ("neighbourhood", np.int64),
    ]
)
_held: Table | None = None
_lock = threading.Lock()


def current(*, fresh: bool = False) -> Table:
    """The table, at most PAUSE_S behind; with `fresh`, as of now. One thread updates it and the others don't wait."""
    global _held
    held = _held
    if held and not fresh and time.monotonic() - held.checked_at < PAUSE_S:
        return held
    if not _lock.acquire(blocking=fresh or held is None):
        assert held is not None
        return held
    try:
        _held = _brought_up_to_date(_held)
        return _held
    finally:
        _lock.release()


def forget() -> None:
    """Drop the table, so that the next reader builds it anew."""
    global _held
    _held = None


def _brought_up_to_date(held: Table | None) -> Table:
    """Looks at the ledger first, then reads: what is committed in between is read again next time, never lost."""
    mark, now = _latest_mark(), time.monotonic()
    if held is not None and held.mark == mark:
        return replace(held, services=_service_lookup(), checked_at=now)
    changed = _changed_since(held.mark) if held and _is_continued(held.mark) else None
    if held is None or changed is None or len(changed) > MOST_CHANGES:
        return build(_read(public.standing()), _service_lookup(), mark, now)
    parts = [_read(public.standing().filter(pk__in=changed[at : at + 500])) for at in range(0, len(changed), 500)]
    rows = np.concatenate([np.empty(0, dtype=_ROW), *parts])
    return updated(held, changed, build(rows, _service_lookup(), mark, now))


def build(rows: NDArray[Any], services: ServiceLookup, mark: Mark, now: float) -> Table:
    """A table from rows of dtype _ROW in any order."""
    rows = rows[np.argsort(rows["key"], kind="stable")]
    columns = {name: np.ascontiguousarray(rows[name]) for name in _ROW.names or ()}
    x, y = _gather(rows["key"]), _gather(rows["key"] >> 1)
    return Table(**columns, x=x, y=y, services=services, mark=mark, checked_at=now)


def updated(held: Table, changed: Iterable[int], part: Table) -> Table:
    """`held` with the rows of changed cases taken out, and those of `part` put in at their places."""
    kept = ~np.isin(held.case_id, np.fromiter(changed, dtype=np.int64))
    at = np.searchsorted(held.key[kept], part.key)
    columns = {name: np.insert(getattr(held, name)[kept], at, getattr(part, name)) for name in COLUMNS}
    return Table(**columns, services=part.services, mark=part.mark, checked_at=part.checked_at)


class _Seconds(Func):
    """Seconds since 1970 of a date, computed by the database: parsing a million dates in Python takes seconds."""

    function = "unixepoch"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS BIGINT)"
        return self.as_sql(compiler, connection, template=template, **extra)


def _read(cases: QuerySet[Case]) -> NDArray[Any]:
    rows = cases.values_list("morton", "pk", "service_id", "state", _Seconds(F("opened_at")), "place__neighbourhood_id")
    numbers = (
        (morton, pk, service, STATE_CODES[state], opened, neighbourhood or 0)
        for morton, pk, service, state, opened, neighbourhood in rows.iterator(chunk_size=10_000)
    )
    return np.fromiter(numbers, dtype=_ROW)


def _service_lookup() -> ServiceLookup:
    shown = (Service.Visibility.EXACT, Service.Visibility.SEGMENT)
    rows = list(Service.objects.order_by().values_list("pk", "category_id", "visibility"))
    category = np.zeros(max((pk for pk, _, _ in rows), default=0) + 1, dtype=np.int64)
    for pk, category_id, visibility in rows:
        category[pk] = category_id if visibility in shown else 0
    return ServiceLookup(category)


def _latest_mark() -> Mark:
    case_id, opened_at = Case.objects.order_by("-pk").values_list("pk", "opened_at").first() or (0, None)
    entry_id, entry_hash = Entry.objects.order_by("-pk").values_list("pk", "hash").first() or (0, "")
    return Mark(case_id, opened_at, entry_id, entry_hash)


def _is_continued(mark: Mark) -> bool:
    """False when what had been read is no longer there: a backup was restored, or another database took its place."""
    same_case = mark.opened_at is None or Case.objects.filter(pk=mark.case_id, opened_at=mark.opened_at).exists()
    return same_case and (not mark.entry_id or Entry.objects.filter(pk=mark.entry_id, hash=mark.entry_hash).exists())


def _changed_since(mark: Mark) -> list[int]:
    """Ids of cases that are new or that the ledger speaks of since the mark."""
    most = MOST_CHANGES + 1
    new = Case.objects.filter(pk__gt=mark.case_id).order_by().values_list("pk", flat=True)[:most]
    entries = Entry.objects.filter(pk__gt=mark.entry_id - LATE_ENTRIES, subject__startswith="case:").order_by()
    told = (int(subject.partition(":")[2]) for subject in entries.values_list("subject", flat=True)[:most])
    return sorted({*new, *told})


def _gather(key: NDArray[np.int64]) -> NDArray[np.int32]:
    """The even bits of each key, closed up: x of a key, or y of a key shifted by one."""
    value = key & 0x5555555555555555
    for shift, mask in (
        (1, 0x3333333333333333),
        (2, 0x0F0F0F0F0F0F0F0F),
        (4, 0x00FF00FF00FF00FF),
        (8, 0x0000FFFF0000FFFF),
        (16, 0x00000000FFFFFFFF),
    ):
        value = (value | value >> shift) & mask
    return value.astype(np.int32)
