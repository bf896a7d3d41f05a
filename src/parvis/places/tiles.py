"""Our own map: streets and zones as Mapbox vector tiles, so that no other host is asked.

Layer "streets": lines with `name` and `rank` (0 motorway, 1 main street, 2 street, 3 path). Layer "zones": polygons of
boroughs, neighbourhoods and neighbouring towns with `id`, `kind`, `code`, `name`. Tiles are made on demand (up to
150 ms), then kept in memory and in the data folder until the next import. Beyond zoom 16 the browser magnifies.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from numpy.typing import NDArray

from parvis.places import edition, gazetteer, zones
from parvis.places.cells import MERCATOR_LIMIT, tile_range
from parvis.places.gazetteer import Gazetteer
from parvis.places.models import Zone
from parvis.places.words import key

DEEPEST_ZOOM = 16
EXTENT = 4096
_MARGIN = 64  # tile units drawn beyond the border, for thick lines
_FIRST_ZOOM = (8, 10, 13, 15)  # at which each rank of street appears
_MAIN = {"boulevard", "route", "chemin", "grande allee"}
_SHOWN_ZONES = (Zone.Kind.BOROUGH, Zone.Kind.NEIGHBOURHOOD, Zone.Kind.NEIGHBOUR)


def streets_tile(z: int, x: int, y: int) -> bytes:
    """One tile with the layers "streets" and "zones"; empty bytes where there is nothing. Raises BadPosition."""
    tile_range(z, x, y)
    return _LATEST.get(edition.current()).tile(z, x, y)


class TileSet:
    """The tiles of one edition of the data."""

    def __init__(self, known: Gazetteer, zone_index: zones.ZoneIndex, folder: Path | None) -> None:
        self._known, self._folder = known, folder
        self._lines = shapely.transform(known.segments.lines, _mercator)
        self._tree = shapely.STRtree(self._lines)
        self._ranks = _ranks(known)
        kept = [i for i, ref in enumerate(zone_index.refs) if ref.kind in _SHOWN_ZONES]
        self._zones = [zone_index.refs[i] for i in kept]
        self._shapes: NDArray[Any] = shapely.transform(zone_index.shapes[kept], _mercator)
        self._simplified = lru_cache(maxsize=DEEPEST_ZOOM + 1)(self._simplify_zones)
        self.tile = lru_cache(maxsize=512)(self._tile)

    def _tile(self, z: int, x: int, y: int) -> bytes:
        path = self._folder / f"{z}-{x}-{y}.mvt" if self._folder and z <= DEEPEST_ZOOM else None
        if path and path.is_file():
            return path.read_bytes()
        content = self._encode(z, x, y)
        if path and content:
            _write(path, content)
        return content

    def _encode(self, z: int, x: int, y: int) -> bytes:
        import mapbox_vector_tile

        layers = [
            {"name": "zones", "features": list(self._zone_features(z, x, y))},
            {"name": "streets", "features": list(self._street_features(z, x, y))},
        ]
        if not any(layer["features"] for layer in layers):
            return b""
        options = {"y_coord_down": True, "extents": EXTENT}
        return bytes(mapbox_vector_tile.encode(layers, default_options=options))

    def _street_features(self, z: int, x: int, y: int) -> Iterator[dict[str, Any]]:
        """One feature for each street: its pieces in this tile, joined and simplified."""
        found = self._tree.query(shapely.box(*_square(z, x, y)))
        found = found[np.array(_FIRST_ZOOM)[self._ranks[found]] <= z]
        pieces = shapely.clip_by_rect(_to_tile(self._lines[found], z, x, y), *_FRAME)
        streets = self._known.segments.street[found]
        order = np.argsort(streets, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(streets[order])) + 1) if len(order) else []:
            joined = shapely.line_merge(shapely.union_all(pieces[members]))
            line = _whole_numbers(shapely.simplify(joined, 4))
            if not line.is_empty:
                street = self._known.streets[streets[members[0]]]
                properties = {"name": street.name, "rank": int(self._ranks[found[members]].min())}
                yield {"id": street.id, "geometry": line, "properties": properties}

    def _zone_features(self, z: int, x: int, y: int) -> Iterator[dict[str, Any]]:
        shapes = self._simplified(min(z, DEEPEST_ZOOM))
        frame = shapely.box(*_FRAME)
        for ref, shape in zip(self._zones, shapes, strict=True):
            if shape.intersects(shapely.box(*_square(z, x, y))):
                part = _whole_numbers(shapely.intersection(_to_tile(shape, z, x, y), frame))
                if not part.is_empty and part.geom_type in ("Polygon", "MultiPolygon"):
                    properties = {"id": ref.id, "kind": ref.kind, "code": ref.code, "name": ref.name}
                    yield {"id": ref.id, "geometry": part, "properties": properties}

    def _simplify_zones(self, z: int) -> NDArray[Any]:
        """The zones with details too small for a zoom left out; neighbours of one kind keep their common border."""
        shapes = self._shapes.copy()
        for kind in _SHOWN_ZONES:
            members = [i for i, ref in enumerate(self._zones) if ref.kind == kind]
            if members:
                shapes[members] = shapely.make_valid(shapely.coverage_simplify(shapes[members], 0.5 / 256 / 2**z))
        return shapes


_FRAME = (-_MARGIN, -_MARGIN, EXTENT + _MARGIN, EXTENT + _MARGIN)


def _ranks(known: Gazetteer) -> NDArray[np.int8]:
    """How important each segment is: 0 motorway, 1 main street, 2 street, 3 path."""
    generics = [key(street.generic or street.name) for street in known.streets]
    by_street = np.array(
        [
            3 if street.is_path else 0 if generic == "autoroute" else 1 if generic.startswith(tuple(_MAIN)) else 2
            for street, generic in zip(known.streets, generics, strict=True)
        ],
        dtype=np.int8,
    )
    ranks = by_street[known.segments.street] if len(by_street) else np.zeros(0, dtype=np.int8)
    return np.where((ranks == 2) & (known.segments.speeds_kmh >= 50), 1, ranks).astype(np.int8)


def _mercator(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude and latitude as web-mercator fractions of the world."""
    sine = np.sin(np.radians(np.clip(degrees[:, 1], -MERCATOR_LIMIT, MERCATOR_LIMIT)))
    return np.column_stack([(degrees[:, 0] + 180) / 360, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)])


def _square(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """A tile with its margin, in fractions of the world."""
    margin = _MARGIN / EXTENT
    return (x - margin) / 2**z, (y - margin) / 2**z, (x + 1 + margin) / 2**z, (y + 1 + margin) / 2**z


def _to_tile(shapes: Any, z: int, x: int, y: int) -> Any:
    return shapely.transform(shapes, lambda xy: (xy * 2**z - (x, y)) * EXTENT)


def _whole_numbers(shape: Any) -> Any:
    """Tile coordinates as whole numbers, collapsed parts dropped, valid."""
    return shapely.set_precision(shape, 1)


def _write(path: Path, content: bytes) -> None:
    """Keep a tile for the other processes; a full or read-only disk only costs the next one its time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError:
        return


def _build() -> TileSet:
    root = Path(settings.DATA) / "tiles"
    folder = root / hashlib.sha256(edition.current().encode()).hexdigest()[:16]
    for old in root.glob("*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return TileSet(gazetteer.current(), zones.index(), folder)


_LATEST = edition.Latest(_build)
