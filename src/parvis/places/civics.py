"""Civic numbers along a street: from a number to a point, and from a point to a number.

Each side of a segment has a range of one parity, rising in the direction of the line. A number between the ends of a
range is put at the same fraction of the line, some metres to its side. Divided streets have one segment for each side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely

from parvis.places.gazetteer import METRES_PER_DEGREE, Gazetteer
from parvis.places.models import Precision

LEFT, RIGHT = 0, 1
SETBACK_M = 12.0  # from the middle of the street to the middle of what stands beside it
NEAREST_GAP = 40  # a number so far beyond a range still belongs to that block
_CORNER_SHARE = 0.06  # the first and last building aren't on the crossing


@dataclass(frozen=True)
class Spot:
    """A point of a segment."""

    segment: int
    lon: float
    lat: float
    precision: Precision


def locate(gazetteer: Gazetteer, street: int, number: int) -> list[Spot]:
    """Where a civic number is on a street: in a range, else by the nearest range, else anywhere on the street.

    Several spots, the tightest range first, when ranges overlap; [] only for a street without segments.
    """
    members = gazetteer.segments_of(street)
    if not len(members):
        return []
    ranges = gazetteer.segments.ranges[members]
    low, high = ranges[:, :, 0], ranges[:, :, 1]
    holds = (low >= 0) & (low <= number) & (number <= high)
    exact = holds & ((number - low) % 2 == 0)
    for among, precision in ((exact, Precision.INTERPOLATED), (holds, Precision.SEGMENT)):
        if among.any():
            found = sorted(np.argwhere(among), key=lambda hit: (high - low)[hit[0], hit[1]])
            return [_spot(gazetteer, int(members[i]), int(side), number, precision) for i, side in found[:3]]
    return [_nearest_range(gazetteer, street, number)]


def middle(gazetteer: Gazetteer, street: int) -> Spot | None:
    """The point that stands for a whole street: the middle of its segment nearest to the middle of all."""
    members = gazetteer.segments_of(street)
    if not len(members):
        return None
    middles = gazetteer.segments.middles[members]
    weights = np.maximum(gazetteer.segments.lengths_m[members], 1.0)
    away = middles - np.average(middles, axis=0, weights=weights)
    best = int(np.argmin((away[:, 0] * gazetteer.east_scale) ** 2 + away[:, 1] ** 2))
    return Spot(int(members[best]), float(middles[best, 0]), float(middles[best, 1]), Precision.STREET)


def estimate(gazetteer: Gazetteer, segment: int, lon: float, lat: float) -> int | None:
    """The civic number that a point beside a segment would have; None when the segment has none."""
    line = _scaled(gazetteer, segment)
    point = shapely.Point(lon * gazetteer.east_scale, lat)
    fraction = float(line.project(point, normalized=True))
    side = LEFT if _is_left(line, point, fraction) else RIGHT
    ranges = gazetteer.segments.ranges[segment]
    low, high = ranges[side] if ranges[side][0] >= 0 else ranges[1 - side]
    if low < 0:
        return None
    inner = min(1.0, max(0.0, (fraction - _CORNER_SHARE) / (1 - 2 * _CORNER_SHARE)))
    return int(low + 2 * round(inner * (high - low) / 2))


def _nearest_range(gazetteer: Gazetteer, street: int, number: int) -> Spot:
    """A number that no range holds: the end of the nearest range of its parity, if it is a neighbour of it."""
    members = gazetteer.segments_of(street)
    ranges = gazetteer.segments.ranges[members]
    low, high = ranges[:, :, 0], ranges[:, :, 1]
    gap = np.where(low < 0, 10**9, np.maximum(low - number, number - high)) + np.where((number - low) % 2, 2, 0)
    best, side = np.unravel_index(int(np.argmin(gap)), gap.shape)
    if gap[best, side] > NEAREST_GAP:
        return middle(gazetteer, street)  # type: ignore[return-value]  # the street has segments
    clipped = int(np.clip(number, low[best, side], high[best, side]))
    return _spot(gazetteer, int(members[best]), int(side), clipped, Precision.SEGMENT)


def _spot(gazetteer: Gazetteer, segment: int, side: int, number: int, precision: Precision) -> Spot:
    low, high = (int(n) for n in gazetteer.segments.ranges[segment, side])
    fraction = (number - low) / (high - low) if high > low else 0.5
    line = _scaled(gazetteer, segment)
    along = _CORNER_SHARE + fraction * (1 - 2 * _CORNER_SHARE)
    x, y = _beside(line, along, SETBACK_M if side == RIGHT else -SETBACK_M)
    return Spot(segment, round(x / gazetteer.east_scale, 6), round(y, 6), precision)


def _beside(line: shapely.LineString, along: float, to_right_m: float) -> tuple[float, float]:
    """A point at a fraction of a line, moved square to it."""
    point = line.interpolate(along, normalized=True)
    east, north = _heading(line, along)
    shift = to_right_m / METRES_PER_DEGREE
    return point.x + north * shift, point.y - east * shift


def _heading(line: shapely.LineString, along: float) -> tuple[float, float]:
    """The direction of a line at a fraction of it, as a unit vector."""
    a = line.interpolate(max(0.0, along - 0.02), normalized=True)
    b = line.interpolate(min(1.0, along + 0.02), normalized=True)
    length = math.hypot(b.x - a.x, b.y - a.y) or 1.0
    return (b.x - a.x) / length, (b.y - a.y) / length


def _is_left(line: shapely.LineString, point: shapely.Point, along: float) -> bool:
    foot = line.interpolate(along, normalized=True)
    east, north = _heading(line, along)
    return bool(east * (point.y - foot.y) - north * (point.x - foot.x) > 0)


def _scaled(gazetteer: Gazetteer, segment: int) -> shapely.LineString:
    """The line of a segment in units of one degree of latitude both ways."""
    return shapely.transform(gazetteer.segments.lines[segment], lambda xy: xy * (gazetteer.east_scale, 1.0))
