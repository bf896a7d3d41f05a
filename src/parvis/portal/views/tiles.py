"""The vector tiles of the public map: our own streets and zones, and the cases on top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.cases import public_map
from parvis.cases.public_map import Cluster
from parvis.places import tiles, zones
from parvis.places.errors import BadPosition
from parvis.places.models import Zone
from parvis.portal.forms.map import MapFilters
from parvis.portal.views.map import refusal
from parvis.shared import audience

TYPE = "application/vnd.mapbox-vector-tile"
STREETS_AGE_S = 24 * 3600  # streets change with an import
NAMES_AGE_S = 3600
CASES_AGE_S = 30


@audience.public
@require_safe
def map_tiles(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Streets and zones."""
    try:
        body = tiles.streets_tile(z, x, y) if z <= public_map.LARGEST_ZOOM else None
    except BadPosition:
        body = None
    return _no_such_tile() if body is None else _tile(body, STREETS_AGE_S)


@audience.public
@require_safe
def zone_names(request: HttpRequest) -> HttpResponse:
    """Where to write the names of boroughs and neighbourhoods: one point each, since a tile sees only a piece."""
    response = JsonResponse(_names(zones.index()))
    patch_cache_control(response, public=True, max_age=NAMES_AGE_S)
    return response


@lru_cache(maxsize=1)
def _names(index: zones.ZoneIndex) -> dict[str, Any]:
    """GeoJSON points at the middle of the largest circle that each zone holds."""
    import shapely

    named = [at for at, ref in enumerate(index.refs) if ref.kind in (Zone.Kind.BOROUGH, Zone.Kind.NEIGHBOURHOOD)]
    centres = shapely.get_point(shapely.maximum_inscribed_circle(index.shapes[named], 0.001), 0) if named else []
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(centre.x, 5), round(centre.y, 5)]},
            "properties": {"name": index.refs[at].name, "kind": index.refs[at].kind},
        }
        for at, centre in zip(named, centres, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


@audience.public
@require_safe
def map_clusters(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Cases that strangers may see, gathered in clusters; the filters are those of the page."""
    filters = MapFilters(request.GET)
    if not filters.is_valid():
        return refusal(" ".join(str(sentence) for sentences in filters.errors.values() for sentence in sentences))
    if z > public_map.LARGEST_ZOOM:
        return _no_such_tile()
    try:
        marks = public_map.clusters(z, x, y, filters.selection)
    except BadPosition:
        return _no_such_tile()
    return _tile(encode(marks), CASES_AGE_S)


def encode(marks: Sequence[Cluster]) -> bytes:
    """A vector tile with one layer, "cases". Properties: n, open, and for cases shown one by one state and ids."""
    import mapbox_vector_tile
    import shapely

    if not marks:
        return b""
    points = shapely.points([(mark.x, mark.y) for mark in marks])
    features = [{"geometry": point, "properties": _properties(mark)} for point, mark in zip(points, marks, strict=True)]
    options = {"extents": public_map.EXTENT, "y_coord_down": True}
    return bytes(mapbox_vector_tile.encode({"name": "cases", "features": features}, default_options=options))


def _properties(mark: Cluster) -> dict[str, str | int]:
    properties: dict[str, str | int] = {"n": mark.count, "open": mark.open_count}
    if mark.state:
        properties["state"] = mark.state
    if mark.case_ids:
        properties["ids"] = ",".join(map(str, mark.case_ids))
    return properties


def _tile(body: bytes, age_s: int) -> HttpResponse:
    response = HttpResponse(body, content_type=TYPE)
    patch_cache_control(response, public=True, max_age=age_s)
    return response


def _no_such_tile() -> HttpResponse:
    return refusal(_("Cette tuile n’existe pas. Le zoom va de 0 à 22, et les tuiles de 0 à 2^zoom - 1."), status=404)
