"""From words to a place and back: suggest() as somebody types, find() an address, at() a point of the map."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from parvis.places import edition, gazetteer, locating, understanding
from parvis.places.cells import check_position
from parvis.places.errors import BadPosition
from parvis.places.gazetteer import Gazetteer
from parvis.places.locations import Location, Neighbour, Suggestion
from parvis.places.models import Precision, Zone
from parvis.places.parsing import parse
from parvis.places.understanding import Candidate

__all__ = ["Location", "Neighbour", "Suggestion", "at", "at_many", "find", "suggest"]

SURE_ENOUGH = 0.66  # below: better "unknown" than a wrong address
_ALSO_POSSIBLE = 0.10  # so far below the best, another answer is still worth showing
_MOST_ANSWERS = 8
_POINT = "point"


@edition.held()
def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Addresses, streets, crossings and public places that begin like what was typed, best first."""
    is_unfinished = text[-1:].isalnum()
    known = gazetteer.current()
    typed = parse(text, known.towns, is_unfinished=is_unfinished)
    if typed.point:
        return [Suggestion(place.label, _POINT, text.strip()[:60], place.lon, place.lat) for place in find(text)]
    if typed.town:
        return [Suggestion(place.label, understanding.PLACE, typed.town, place.lon, place.lat) for place in find(text)]
    found = understanding.candidates(known, typed.readings, is_unfinished=is_unfinished)
    worth = takewhile(lambda candidate: candidate.score > max(0.3, found[0].score * 0.55), found)
    return [_suggestion(candidate) for candidate in list(worth)[: max(0, limit)]]


@edition.held()
def find(text: str) -> list[Location]:
    """The places that a whole address may mean, best first; [] when it's unknown. Never raises, whatever the text.

    The first is what the text says; others follow when it could as well mean them (« René-Lévesque » est or ouest).
    """
    known = gazetteer.current()
    typed = parse(text, known.towns)
    if typed.point:
        return _at_either_order(known, *typed.point)
    if typed.town:
        return _in_town(typed.town)
    found = [c for c in understanding.candidates(known, typed.readings) if c.score >= SURE_ENOUGH]
    worth = [c for c in found if c.score >= found[0].score - _ALSO_POSSIBLE]
    return [locating.candidate(known, candidate) for candidate in worth[:_MOST_ANSWERS]]


@edition.held()
def at(lon: float, lat: float) -> Location:
    """The place at a point: nearest segment, estimated civic number, zones, or the neighbour. Raises BadPosition."""
    return locating.point(gazetteer.current(), *check_position(lon, lat))


@edition.held()
def at_many(positions: Sequence[tuple[float, float]]) -> list[Location]:
    """The places at many (lon, lat), in order, some 2,000 a second, for imports. Raises BadPosition."""
    known = gazetteer.current()
    return [locating.point(known, *check_position(*position)) for position in positions]


def _suggestion(candidate: Candidate) -> Suggestion:
    where = candidate.place or candidate.spot
    assert where is not None
    return Suggestion(candidate.label, candidate.kind, candidate.query, where.lon, where.lat)


def _at_either_order(known: Gazetteer, first: float, second: float) -> list[Location]:
    """Two numbers as latitude and longitude, or the other way round if only that falls near the city's streets."""
    bounds = known.bounds or (-180.0, -90.0, 180.0, 90.0)
    orders = [(second, first), (first, second)]
    orders.sort(key=lambda position: not _is_near(bounds, *position))
    try:
        return [at(*orders[0])]
    except BadPosition:
        return []


def _is_near(bounds: tuple[float, float, float, float], lon: float, lat: float) -> bool:
    west, south, east, north = bounds
    return west - 1 <= lon <= east + 1 and south - 1 <= lat <= north + 1


def _in_town(name: str) -> list[Location]:
    """An address in a neighbouring town: whom to call."""
    zone = Zone.objects.filter(kind=Zone.Kind.NEIGHBOUR, name=name).order_by("pk").first()
    if zone is None:
        return []
    around = locating.Around(neighbour=Neighbour(zone.name, zone.phone, zone.website), is_beyond=True, name=zone.name)
    return [locating.outside(around, (zone.west + zone.east) / 2, (zone.south + zone.north) / 2, Precision.ZONE)]
