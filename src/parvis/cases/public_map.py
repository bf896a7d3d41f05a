"""The public map: which cases strangers may see, where, and how many, in a few milliseconds at a million cases.

One table of numpy columns per process, sorted by Morton key: a map tile is one slice, a cluster is a bit shift. It
holds ids, codes and published points only: no word that a person wrote and nothing of who asked. Whatever a page shows
of a case is read again from the database through `visible()`: a stale table can miss a case and never reveal one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from parvis.cases import map_table, public
from parvis.cases.map_table import STATE_CODES, Box, Table
from parvis.cases.models import Case
from parvis.cases.states import State
from parvis.catalogue.models import Service
from parvis.places import cells

RAW_ZOOM = 15  # from here on every point stands alone
LARGEST_ZOOM = 22
SIDE_BITS = 3  # 8 × 8 clusters in a tile of 512 pixels: circles of 40 pixels that don't overlap, with a number in each
EXTENT = 4096  # units of a vector tile's side
IDS_SHOWN = 20  # cases named by one point of the map: more than that and the list is the better reader


@dataclass(frozen=True)
class Selection:
    """Which cases to show. None or empty means all."""

    category_id: int | None = None
    service_id: int | None = None
    states: tuple[str, ...] = ()
    since: datetime | None = None  # aware; opened at or after
    neighbourhood_id: int | None = None
    box: Box | None = None  # degrees


@dataclass(frozen=True)
class Cluster:
    """Cases drawn as one mark. x and y in tile units (0 … EXTENT) from the tile's north-west corner."""

    x: int
    y: int
    count: int
    open_count: int
    state: str  # of the case when it stands alone, else ""
    case_ids: tuple[int, ...]  # of a case alone, and of the newest IDS_SHOWN on one spot


@dataclass(frozen=True)
class Cursor:
    """The last row of a page: seconds since 1970 and id."""

    opened: int
    case_id: int


@dataclass(frozen=True)
class Page:
    cases: list[Case]  # newest first, with service and place
    total: int
    next_cursor: Cursor | None
    extent: Box | None  # where nearly all of them are; None when there is none


def visible() -> QuerySet[Case]:
    """Cases that strangers may see one by one: those of public.standing() whose service shows its places today."""
    return public.standing().filter(service__visibility__in=(Service.Visibility.EXACT, Service.Visibility.SEGMENT))


def by_ids(case_ids: Iterable[int]) -> list[Case]:
    """Visible cases among these, in the order given, with what a card shows. Others are left out silently."""
    wanted = list(case_ids)
    found = visible().select_related("service", "place").in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def clusters(
    z: int, x: int, y: int, selection: Selection | None = None, *, side_bits: int = SIDE_BITS
) -> list[Cluster]:
    """The marks of one map tile, at most 4^side_bits before RAW_ZOOM; from there on, one for each published point.

    Raises places.errors.BadPosition for a tile that the world doesn't have.
    """
    first, last = cells.tile_range(z, x, y)
    table = map_table.current()
    rows = _chosen(table, selection or Selection(), table.between(first, last))
    if not rows.size:
        return []
    is_raw = z >= RAW_ZOOM
    shift = 0 if is_raw else 2 * (cells.MORTON_BITS - z - side_bits)
    groups = table.key[rows] >> shift
    starts = np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1])))
    return _marks(table, rows, starts, _Corner(z, x, y), is_raw=is_raw)


def page(selection: Selection, after: Cursor | None = None, size: int = 50) -> Page:
    """One page of visible cases, newest first. Costs the same whatever the filters and however deep."""
    table = map_table.current(fresh=True)
    rows = _chosen(table, selection, slice(0, table.key.size))
    total, extent = int(rows.size), _extent(table, rows)
    if after:
        opened, ids = table.opened[rows], table.case_id[rows]
        rows = rows[(opened < after.opened) | ((opened == after.opened) & (ids < after.case_id))]
    rows = _newest(table, rows, size + 1)
    has_more, rows = rows.size > size, rows[:size]
    cursor = Cursor(int(table.opened[rows[-1]]), int(table.case_id[rows[-1]])) if has_more else None
    return Page(by_ids(table.case_id[rows].tolist()), total, cursor, extent)


def _chosen(table: Table, selection: Selection, span: slice) -> NDArray[np.intp]:
    """Row numbers of a span that the selection keeps, in Morton order."""
    keep = table.services.wanted(selection.category_id, selection.service_id)[table.service[span]]
    if selection.states:
        codes = np.zeros(len(STATE_CODES), dtype=np.bool_)
        codes[[STATE_CODES[state] for state in selection.states]] = True
        keep &= codes[table.state[span]]
    if selection.since:
        keep &= table.opened[span] >= int(selection.since.timestamp())
    if selection.neighbourhood_id:
        keep &= table.neighbourhood[span] == selection.neighbourhood_id
    if selection.box:
        keep &= selection.box.holds(table.x[span], table.y[span])
    rows: NDArray[np.intp] = np.flatnonzero(keep) + span.start
    return rows


def _newest(table: Table, rows: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    """The `size` newest rows, newest first; among equals the highest id first."""
    opened = table.opened[rows]
    if rows.size > size:
        oldest_kept = np.partition(opened, rows.size - size)[rows.size - size]
        rows = rows[opened >= oldest_kept]
    order = np.lexsort((table.case_id[rows], table.opened[rows]))[::-1]
    return rows[order[:size]]


def _extent(table: Table, rows: NDArray[np.intp]) -> Box | None:
    """The box of all but the farthest hundredth on each side: one misplaced case must not zoom out a whole city."""
    if not rows.size:
        return None
    edge = (rows.size - 1) // 100
    west, east = _without_ends(table.x[rows], edge)
    north, south = _without_ends(table.y[rows], edge)
    west_north, east_south = cells.unmercator(west, north), cells.unmercator(east, south)
    return Box(west=west_north[0], south=east_south[1], east=east_south[0], north=west_north[1])


def _without_ends(values: NDArray[np.int32], edge: int) -> tuple[float, float]:
    low, high = edge, values.size - 1 - edge
    parted = np.partition(values, (low, high)) / 2**cells.MORTON_BITS
    return float(parted[low]), float(parted[high])


@dataclass(frozen=True)
class _Corner:
    """A tile as an origin and a scale, to turn world coordinates into tile units."""

    z: int
    x: int
    y: int

    def units(self, world: NDArray[np.float64], tile: int) -> NDArray[np.int64]:
        span = float(1 << (cells.MORTON_BITS - self.z))
        return np.floor((world / span - tile) * EXTENT).astype(np.int64).clip(0, EXTENT - 1)


def _newest_ids(case_ids: NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(sorted(case_ids.tolist(), reverse=True)[:IDS_SHOWN])


def _marks(
    table: Table, rows: NDArray[np.intp], starts: NDArray[np.intp], corner: _Corner, *, is_raw: bool
) -> list[Cluster]:
    counts = np.diff(np.append(starts, rows.size))
    is_open = table.state[rows] != STATE_CODES[State.CLOSED]
    open_counts = np.add.reduceat(is_open.astype(np.int64), starts)
    xs = corner.units(np.add.reduceat(table.x[rows].astype(np.float64), starts) / counts, corner.x)
    ys = corner.units(np.add.reduceat(table.y[rows].astype(np.float64), starts) / counts, corner.y)
    states = table.state[rows[starts]]
    names = list(STATE_CODES)
    return [
        Cluster(
            x=x,
            y=y,
            count=count,
            open_count=open_count,
            state=names[state] if count == 1 else "",
            case_ids=_newest_ids(table.case_id[rows[start : start + count]]) if is_raw or count == 1 else (),
        )
        for x, y, count, open_count, state, start in zip(
            xs.tolist(),
            ys.tolist(),
            counts.tolist(),
            open_counts.tolist(),
            states.tolist(),
            starts.tolist(),
            strict=True,
        )
    ]
