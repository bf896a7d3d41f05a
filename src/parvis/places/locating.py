"""A spot of the gazetteer or a bare point made a Location: labels, zones, and what may be published of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from parvis.places import civics, labels, zones
from parvis.places.civics import Spot
from parvis.places.gazetteer import Gazetteer
from parvis.places.locations import Location, Neighbour
from parvis.places.models import Precision, Zone
from parvis.places.understanding import Candidate
from parvis.places.zones import ZoneRef

FARTHEST_STREET_M = 400  # beyond: in the woods, no street tells the place
PUBLISHED_DECIMALS = 3  # of a point that no street stands for: about 100 m


@dataclass(frozen=True)
class Around:
    """What the zones say of a point."""

    borough_id: int | None = None
    neighbourhood_id: int | None = None
    neighbour: Neighbour | None = None
    is_beyond: bool = False  # the city's limits are known, and this is outside
    name: str = ""  # of the smallest zone that people know by name

    @classmethod
    def of(cls, lon: float, lat: float) -> Around:
        """A point is ours if a borough or the city holds it, whatever a neighbour's rough polygon says."""
        index = zones.index()
        found = {ref.kind: ref for ref in reversed(index.containing(lon, lat))}
        is_ours = Zone.Kind.BOROUGH in found or Zone.Kind.CITY in found
        if not is_ours and (index.has_limits or Zone.Kind.NEIGHBOUR in found):
            town = found.get(Zone.Kind.NEIGHBOUR)
            neighbour = Neighbour(town.name, town.phone, town.website) if town else None
            return cls(neighbour=neighbour, is_beyond=index.has_limits, name=town.name if town else "")
        borough, neighbourhood = found.get(Zone.Kind.BOROUGH), found.get(Zone.Kind.NEIGHBOURHOOD)
        return cls(_id(borough), _id(neighbourhood), name=_name(neighbourhood) or _name(borough))


def candidate(known: Gazetteer, found: Candidate) -> Location:
    """What a text was understood to mean."""
    if found.place is not None:
        return _public_place(known, found)
    assert found.spot is not None  # a candidate has a place or a spot
    around = _around_segment(known, found.spot)
    if found.spot.precision == Precision.STREET:
        return _street(known, found.spot, around, found.label)
    return _segment(known, found.spot, around, found.label, found.near)


def point(known: Gazetteer, lon: float, lat: float) -> Location:
    """A place shown on the map, by the street nearest to it."""
    around = Around.of(lon, lat)
    if around.is_beyond or around.neighbour:
        return outside(around, lon, lat)
    nearest = known.nearest(lon, lat, FARTHEST_STREET_M)
    if nearest is None:
        return _far_from_streets(around, lon, lat)
    spot = Spot(nearest[0], lon, lat, Precision.POINT)
    return _segment(known, spot, around, _label_beside(known, spot))


def outside(around: Around, lon: float, lat: float, precision: Precision = Precision.POINT) -> Location:
    """A place that isn't the city's: the answer is whom to call."""
    label = _("Hors de la ville : %(town)s") % {"town": around.name} if around.name else _("Hors de la ville")
    return Location(
        label=label, public_label=around.name, lon=lon, lat=lat, precision=precision,
        neighbour=around.neighbour, beyond_limits=True,
        public_lon=round(lon, PUBLISHED_DECIMALS), public_lat=round(lat, PUBLISHED_DECIMALS),
    )  # fmt: skip


def _segment(known: Gazetteer, spot: Spot, around: Around, label: str, near: str = "") -> Location:
    """On a known segment, which stands for it in public. `near`: the other street, when a crossing was asked for."""
    segments = known.segments
    street = known.streets[segments.street[spot.segment]]
    public = f"{labels.name_alone(street.name)}, {labels.near(near)}" if near else labels.public(known, spot)
    middle = segments.middles[spot.segment]
    return Location(
        label=label, public_label=public, lon=spot.lon, lat=spot.lat, precision=spot.precision, street_id=street.id,
        segment_id=int(segments.ids[spot.segment]), borough_id=around.borough_id,
        neighbourhood_id=around.neighbourhood_id, neighbour=around.neighbour, beyond_limits=around.is_beyond,
        public_lon=float(middle[0]), public_lat=float(middle[1]),
    )  # fmt: skip


def _street(known: Gazetteer, spot: Spot, around: Around, label: str) -> Location:
    """A street without a known number: no segment is named, its middle stands for it."""
    street = known.streets[known.segments.street[spot.segment]]
    return Location(
        label=label, public_label=labels.name_alone(street.name), lon=spot.lon, lat=spot.lat,
        precision=Precision.STREET, street_id=street.id, borough_id=around.borough_id,
        neighbourhood_id=around.neighbourhood_id, neighbour=around.neighbour, beyond_limits=around.is_beyond,
        public_lon=spot.lon, public_lat=spot.lat,
    )  # fmt: skip


def _public_place(known: Gazetteer, found: Candidate) -> Location:
    """A public place: its own point and name may be published, as it is nobody's home."""
    place = found.place
    assert place is not None
    around = Around.of(place.lon, place.lat)
    nearest = known.nearest(place.lon, place.lat, FARTHEST_STREET_M)
    return Location(
        label=found.label, public_label=labels.written(place.name), lon=place.lon, lat=place.lat,
        precision=Precision.ADDRESS,
        street_id=known.streets[known.segments.street[nearest[0]]].id if nearest else None,
        segment_id=int(known.segments.ids[nearest[0]]) if nearest else None, borough_id=around.borough_id,
        neighbourhood_id=around.neighbourhood_id, neighbour=around.neighbour, beyond_limits=around.is_beyond,
        public_lon=place.lon, public_lat=place.lat,
    )  # fmt: skip


def _far_from_streets(around: Around, lon: float, lat: float) -> Location:
    label = _("Point de la carte (%(lat)s, %(lon)s)") % {"lat": f"{lat:.5f}", "lon": f"{lon:.5f}"}
    return Location(
        label=label, public_label=around.name, lon=lon, lat=lat, precision=Precision.POINT,
        borough_id=around.borough_id, neighbourhood_id=around.neighbourhood_id,
        public_lon=round(lon, PUBLISHED_DECIMALS), public_lat=round(lat, PUBLISHED_DECIMALS),
    )  # fmt: skip


def _around_segment(known: Gazetteer, spot: Spot) -> Around:
    """The zones of a spot; for one just over the border of the city, those of its segment: the street is ours."""
    line = known.segments.lines[spot.segment]
    middle = known.segments.middles[spot.segment]
    first = Around.of(spot.lon, spot.lat)
    if not (first.is_beyond or first.neighbour):
        return first
    others = (Around.of(*map(float, at[:2])) for at in (middle, line.coords[0], line.coords[-1]))
    return next((around for around in others if not (around.is_beyond or around.neighbour)), first)


def _label_beside(known: Gazetteer, spot: Spot) -> str:
    """« Près du 1045, rue Saint-Jean », or the street and the crossing when the segment has no numbers."""
    street = known.streets[known.segments.street[spot.segment]]
    number = civics.estimate(known, spot.segment, spot.lon, spot.lat)
    if number is None:
        return labels.public(known, spot)
    return _("Près du %(address)s") % {"address": labels.address(number, street.name)}


def _id(ref: ZoneRef | None) -> int | None:
    return ref.id if ref else None


def _name(ref: ZoneRef | None) -> str:
    return ref.name if ref else ""
