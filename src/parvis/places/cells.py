"""Positions as numbers that a plain B-tree can search: Morton keys for map tiles, H3 cells for "what else is near?".

Morton key: 31 bits of web-mercator x interleaved with 31 of y (y in the higher bit), 0 at the north-west corner of the
world. One map tile is then one BETWEEN range, and a cluster is a bit shift. Both numbers fit a signed 64-bit integer.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parvis.places.errors import BadPosition

MORTON_BITS = 31
CELL_RESOLUTION = 10  # edges of 60 to 81 m depending on where on Earth
LARGEST_RADIUS_M = 3000
EARTH_RADIUS_M = 6_371_008.8
MERCATOR_LIMIT = 85.0511287798066  # degrees: the square world of web mercator ends here

_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
_GATHER = (
    (1, 0x3333333333333333),
    (2, 0x0F0F0F0F0F0F0F0F),
    (4, 0x00FF00FF00FF00FF),
    (8, 0x0000FFFF0000FFFF),
    (16, 0x00000000FFFFFFFF),
)


def check_position(lon: Any, lat: Any) -> tuple[float, float]:
    """The two numbers as floats. Raises BadPosition for NaN, infinities, text and what lies off the globe."""
    try:
        x, y = float(lon), float(lat)
    except (TypeError, ValueError, OverflowError):
        raise BadPosition(lon=lon, lat=lat) from None
    if not (-180 <= x <= 180 and -90 <= y <= 90):  # false for NaN too
        raise BadPosition(lon=lon, lat=lat)
    return x, y


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Web-mercator position as fractions 0…1 of the world from its north-west corner."""
    sine = math.sin(math.radians(max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, lat))))
    return (lon + 180) / 360, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def morton(lon: float, lat: float) -> int:
    """The Morton key of one point. Raises BadPosition."""
    x, y = mercator(*check_position(lon, lat))
    return _spread(_grid(x)) | _spread(_grid(y)) << 1


def morton_many(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    """The Morton keys of many points (two arrays of degrees of one length). Raises BadPosition if any is no point."""
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if not bool(np.all((np.abs(lon) <= 180) & (np.abs(lat) <= 90))):
        raise BadPosition()
    sine = np.sin(np.radians(np.clip(lat, -MERCATOR_LIMIT, MERCATOR_LIMIT)))
    x, y = (lon + 180) / 360, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return (_spread_many(x) | _spread_many(y) << np.uint64(1)).astype(np.int64)


def unmorton(key: int) -> tuple[float, float]:
    """Longitude and latitude of the north-west corner of a key's square, about 2 cm wide."""
    return unmercator(_gather(key) / 2**MORTON_BITS, _gather(key >> 1) / 2**MORTON_BITS)


def unmercator(x: float, y: float) -> tuple[float, float]:
    """The longitude and latitude of a web-mercator fraction."""
    return x * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def tile_range(z: int, x: int, y: int) -> tuple[int, int]:
    """First and last Morton keys of a map tile, both included: `morton BETWEEN first AND last`.

    Raises BadPosition for a tile that the world doesn't have.
    """
    if not (0 <= z <= MORTON_BITS and 0 <= x < 2**z and 0 <= y < 2**z):
        raise BadPosition(z=z, x=x, y=y)
    shift = 2 * (MORTON_BITS - z)
    first = (_spread(x) | _spread(y) << 1) << shift
    return first, first + (1 << shift) - 1


def tile_bounds(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """West, south, east, north of a map tile in degrees."""
    west, north = unmercator(x / 2**z, y / 2**z)
    east, south = unmercator((x + 1) / 2**z, (y + 1) / 2**z)
    return west, south, east, north


def cell(lon: float, lat: float) -> int:
    """The H3 cell of a point at resolution 10. Raises BadPosition."""
    from h3.api import basic_int as h3

    x, y = check_position(lon, lat)
    return int(h3.latlng_to_cell(y, x, CELL_RESOLUTION))


def cells_within(lon: float, lat: float, radius_m: float) -> list[int]:
    """Cells that together hold every point within `radius_m` of the point (and more: filter with distance_m).

    Two cells k+1 steps apart have centres at least 1.5 (k+1) edges apart, hence 1.5 (k+1) - 2 edges of gap: the number
    of rings follows from the shortest edge here, less a twentieth for the curvature of the grid.
    Raises BadPosition, and ValueError beyond 3 km: that is a question for an index of boxes, not of cells.
    """
    from h3.api import basic_int as h3

    if not 0 <= radius_m <= LARGEST_RADIUS_M:
        raise ValueError(f"A radius of {radius_m} m is outside 0…{LARGEST_RADIUS_M} m.")
    centre = cell(lon, lat)
    edge_m = 0.95 * min(h3.edge_length(edge, unit="m") for edge in h3.origin_to_directed_edges(centre))
    rings = max(1, math.ceil((radius_m / edge_m + 2) / 1.5 - 1))
    return [int(near) for near in h3.grid_disk(centre, rings)]


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Metres between two points on the sphere (haversine; within 0.5 % of the ellipsoid)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half)))


def _grid(fraction: float) -> int:
    last: int = 2**MORTON_BITS - 1
    return min(last, max(0, int(fraction * (last + 1))))


def _spread(value: int) -> int:
    """Put a zero bit between every two bits."""
    for shift, mask in _SPREAD:
        value = (value | value << shift) & mask
    return value


def _spread_many(fraction: NDArray[np.float64]) -> NDArray[np.uint64]:
    value = np.clip(fraction * 2.0**MORTON_BITS, 0, 2**MORTON_BITS - 1).astype(np.uint64)
    for shift, mask in _SPREAD:
        value = (value | value << np.uint64(shift)) & np.uint64(mask)
    return value


def _gather(key: int) -> int:
    """Undo _spread: the even bits of a key, closed up."""
    value = key & 0x5555555555555555
    for shift, mask in _GATHER:
        value = (value | value >> shift) & mask
    return value
