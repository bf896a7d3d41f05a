"""Which polygons hold a point, and their outlines for the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ZoneRef:
    """A zone as other rooms need it: enough to route, to count and to name."""

    id: int
    kind: str
    code: str
    name: str


def containing(lon: float, lat: float) -> list[ZoneRef]:
    """Every zone valid today that holds the point, smallest first. Raises BadPosition."""
    return []


def outlines(kind: str) -> dict[str, Any]:
    """The zones of one kind as a GeoJSON FeatureCollection with id, code, name, kind, phone, website."""
    return {"type": "FeatureCollection", "features": []}
