"""Which polygons hold a point, and their outlines for the map."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from parvis.places import edition
from parvis.places.cells import check_position
from parvis.places.models import Zone
from parvis.shared import clock

# Smallest first: a routing rule for a neighbourhood is looked at before one for the city.
_ORDER = {kind: place for place, kind in enumerate(["neighbourhood", "sector", "district", "borough", "city"])}


@dataclass(frozen=True)
class ZoneRef:
    """A zone as other rooms need it: enough to route, to count and to name."""

    id: int
    kind: str
    code: str
    name: str
    phone: str = ""
    website: str = ""


class ZoneIndex:
    """Zones that are valid together. Immutable once built, so threads share it freely."""

    def __init__(self, rows: Sequence[Zone]) -> None:
        self.refs = [ZoneRef(z.pk, z.kind, z.code, z.name, z.phone, z.website) for z in rows]
        self.shapes: NDArray[Any] = shapely.from_wkb([bytes(zone.geometry) for zone in rows])
        shapely.prepare(self.shapes)
        self._tree = shapely.STRtree(self.shapes)
        self.has_limits = any(ref.kind in (Zone.Kind.BOROUGH, Zone.Kind.CITY) for ref in self.refs)
        self.outlines = lru_cache(maxsize=32)(self._outlines)

    def containing(self, lon: float, lat: float) -> list[ZoneRef]:
        """Every zone that holds the point or touches it, smallest kind first."""
        found = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return sorted((self.refs[i] for i in found), key=lambda ref: (_ORDER.get(ref.kind, 9), ref.id))

    def containing_many(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[list[ZoneRef]]:
        """The same for many points at once."""
        answers: list[list[ZoneRef]] = [[] for _ in lon]
        points, found = self._tree.query(shapely.points(lon, lat), predicate="intersects")
        for point, zone in zip(points, found, strict=True):
            answers[point].append(self.refs[zone])
        for refs in answers:
            refs.sort(key=lambda ref: (_ORDER.get(ref.kind, 9), ref.id))
        return answers

    def _outlines(self, kind: str, tolerance: float) -> dict[str, Any]:
        kept = [i for i, ref in enumerate(self.refs) if ref.kind == kind]
        shapes = self.shapes[kept]
        if tolerance and kept:
            shapes = shapely.coverage_simplify(shapes, tolerance)  # neighbours keep their common border
        shapes = shapely.transform(shapes, lambda xy: np.round(xy, 6))
        return {
            "type": "FeatureCollection",
            "features": [_feature(self.refs[i], shape) for i, shape in zip(kept, shapes, strict=True)],
        }


def _feature(ref: ZoneRef, shape: Any) -> dict[str, Any]:
    properties = {name: getattr(ref, name) for name in ("id", "code", "name", "kind", "phone", "website")}
    return {
        "type": "Feature",
        "id": ref.id,
        "geometry": shapely.geometry.mapping(shape),
        "properties": properties,
    }


class _Eras:
    """All zones, cut into the spans of days during which the same ones are valid: mostly one span for ever."""

    def __init__(self) -> None:
        self._rows = list(Zone.objects.order_by("pk"))
        starts = {row.valid_from for row in self._rows if row.valid_from}
        ends = {row.valid_to + timedelta(days=1) for row in self._rows if row.valid_to and row.valid_to < date.max}
        self._turns = sorted(starts | ends)
        self._of_span = lru_cache(maxsize=16)(self._build)

    def on(self, day: date) -> ZoneIndex:
        """The zones valid on a day."""
        return self._of_span(bisect_right(self._turns, day))

    def _build(self, span: int) -> ZoneIndex:
        first = self._turns[span - 1] if span else date.min
        return ZoneIndex([row for row in self._rows if _holds(row, first)])


def _holds(row: Zone, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


_LATEST = edition.Latest(_Eras)


def index() -> ZoneIndex:
    """The zones valid today."""
    return _LATEST.get(edition.current()).on(clock.today())


def containing(lon: float, lat: float) -> list[ZoneRef]:
    """Every zone valid today that holds the point, smallest kind first. Raises BadPosition."""
    return index().containing(*check_position(lon, lat))


def containing_many(positions: Sequence[tuple[float, float]]) -> list[list[ZoneRef]]:
    """The same for many (lon, lat), in order, with one question to the database: for imports. Raises BadPosition."""
    checked = [check_position(*position) for position in positions]
    pairs = np.array(checked, dtype=np.float64).reshape(-1, 2)
    return index().containing_many(pairs[:, 0], pairs[:, 1])


def outlines(kind: str, tolerance: float = 0.0) -> dict[str, Any]:
    """The zones of one kind as a GeoJSON FeatureCollection with id, code, name, kind, phone, website.

    `tolerance` in degrees simplifies them: 0.0005 is fine for a map of the whole city.
    """
    return index().outlines(kind, tolerance)
