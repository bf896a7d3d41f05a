"""The real street file of a real city: 28,481 segments, and 932 addresses whose position is known.

Skipped where the open data aren't laid beside the project (see docs/explain/geocoding.md).
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from parvis.places import geocoding
from parvis.places.evaluation import evaluate
from parvis.places.importing.public_places import import_public_places
from parvis.places.importing.streets import import_streets
from parvis.places.importing.zones import import_zones

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "geo" / "quebec"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.django_db,
    pytest.mark.skipif(not (DATA / "vdq-voiepublique.csv.gz").is_file(), reason=f"no open data in {DATA}"),
]


def test_98_addresses_in_100_are_found_and_half_of_them_within_75_metres() -> None:
    assert len(import_zones(DATA / "vdq-arrondissement.geojson.gz", "borough").rejects) == 0
    assert import_zones(DATA / "vdq-quartier.geojson.gz", "neighbourhood").added == 35
    streets = import_streets(DATA / "vdq-voiepublique.csv.gz")
    assert (streets.added, streets.rejects) == (28_481, [])
    assert import_streets(DATA / "vdq-voiepublique.csv.gz").unchanged == 28_481
    assert import_public_places(DATA / "vdq-lieupublic.geojson.gz").added == 1_345

    outcome = evaluate(DATA / "vdq-lieupublic.geojson.gz")
    assert outcome.asked == 932
    assert outcome.found_share >= 0.98
    assert outcome.placed_share >= 0.98  # on a segment: a street alone isn't an address found
    assert outcome.median_m <= 75
    assert outcome.p90_m <= 250

    _suggests_as_fast_as_somebody_types()
    place = geocoding.at(-71.2154, 46.8135)
    assert (place.label, place.is_outside) == ("Près du 740, rue des Glacis", False)


def _suggests_as_fast_as_somebody_types() -> None:
    typed = [text[:length] for text in ("1045 boul rené-lévesque", "coin st-joseph et dorchester", "biblio gabriel")
             for length in range(1, len(text) + 1)]  # fmt: skip
    times = []
    for text in typed:
        started = time.process_time()
        geocoding.suggest(text)
        times.append(time.process_time() - started)
    assert sorted(times)[int(0.95 * len(times))] < 0.020
