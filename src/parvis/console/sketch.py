"""A sketch of the streets around a place, drawn on the server: seen without script, and no other host is asked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import mapbox_vector_tile

from parvis.places import edition, tiles
from parvis.places.models import Place, Precision

ZOOM, EXTENT = 16, 4096  # some 418 m a tile at Québec's latitude
HALF_WIDTH, HALF_HEIGHT = 2000, 1150  # of the window, in tile units: about 400 m by 230 m
NAME_ROOM = 54  # tile units that a letter of a street's name takes
KNOWN_ENOUGH = {Precision.POINT, Precision.ADDRESS, Precision.INTERPOLATED, Precision.SEGMENT}
Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Stroke:
    """One line of the sketch: `path` as SVG draws it, and its street's name where there is room to write it."""

    rank: int  # 0 motorway, 1 main street, 2 street, 3 path
    path: str
    name: str = ""


@dataclass(frozen=True)
class Sketch:
    """Strokes in a window of `width` by `height` whose middle is the place."""

    strokes: tuple[Stroke, ...]
    width: int = 2 * HALF_WIDTH
    height: int = 2 * HALF_HEIGHT


def around(place: Place | None) -> Sketch | None:
    """The streets around a place that is known to the street at least; None where there is nothing to draw."""
    if place is None or place.lon is None or place.lat is None or place.precision not in KNOWN_ENOUGH:
        return None
    return _drawn(edition.current(), round(place.lon, 5), round(place.lat, 5))


@lru_cache(maxsize=512)
def _drawn(_edition: object, lon: float, lat: float) -> Sketch | None:
    x, y = _tile_units(lon, lat)
    lines = [line for tile in _tiles_around(x, y) for line in _lines(tile, x, y)]
    named: set[str] = set()
    strokes = [_stroke(rank, name, points, named) for rank, name, points in sorted(lines, key=_longest_first)]
    return Sketch(tuple(reversed(strokes))) if strokes else None


def _tile_units(lon: float, lat: float) -> tuple[float, float]:
    """Web-mercator position in units of this zoom's tiles, from the world's north-west corner."""
    scale = 2**ZOOM * EXTENT
    sine = math.sin(math.radians(lat))
    return (lon + 180) / 360 * scale, (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * scale


def _tiles_around(x: float, y: float) -> Iterator[tuple[int, int]]:
    """The tiles that the window touches: four at most."""
    columns = range(int((x - HALF_WIDTH) // EXTENT), int((x + HALF_WIDTH) // EXTENT) + 1)
    rows = range(int((y - HALF_HEIGHT) // EXTENT), int((y + HALF_HEIGHT) // EXTENT) + 1)
    return ((column, row) for column in columns for row in rows)


def _lines(tile: tuple[int, int], x: float, y: float) -> Iterator[tuple[int, str, Points]]:
    """Each street line of a tile that comes near the window: rank, name, points in the window's units."""
    column, row = tile
    data = tiles.streets_tile(ZOOM, column, row)
    streets: dict[str, Any] = _decode(data).get("streets", {}) if data else {}
    left, top = column * EXTENT - x + HALF_WIDTH, row * EXTENT - y + HALF_HEIGHT
    for feature in streets.get("features", ()):
        about, shape = feature["properties"], feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        for part in parts:
            points = [(px + left, py + top) for px, py in part]
            if _touches_window(points):
                yield int(about.get("rank", 2)), str(about.get("name", "")), points


def _decode(data: bytes) -> dict[str, Any]:
    decoded: dict[str, Any] = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})
    return decoded


def _touches_window(points: Points) -> bool:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs) < 2 * HALF_WIDTH and max(xs) > 0 and min(ys) < 2 * HALF_HEIGHT and max(ys) > 0


def _longest_first(line: tuple[int, str, Points]) -> tuple[int, float]:
    rank, _name, points = line
    return rank, -math.dist(points[0], points[-1])


def _stroke(rank: int, name: str, points: Points, named: set[str]) -> Stroke:
    """A stroke that bears its street's name if none before it does and the letters fit."""
    if points[0][0] > points[-1][0]:
        points = points[::-1]  # names are read from left to right
    path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points)
    inside = all(0 < x < 2 * HALF_WIDTH and 0 < y < 2 * HALF_HEIGHT for x, y in (points[0], points[-1]))
    if not name or name in named or not inside or math.dist(points[0], points[-1]) < NAME_ROOM * len(name):
        return Stroke(rank, path)
    named.add(name)
    return Stroke(rank, path, name)
