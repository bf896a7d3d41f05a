"""The city that tools/bench.py measures: real open data where they lie beside the project, else invented ones."""

from __future__ import annotations

import csv
import gzip
import json
import random
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

OPEN_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
REQUESTS = OPEN_DATA / "311" / "boston" / "boston_311_2015.csv.gz"
CITY = OPEN_DATA / "geo" / "quebec"
INVENTED_ROWS = 121_145  # as many as the real file has
SUBJECTS = ("Pothole", "Street Light Outages", "Graffiti", "Tree Emergencies", "Missed Trash", "Parking Enforcement")


def build(house: Path, rows: int | None) -> None:
    """Streets, catalogue, staff, then requests, into the empty database of this process. Leaves `built.json`."""
    from django.core.management import call_command
    from django.db import connection

    from parvis.cases.importing import import_file, load
    from parvis.demo import city

    if connection.introspection.table_names():
        sys.exit("This database holds something already. Measure PostgreSQL with: tools/with-postgres tools/bench.py")
    print("Building the city to measure…", file=sys.stderr)
    call_command("migrate", verbosity=0, skip_checks=True)
    if rows is None and (CITY / "vdq-voiepublique.csv.gz").is_file():
        _lay_real_streets()
    city.make()  # lays invented streets where there are none
    source = house / "requests.csv"
    if REQUESTS.is_file():
        _first_rows(REQUESTS, source, rows)
    else:
        _invent(source, rows or INVENTED_ROWS)
    started, cpu = time.monotonic(), time.process_time()
    tally = import_file(source, load("boston"), house / "rejects.csv")
    seconds = time.monotonic() - started
    built = {
        "requests": REQUESTS.name if REQUESTS.is_file() else "invented", "rows": tally.rows, "made": tally.made,
        "seconds": round(seconds, 1), "cpu_s": round(time.process_time() - cpu, 1),
        "rows_per_s": round(tally.rows / seconds), "peak_mb": peak_mb(),
        "at": f"{datetime.now().astimezone():%Y-%m-%d %H:%M}",
    }  # fmt: skip
    source.unlink()
    (house / "built.json").write_text(json.dumps(built))


def peak_mb() -> int:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 1024 if sys.platform != "darwin" else peak / 1024**2)


def _lay_real_streets() -> None:
    from parvis.places.importing.public_places import import_public_places
    from parvis.places.importing.streets import import_streets
    from parvis.places.importing.zones import import_zones

    import_zones(CITY / "vdq-arrondissement.geojson.gz", "borough")
    import_zones(CITY / "vdq-quartier.geojson.gz", "neighbourhood")
    import_streets(CITY / "vdq-voiepublique.csv.gz")
    import_public_places(CITY / "vdq-lieupublic.geojson.gz")


def _first_rows(requests: Path, target: Path, rows: int | None) -> None:
    with gzip.open(requests, "rt", encoding="utf-8", newline="") as whole, target.open("w", newline="") as some:
        csv.writer(some).writerows(islice(csv.reader(whole), rows + 1 if rows else None))


def _invent(target: Path, rows: int) -> None:
    """Requests in the columns of Boston's file: a year of 60 kinds, one in eight still open, around one square."""
    rng = random.Random(311)  # figures that repeat
    said = "%m/%d/%Y %I:%M:%S %p"
    with target.open("w", newline="", encoding="utf-8") as file:
        writer: csv.DictWriter[str] | None = None
        for number in range(rows):
            opened = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(seconds=number * 31_000_000 // rows)
            closed = opened + timedelta(days=rng.expovariate(1 / 9)) if rng.random() < 0.88 else None
            kind = int(rng.triangular(0, 60, 3))
            subject = f"{SUBJECTS[kind % len(SUBJECTS)]} {kind}"
            row = {
                "CASE_ENQUIRY_ID": f"B{number}", "OPEN_DT": opened.strftime(said),
                "TARGET_DT": (opened + timedelta(days=10)).strftime(said),
                "CLOSED_DT": closed.strftime(said) if closed else "", "CASE_STATUS": "Closed" if closed else "Open",
                "CLOSURE_REASON": "Case Closed. Resolved." if closed else "", "CASE_TITLE": f"{subject} request",
                "SUBJECT": f"Department {kind % 9}", "REASON": f"Reason {kind % 20}", "TYPE": subject,
                "Location": f"{rng.randint(1, 900)} {rng.choice(('Washington', 'Beacon', 'Tremont'))} St  Boston  MA",
                "LATITUDE": f"{rng.gauss(42.33, 0.03):.4f}", "LONGITUDE": f"{rng.gauss(-71.08, 0.03):.4f}",
                "Source": rng.choice(("Constituent Call", "Citizens Connect App", "Self Service")),
            }  # fmt: skip
            if writer is None:
                writer = csv.DictWriter(file, list(row))
                writer.writeheader()
            writer.writerow(row)
