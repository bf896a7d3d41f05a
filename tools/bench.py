#!/usr/bin/env python3
"""How fast is Parvis on this machine? `make bench`, or tools/bench.py [--rows N] [--json].

Builds a city once, in build/bench or $PARVIS_BENCH (bench_city.py), then measures verbs, pages and memory in this
process: against SQLite, or against a throwaway PostgreSQL with tools/with-postgres tools/bench.py.
docs/explain/speed.md says what the figures mean.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

import bench_city  # noqa: E402

PATIENCE_S = 4.0  # for one line of the table
SEARCHES = ("pothole", "street light", "graffiti washington", "tree", "missed tra", "parking beacon", "p")


@dataclass(frozen=True)
class Figure:
    """One line of the table. Times in milliseconds; CPU is this process's own, without PostgreSQL's."""

    what: str
    times: int
    first: float  # cold: templates to compile, what is held in memory to read
    median: float
    p95: float
    cpu: float  # median
    queries: int


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure speed and memory on this machine.")
    parser.add_argument("--rows", type=int, help="bring in only so many requests, in an invented city")
    parser.add_argument("--times", type=int, default=30, help="measure each line so many times (30)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)  # the first half, in a process apart
    options = parser.parse_args()
    on_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    house = _house(options.rows, on_postgres)
    if not options.build and (on_postgres or not (house / "built.json").is_file()):
        shutil.rmtree(house, ignore_errors=True)
        if subprocess.run([sys.executable, __file__, "--build", *sys.argv[1:]], check=False).returncode != 0:
            return 1
    _enter(house)
    if options.build:
        bench_city.build(house, options.rows)
        return 0
    report = _report(json.loads((house / "built.json").read_text()), options.times)
    print(json.dumps(report) if options.json else _table(report))
    return 0


def _house(rows: int | None, on_postgres: bool) -> Path:
    base = Path(os.environ.get("PARVIS_BENCH") or ROOT / "build" / "bench").resolve()
    kind = "real" if bench_city.REQUESTS.is_file() else "invented"
    return base / f"{kind}-{rows or 'all'}{'-postgres' if on_postgres else ''}"


def _enter(house: Path) -> None:
    """Start Django in a data folder of the bench's own, as `parvis serve` would."""
    os.environ.update(PARVIS_DATA=str(house), DJANGO_SETTINGS_MODULE="parvis.config.settings", PARVIS_URL="")
    house.mkdir(parents=True, exist_ok=True)
    (house / "static").mkdir(exist_ok=True)
    import django

    django.setup()


def _report(built: dict[str, Any], times: int) -> dict[str, Any]:
    from django.db import connection

    from parvis.cases.models import Case

    started = time.monotonic()
    figures = list(_measure(times))
    return {
        "at": f"{datetime.now().astimezone():%Y-%m-%d %H:%M}", "machine": _machine(), "database": _database(connection),
        "cases": Case.objects.count(), "import": built, "figures": [asdict(figure) for figure in figures],
        "peak_mb": bench_city.peak_mb(), "seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip


def _machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        named = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        cpu = named[0] if named else cpu
    return f"{os.cpu_count()} × {cpu}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"


def _database(connection: Any) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 'SQLite ' || sqlite_version()")
        else:
            cursor.execute("SELECT 'PostgreSQL ' || current_setting('server_version')")
        return str(cursor.fetchone()[0])


def _measure(times: int) -> Iterator[Figure]:
    from django.test import Client

    from parvis.people.models import Agent

    rng = random.Random(311)  # figures that repeat
    agent = Agent.objects.get(username="premiere")
    yield from _verbs(agent, 2 * times)
    staff, public = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
    staff.force_login(agent)
    for what, addresses in [*_staff_pages(rng), *_public_pages(rng)]:
        client = staff if addresses[0].startswith("/console") else public
        yield _figure(what, lambda turn, c=client, a=addresses: _open(c, a[turn % len(a)]), times)
    yield _suggestions(rng, 6 * times)


def _figure(what: str, act: Callable[[int], object], times: int) -> Figure:
    """Act a first time for the cold figure, a second to count queries, then `times` or for PATIENCE_S."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _wall, first = _timed(act, 0)
    with CaptureQueriesContext(connection) as captured:
        act(1)
    queries = len(captured)
    deadline, timings = time.monotonic() + PATIENCE_S, []
    for turn in range(2, times + 2):
        timings.append(_timed(act, turn))
        if time.monotonic() > deadline:
            break
    walls, cpus = sorted(wall for _cpu, wall in timings), [cpu for cpu, _wall in timings]
    p95 = walls[min(len(walls) - 1, int(len(walls) * 0.95))]
    return Figure(what, len(walls), first, statistics.median(walls), p95, statistics.median(cpus), queries)


def _timed(act: Callable[[int], object], turn: int) -> tuple[float, float]:
    """CPU and wall time in milliseconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    act(turn)
    return round((time.process_time() - cpu) * 1000, 2), round((time.perf_counter() - wall) * 1000, 2)


def _open(client: Any, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}.")


def _verbs(agent: Any, times: int) -> Iterator[Figure]:
    """Each call in a transaction of its own, as the web server makes them."""
    from parvis.cases.intake import Submission, submit
    from parvis.cases.workflow import Details, move
    from parvis.catalogue.models import Service
    from parvis.demo.demand import Demand
    from parvis.people.persons import ContactDetails

    rng = random.Random()  # new people at each run
    demand = Demand(rng)
    service = Service.objects.select_related("department").get(code="VOI-NID")
    answers = demand.answers(service, datetime.now(UTC))
    made: list[int] = []

    def ask(turn: int) -> None:
        person = ContactDetails("Agathe Exemple", f"agathe.{rng.getrandbits(60)}@exemple.example")
        asked = Submission(service, "Un trou profond devant l’entrée.", answers, demand.place(service), person)
        made.append(submit(asked).case_id)

    ending = Details(outcome="repaired", sentence="Les travaux sont terminés. Merci de nous avoir prévenus.")
    arrows = (("accepted", Details()), ("in_progress", Details()), ("closed", ending))

    def advance(turn: int) -> None:
        to, details = arrows[turn % 3]
        move(made[turn // 3], to, agent=agent, details=details)

    yield _figure("submit()", ask, times)
    yield _figure("move()", advance, 3 * len(made) - 2)


def _staff_pages(rng: random.Random) -> Iterator[tuple[str, list[str]]]:
    """What the first line opens all day."""
    from parvis.cases.models import Case
    from parvis.cases.queues import QUEUES

    imported = Case.objects.filter(source="boston")
    category, state = imported.filter(state="received").order_by("pk").values_list("service__category", "state")[0]
    for code in QUEUES:
        yield f"queue {code}", [f"/console/files/{code}"]
    for code in ("unassigned", "overdue", "open", "all"):
        yield f"queue {code}, newest first", [f"/console/files/{code}?order=newest"]
    yield "queue open, one category", [f"/console/files/open?category={category}"]
    yield "queue all, one category", [f"/console/files/all?category={category}"]
    yield "queue all, received, late", [f"/console/files/all?state={state}&overdue=on"]
    yield "queue open, one borough", ["/console/files/open?borough=1"]
    for code in ("open", "all"):
        yield f"queue {code}, with words", [f"/console/files/{code}?q={words}" for words in SEARCHES]
    yield "text search", [f"/console/recherche?q={words}" for words in SEARCHES]
    yield "text search as you type", [f"/console/recherche/apercu?q={words}" for words in SEARCHES]
    some = imported.values_list("pk", flat=True)[:20_000]
    yield "case page", [f"/console/dossiers/{pk}" for pk in rng.sample(list(some), 20)]


def _public_pages(rng: random.Random) -> Iterator[tuple[str, list[str]]]:
    from parvis.cases.models import Case, Report
    from parvis.places import cells

    imported = Report.objects.filter(source="boston").values_list("number", flat=True)[:20_000]
    numbers = rng.sample(list(imported), 20)
    yield "public list", ["/carte"]
    yield "public list, open ones", ["/carte?etat=ouverts"]
    placed = Case.objects.filter(source="boston", morton__isnull=False).values_list("public_lon", "public_lat")
    lon, lat = (statistics.median(part) for part in zip(*placed[:20_000], strict=True))
    for z in (9, 12, 15):
        x, y = (int(part * 2**z) for part in cells.mercator(lon, lat))
        yield f"cluster tile, zoom {z}", [f"/carte/amas/{z}/{x}/{y}.mvt"]
    yield "tracking page", [f"/suivi/{number}" for number in numbers]
    yield "Open311 request", [f"/open311/v2/requests/{number}.json" for number in numbers]


def _suggestions(rng: random.Random, times: int) -> Figure:
    """Addresses as they are typed: two to all letters of a street, half of them after a civic number."""
    from parvis.places import geocoding
    from parvis.places.models import Street

    names = [name for name in Street.objects.order_by("pk").values_list("name", flat=True) if name]
    typed = []
    for name in rng.choices(names, k=times + 2):
        number = f"{rng.randint(1, 2000)} " if rng.random() < 0.5 else ""
        typed.append(number + name[: rng.randint(2, len(name))])
    return _figure("address as you type", lambda turn: geocoding.suggest(typed[turn]), times)


def _table(report: dict[str, Any]) -> str:
    brought = report["import"]
    lines = [
        f"{report['at']}  {report['machine']}",
        f"{report['database']}, {report['cases']} cases from {brought['requests']}",
        f"import, {brought['at']}: {brought['rows_per_s']} rows/s "
        f"({brought['rows']} rows, {brought['seconds']} s, CPU {brought['cpu_s']} s, peak {brought['peak_mb']} MB)",
        "",
        f"{'':32}{'first':>9}{'median':>9}{'p95':>9}{'CPU':>9}{'queries':>9}{'a second':>10}",
    ]
    for figure in report["figures"]:
        times = "".join(f"{figure[name]:>9.1f}" for name in ("first", "median", "p95", "cpu"))
        lines.append(f"{figure['what']:32}{times}{figure['queries']:>9}{1000 / max(figure['median'], 0.01):>10.0f}")
    return "\n".join(
        [*lines, "", f"Milliseconds. Peak memory {report['peak_mb']} MB. Measured in {report['seconds']} s."]
    )


if __name__ == "__main__":
    sys.exit(main())
