"""How well the geocoder does, measured on addresses whose position somebody else recorded."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from parvis.places import geocoding
from parvis.places.cells import distance_m
from parvis.places.importing.files import features, progress
from parvis.places.importing.properties import text
from parvis.places.importing.public_places import Columns
from parvis.places.importing.shapes import BadShape, point
from parvis.places.models import Precision


@dataclass(frozen=True)
class Miss:
    """An address that wasn't found, or was found far from where it is."""

    address: str
    answer: str
    error_m: float | None


@dataclass
class Evaluation:
    """Figures over the addresses of one file."""

    asked: int = 0
    errors_m: list[float] = field(default_factory=list)
    precisions: Counter[str] = field(default_factory=Counter)
    unknown: list[Miss] = field(default_factory=list)
    far: list[Miss] = field(default_factory=list)

    @property
    def found_share(self) -> float:
        """Addresses answered with a number, a segment or a street, of all asked."""
        return len(self.errors_m) / self.asked if self.asked else 0.0

    @property
    def placed_share(self) -> float:
        """Addresses placed on a segment, not only on a street."""
        return (len(self.errors_m) - self.precisions[Precision.STREET]) / self.asked if self.asked else 0.0

    @property
    def median_m(self) -> float:
        return statistics.median(self.errors_m) if self.errors_m else float("nan")

    @property
    def p90_m(self) -> float:
        return statistics.quantiles(self.errors_m, n=10)[-1] if len(self.errors_m) > 1 else float("nan")


def evaluate(path: Path, far_m: float = 500) -> Evaluation:
    """Geocode « number, street » of each public place of a GeoJSON file and measure how far its point is.

    The geocoder looks civic numbers up in street segments only, so that importing the same file of public places
    doesn't help it. Raises BadFile.
    """
    outcome, columns = Evaluation(), Columns()
    for feature in progress(features(path), "Adresses"):
        number, street = (
            text(feature["properties"], names, 120) for names in (columns.civic_number, columns.street_name)
        )
        try:
            lon, lat = point(feature.get("geometry"))
        except BadShape:
            continue
        if number and street:
            _measure(f"{number}, {street}", lon, lat, far_m, outcome)
    return outcome


def _measure(address: str, lon: float, lat: float, far_m: float, outcome: Evaluation) -> None:
    outcome.asked += 1
    found = geocoding.find(address)
    if not found or found[0].lon is None or found[0].lat is None:
        outcome.unknown.append(Miss(address, "", None))
        return
    error_m = distance_m(lon, lat, found[0].lon, found[0].lat)
    outcome.errors_m.append(error_m)
    outcome.precisions[found[0].precision] += 1
    if error_m > far_m:
        outcome.far.append(Miss(address, found[0].label, error_m))
