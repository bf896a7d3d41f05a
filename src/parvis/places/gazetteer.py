"""The streets, segments, crossings and public places of the city, held in memory (about 60 MB for 28,000 segments).

Built at the first question (under a second), rebuilt when an import changed something, shared by all threads.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from numpy.typing import NDArray

from parvis.places import edition, words
from parvis.places.models import PublicPlace, Segment, Street, Zone
from parvis.places.names import Name, NameIndex
from parvis.places.parsing import Towns

METRES_PER_DEGREE = 111_195.0
PATH_HANDICAP_M = 40.0
_NO_NUMBER = -1
_MINOR_PLACES = ("stationnement", "bassin retention", "pavillon service", "reservoir")


@dataclass(frozen=True)
class StreetRow:
    """One street. `is_path`: a cycle lane, a footpath, a ramp: never preferred to a street."""

    id: int
    name: str
    generic: str
    is_path: bool
    stem: str  # its words without direction: the same for « Charest Est » and « Charest Ouest »


@dataclass(frozen=True)
class PlaceRow:
    """One public place."""

    name: str
    kind: str
    civic_number: str
    street_name: str
    lon: float
    lat: float


class Segments:
    """All segments as parallel arrays; a segment is an index into them. Numbers are -1 where there are none."""

    def __init__(self, rows: Sequence[tuple[Any, ...]], street_at: dict[int, int]) -> None:
        self.ids = np.array([row[0] for row in rows], dtype=np.int64)
        self.street = np.array([street_at[row[1]] for row in rows], dtype=np.int32)
        numbers = [[_NO_NUMBER if n is None else n for n in row[2:6]] for row in rows]
        self.ranges = np.array(numbers, dtype=np.int32).reshape(-1, 2, 2)  # [segment, left or right, from or to]
        self.middles = np.array([row[6:8] for row in rows], dtype=np.float64).reshape(-1, 2)
        self.lines: NDArray[Any] = np.atleast_1d(shapely.from_wkb([bytes(row[8]) for row in rows]))
        self.lengths_m = np.array([row[9] for row in rows], dtype=np.float32)
        self.speeds_kmh = np.array([row[10] or 0 for row in rows], dtype=np.int16)
        self.ends = self._ends()
        self._by_end = np.argsort(self.ends.ravel(), kind="stable")
        self._first_of_end = np.searchsorted(self.ends.ravel()[self._by_end], np.arange(self.ends.max(initial=-1) + 2))

    def _ends(self) -> NDArray[np.int32]:
        """The numbers of the crossings at the start and the end of each segment: equal points, equal numbers."""
        if not len(self.lines):
            return np.zeros((0, 2), dtype=np.int32)
        points = [shapely.get_coordinates(shapely.get_point(self.lines, where)) for where in (0, -1)]
        rounded = np.round(np.concatenate(points) * 1e6).astype(np.int64)
        _, numbers = np.unique(rounded[:, 0] * 1_000_000_000 + rounded[:, 1], return_inverse=True)
        ends: NDArray[np.int32] = numbers.reshape(2, -1).T.astype(np.int32)
        return ends

    def at_end(self, end: int) -> NDArray[np.int64]:
        """The segments that start or end at a crossing."""
        where = self._by_end[self._first_of_end[end] : self._first_of_end[end + 1]]
        return np.unique(where // 2)

    def crossed_at(self, ends: NDArray[np.int32]) -> list[tuple[int, int]]:
        """(street, end) for every street that touches one of these crossings."""
        return sorted({(int(self.street[s]), int(end)) for end in np.unique(ends) for s in self.at_end(int(end))})

    def position_of(self, end: int) -> tuple[float, float]:
        """Longitude and latitude of a crossing."""
        where = int(self._by_end[self._first_of_end[end]])
        x, y = self.lines[where // 2].coords[-1 if where % 2 else 0][:2]
        return float(x), float(y)


class Gazetteer:
    """Everything that the geocoder asks. Immutable once built."""

    def __init__(self, streets: list[StreetRow], segments: Segments, places: list[PlaceRow], towns: Towns) -> None:
        self.streets, self.segments, self.places, self.towns = streets, segments, places, towns
        self.street_names = NameIndex(_street_names(streets, segments))
        self.place_names = NameIndex([_place_name(place) for place in places])
        order = np.argsort(segments.street, kind="stable")
        limits = np.searchsorted(segments.street[order], np.arange(len(streets) + 1))
        self._segments_of = [order[a:b] for a, b in itertools.pairwise(limits)]
        middle_lat = float(segments.middles[:, 1].mean()) if len(segments.ids) else 45.0
        self.east_scale = math.cos(math.radians(middle_lat))  # a degree of longitude is so much shorter here

    def segments_of(self, street: int) -> NDArray[np.int64]:
        """The segments of a street."""
        return self._segments_of[street]

    @cached_property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north of all streets."""
        if not len(self.segments.ids):
            return None
        west, south, east, north = shapely.total_bounds(self.segments.lines)
        return float(west), float(south), float(east), float(north)

    def nearest(self, lon: float, lat: float, within_m: float) -> tuple[int, float] | None:
        """The nearest segment and its distance in metres: a street unless a path is 40 m nearer."""
        road = self._nearest_in(self._roads, lon, lat, within_m)
        if road is not None and road[1] <= PATH_HANDICAP_M:
            return road
        path = self._nearest_in(self._paths, lon, lat, within_m)
        return path if road is None or (path is not None and path[1] + PATH_HANDICAP_M < road[1]) else road

    def _nearest_in(
        self, trees: tuple[shapely.STRtree, NDArray[np.int64]], lon: float, lat: float, within_m: float
    ) -> tuple[int, float] | None:
        tree, members = trees
        found, distance = tree.query_nearest(
            shapely.Point(lon * self.east_scale, lat),
            max_distance=within_m / METRES_PER_DEGREE, return_distance=True, all_matches=False,
        )  # fmt: skip
        return (int(members[found[0]]), float(distance[0]) * METRES_PER_DEGREE) if len(found) else None

    @cached_property
    def _roads(self) -> tuple[shapely.STRtree, NDArray[np.int64]]:
        return self._tree_of(is_path=False)

    @cached_property
    def _paths(self) -> tuple[shapely.STRtree, NDArray[np.int64]]:
        return self._tree_of(is_path=True)

    def _tree_of(self, *, is_path: bool) -> tuple[shapely.STRtree, NDArray[np.int64]]:
        path_streets = np.array([street.is_path for street in self.streets], dtype=bool)
        members = (
            np.flatnonzero(path_streets[self.segments.street] == is_path) if len(self.streets) else np.array([], int)
        )
        scaled = shapely.transform(self.segments.lines[members], lambda xy: xy * (self.east_scale, 1.0))
        return shapely.STRtree(scaled), members


def _street_names(streets: list[StreetRow], segments: Segments) -> list[Name]:
    lengths = np.bincount(segments.street, weights=segments.lengths_m, minlength=len(streets))
    importance = np.log1p(lengths) / max(1.0, float(np.log1p(lengths.max(initial=0))))
    return [
        Name(tuple(words.key(street.name).split()), is_minor=street.is_path, importance=float(share))
        for street, share in zip(streets, importance, strict=True)
    ]


def _place_name(place: PlaceRow) -> Name:
    name = words.key(re.sub(r"\([^)]*\)", " ", place.name)) or words.key(place.name)
    is_minor = name.startswith(_MINOR_PLACES)
    return Name(tuple(name.split()), helpful=tuple(words.key(place.street_name).split()), is_minor=is_minor)


def current() -> Gazetteer:
    """The gazetteer of the data as they are now."""
    return _LATEST.get(edition.current())


def _build() -> Gazetteer:
    streets = [
        StreetRow(pk, name, generic, words.key(generic) in words.PATHS, _stem(name))
        for pk, name, generic in Street.objects.order_by("pk").values_list("pk", "name", "generic")
    ]
    rows = Segment.objects.order_by("pk").values_list(
        "pk",
        "street_id",
        "left_from",
        "left_to",
        "right_from",
        "right_to",
        "mid_lon",
        "mid_lat",
        "geometry",
        "length_m",
        "speed_limit_kmh",
    )
    segments = Segments(list(rows), {street.id: place for place, street in enumerate(streets)})
    fields = ("name", "kind", "civic_number", "street_name", "lon", "lat")
    places = [PlaceRow(*row) for row in PublicPlace.objects.order_by("pk").values_list(*fields)]
    return Gazetteer(streets, segments, places, _towns())


def _stem(name: str) -> str:
    return " ".join(word for word in words.key(name).split() if word not in words.DIRECTIONS)


def _towns() -> Towns:
    """Our own names (city, boroughs, neighbourhoods), which say nothing after a comma, and those of the neighbours."""
    city = settings.PARVIS_CITY
    ours = {words.key(name) for name in (city["name"], city["short"], "Québec", "QC", "Canada")}
    inside = Zone.objects.filter(kind__in=[Zone.Kind.CITY, Zone.Kind.BOROUGH, Zone.Kind.NEIGHBOURHOOD])
    ours |= {words.key(name) for name in inside.values_list("name", flat=True)}
    others = Zone.objects.filter(kind=Zone.Kind.NEIGHBOUR).values_list("name", flat=True)
    return Towns(frozenset(ours - {""}), {words.key(name): name for name in others if words.key(name)})


_LATEST = edition.Latest(_build)


def load_demo() -> None:
    """Load the invented streets, public places and zones that ship with Parvis. Again changes nothing."""
    from parvis.places.importing.demo import import_demo

    import_demo()
