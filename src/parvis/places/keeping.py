"""Locations made rows: what a report or a case points to."""

from __future__ import annotations

from collections.abc import Iterable

from parvis.places.locating import PUBLISHED_DECIMALS
from parvis.places.locations import Location
from parvis.places.models import Place, Precision


def keep(location: Location) -> Place:
    """Save one location as a Place. Outside the city the row has no street and no zone."""
    place = _row(location)
    place.save(force_insert=True)
    return place


def keep_many(locations: Iterable[Location]) -> list[Place]:
    """Save many at once, in order, for imports."""
    return Place.objects.bulk_create([_row(location) for location in locations], batch_size=500)


def public_point(place: Place) -> tuple[float, float] | None:
    """Longitude and latitude that strangers may see: the middle of the segment, never the exact place.

    A whole street shows its own middle; a place that no street tells is rounded to about 100 m. None: no position.
    """
    if place.lon is None or place.lat is None:
        return None
    if place.segment is not None:
        return place.segment.mid_lon, place.segment.mid_lat
    if place.precision == Precision.STREET:
        return place.lon, place.lat
    return round(place.lon, PUBLISHED_DECIMALS), round(place.lat, PUBLISHED_DECIMALS)


def _row(location: Location) -> Place:
    return Place(
        label=location.label[:200],
        public_label=location.public_label[:200],
        lon=location.lon,
        lat=location.lat,
        precision=location.precision,
        street_id=location.street_id,
        segment_id=location.segment_id,
        borough_id=location.borough_id,
        neighbourhood_id=location.neighbourhood_id,
    )
