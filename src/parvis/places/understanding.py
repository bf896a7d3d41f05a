"""What a text may mean in this gazetteer: its readings against streets, crossings and public places, scored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from parvis.places import civics, labels
from parvis.places.cells import distance_m
from parvis.places.civics import Spot
from parvis.places.gazetteer import METRES_PER_DEGREE, Gazetteer, PlaceRow
from parvis.places.models import Precision
from parvis.places.names import Match, NameIndex
from parvis.places.parsing import Reading
from parvis.places.words import DIRECTIONS, key

ADDRESS, STREET, CROSSING, PLACE = "address", "street", "crossing", "place"

_LOOKED_AT = 6  # streets per reading
_SAME_CROSSING_M = 80  # divided streets meet in four points
_ALMOST_CROSSING_M = 45
_CROSSING_FLOOR = 0.5  # each street of a crossing must be at least this sure
_ENDS = set(DIRECTIONS.values())
_OTHER_END = 0.88  # what is left of a score when the text names the other end of the street
# How much the state of the civic number speaks for a street.
_CIVIC_BONUS = {Precision.INTERPOLATED: 0.05, Precision.SEGMENT: -0.02, Precision.STREET: -0.10}


@dataclass(frozen=True)
class Candidate:
    """One thing that the text may mean."""

    kind: str
    score: float
    label: str
    query: str  # what finds it again
    spot: Spot | None = None
    place: PlaceRow | None = None
    near: str = ""  # the other street of a crossing
    is_whole: bool = True  # made from the whole text, not from one half of a crossing


def candidates(gazetteer: Gazetteer, readings: Iterable[Reading], *, is_unfinished: bool = False) -> list[Candidate]:
    """Everything that the readings may mean, best first, each thing once."""
    found = [
        candidate
        for reading in readings
        for meaning in _MEANINGS
        for candidate in meaning(gazetteer, reading, is_unfinished)
    ]
    if any(candidate.kind == CROSSING for candidate in found):
        found = [candidate for candidate in found if candidate.is_whole]  # each street alone says less
    found.sort(key=lambda candidate: -candidate.score)
    return list({candidate.label: candidate for candidate in reversed(found)}.values())[::-1]


def _on_streets(gazetteer: Gazetteer, reading: Reading, is_unfinished: bool) -> Iterator[Candidate]:
    if reading.other_words:
        return
    for match in _agreeing(gazetteer, reading.words, _matches(gazetteer.street_names, reading, is_unfinished)):
        name = gazetteer.streets[match.position].name
        if reading.civic is None:
            if spot := civics.middle(gazetteer, match.position):
                yield Candidate(STREET, match.score, labels.name_alone(name), name, spot, is_whole=reading.weight == 1)
            continue
        label = labels.address(reading.civic, name, reading.suffix, reading.unit)
        for spot in civics.locate(gazetteer, match.position, reading.civic)[:1]:
            score = match.score + _CIVIC_BONUS[spot.precision]
            yield Candidate(ADDRESS, score, label, label, spot)


def _agreeing(gazetteer: Gazetteer, words: tuple[str, ...], matches: list[Match]) -> Iterator[Match]:
    """The matches, less sure where the text says « ouest » and the street « Est »."""
    said = _ENDS & set(words)
    for match in matches:
        ends = _ENDS & set(key(gazetteer.streets[match.position].name).split())
        contradicts = said and ends and not said & ends
        yield Match(match.position, match.score * _OTHER_END) if contradicts else match


def _public_places(gazetteer: Gazetteer, reading: Reading, is_unfinished: bool) -> Iterator[Candidate]:
    if reading.other_words or reading.civic is not None or reading.weight < 1:
        return
    for match in _matches(gazetteer.place_names, reading, is_unfinished):
        place = gazetteer.places[match.position]
        label = labels.written(place.name)
        if place.street_name:
            label += f", {labels.after_number(place.street_name)}"
        yield Candidate(PLACE, match.score, label, label, place=place)


def _crossings(gazetteer: Gazetteer, reading: Reading, is_unfinished: bool) -> Iterator[Candidate]:
    if not reading.other_words:
        return
    other_words = gazetteer.street_names.mend(reading.other_words)
    scores = gazetteer.street_names.scores(other_words, is_unfinished=is_unfinished)
    firsts = [m for m in _matches(gazetteer.street_names, Reading(reading.words), False) if m.score > _CROSSING_FLOOR]
    found = [c for first in firsts for c in _crossings_of(gazetteer, first, scores)]
    yield from found or _almost_crossing(gazetteer, firsts[:1], scores)


def _crossings_of(gazetteer: Gazetteer, first: Match, scores: np.ndarray) -> Iterator[Candidate]:
    """The crossings of one street with the streets that the other words may mean."""
    segments = gazetteer.segments
    ends: dict[int, list[int]] = {}
    for street, end in segments.crossed_at(segments.ends[gazetteer.segments_of(first.position)]):
        if street != first.position and scores[street] > _CROSSING_FLOOR:
            ends.setdefault(street, []).append(end)
    for street in sorted(ends, key=lambda s: -scores[s])[:_LOOKED_AT]:
        score = (first.score + float(scores[street])) / 2 + 0.05
        for end in _apart(gazetteer, ends[street])[:2]:
            yield _crossing(gazetteer, first.position, street, segments.position_of(end), score, end)


def _apart(gazetteer: Gazetteer, ends: list[int]) -> list[int]:
    """One crossing for those that are close together: divided streets meet in up to four points."""
    kept: list[int] = []
    for end in ends:
        here = gazetteer.segments.position_of(end)
        if all(distance_m(*here, *gazetteer.segments.position_of(k)) > _SAME_CROSSING_M for k in kept):
            kept.append(end)
    return kept


def _almost_crossing(gazetteer: Gazetteer, firsts: list[Match], scores: np.ndarray) -> Iterator[Candidate]:
    """Two streets that come close without a common point: one passes over the other, or a lane lies between."""
    for first in firsts:
        second = int(np.argmax(scores))
        if scores[second] < 0.6 or second == first.position:
            continue
        a, b = (_whole(gazetteer, street) for street in (first.position, second))
        if a.distance(b) * METRES_PER_DEGREE < _ALMOST_CROSSING_M:
            line = shapely.shortest_line(a, b)
            middle = line.interpolate(0.5, normalized=True) if line.length else shapely.Point(line.coords[0])
            where = (middle.x / gazetteer.east_scale, middle.y)
            yield _crossing(gazetteer, first.position, second, where, (first.score + float(scores[second])) / 2)


def _whole(gazetteer: Gazetteer, street: int) -> shapely.MultiLineString:
    lines = gazetteer.segments.lines[gazetteer.segments_of(street)]
    return shapely.transform(shapely.multilinestrings(lines), lambda xy: xy * (gazetteer.east_scale, 1.0))


def _crossing(
    gazetteer: Gazetteer, first: int, second: int, where: tuple[float, float], score: float, end: int | None = None
) -> Candidate:
    names = gazetteer.streets[first].name, gazetteer.streets[second].name
    members = gazetteer.segments_of(first)
    if end is not None:
        members = members[(gazetteer.segments.ends[members] == end).any(axis=1)]
    else:
        members = members[[int(np.argmin(shapely.distance(gazetteer.segments.lines[members], shapely.Point(where))))]]
    spot = Spot(int(members[0]), round(where[0], 6), round(where[1], 6), Precision.ADDRESS)
    label = labels.crossing(*names)
    return Candidate(CROSSING, score, label, " / ".join(names), spot, near=names[1])


def _matches(index: NameIndex, reading: Reading, is_unfinished: bool) -> list[Match]:
    words = index.mend(reading.words)
    found = index.match(words, limit=_LOOKED_AT, is_unfinished=is_unfinished)
    if sum(map(len, words)) >= 4 and not (found and found[0].score >= 0.6):
        found = [*index.resembling(words), *found]
    return [Match(match.position, match.score * reading.weight) for match in found]


_MEANINGS: tuple[Callable[[Gazetteer, Reading, bool], Iterator[Candidate]], ...] = (
    _on_streets,
    _public_places,
    _crossings,
)
