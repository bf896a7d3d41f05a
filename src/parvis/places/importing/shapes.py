"""Polygons of any provenance made valid, in degrees, and as WKB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry


class BadShape(Exception):
    """Why a shape can't be used, as a sentence for the list of rejects."""


@dataclass(frozen=True)
class Area:
    """A usable (Multi)Polygon and whether it had to be repaired."""

    polygon: BaseGeometry
    was_repaired: bool


def area(geometry: Any) -> Area:
    """A GeoJSON geometry as a valid polygon. Raises BadShape."""
    polygon = _shape(geometry)
    was_repaired = not polygon.is_valid
    polygon = _polygonal(shapely.make_valid(polygon)) if was_repaired else _polygonal(polygon)
    if polygon.is_empty:
        raise BadShape(_("la forme n’a pas de surface."))
    return Area(polygon, was_repaired)


def point(geometry: Any) -> tuple[float, float]:
    """Longitude and latitude of a GeoJSON geometry, or of a point inside it. Raises BadShape."""
    inside = _shape(geometry).representative_point()
    return round(inside.x, 6), round(inside.y, 6)


def line(wkt: str) -> BaseGeometry:
    """A WKT LineString (the longest of a MultiLineString) in degrees. Raises BadShape."""
    try:
        geometry = shapely.from_wkt(wkt)
    except (shapely.errors.GEOSException, TypeError, ValueError):
        raise BadShape(_("la géométrie WKT est illisible.")) from None
    if geometry is not None and geometry.geom_type == "MultiLineString":
        geometry = max(geometry.geoms, key=lambda part: part.length, default=None)
    if geometry is None or geometry.geom_type != "LineString" or geometry.is_empty:
        raise BadShape(_("la géométrie n’est pas une ligne."))
    _check_degrees(geometry)
    return geometry


def _shape(geometry: Any) -> BaseGeometry:
    try:
        made = shapely.force_2d(shape(geometry))
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError):
        raise BadShape(_("la géométrie est absente ou illisible.")) from None
    if made.is_empty:
        raise BadShape(_("la géométrie est vide."))
    _check_degrees(made)
    return made


def _check_degrees(geometry: BaseGeometry) -> None:
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadShape(_("les coordonnées ne sont pas des degrés (WGS 84, EPSG:4326)."))


def _polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """Only the surfaces: make_valid also leaves lines and points behind."""
    parts = [part for part in shapely.get_parts(geometry, return_index=False) if part.geom_type == "Polygon"]
    nested = [p for g in shapely.get_parts(geometry) if g.geom_type == "MultiPolygon" for p in g.geoms]
    parts += nested
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
