"""Writing foreign requests by batches: one transaction each, so that a stopped import goes on where it was."""

from __future__ import annotations

import csv
import gzip
import io
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, Protocol

from django.db import transaction

from parvis.cases import events, index
from parvis.cases.importing.profile import Profile
from parvis.cases.importing.reading import Reader, Rejected, Request
from parvis.cases.models import Case, Report
from parvis.cases.models.report import new_secret
from parvis.catalogue.models import Category, Service
from parvis.ledger import context
from parvis.ledger.models import Entry
from parvis.ledger.record import entry_fields
from parvis.people.models import Department
from parvis.places import cells
from parvis.places.models import Place, Precision
from parvis.shared import bulk, clock, text, tracking

BATCH = 2000
Row = Mapping[str, str | None]
Line = tuple[int, Row, Request]  # number of the line, what it says, what we read


class Refused(Protocol):
    """The file of rejects (a csv.writer)."""

    def writerow(self, row: list[Any], /) -> Any: ...


@dataclass
class Tally:
    """What an import did. Every row of the file is in exactly one of the three counts."""

    made: int = 0
    already: int = 0
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)  # reason → how many

    @property
    def rows(self) -> int:
        return self.made + self.already + self.rejected


def import_file(
    source: Path, profile: Profile, rejects: Path, *, progress: Callable[[int], None] = lambda bytes_read: None
) -> Tally:
    """Bring in every row of a CSV file (plain or .gz). `rejects` gets the refused rows, with line and reason.

    `progress` is called with the number of bytes of the file read since the last call. Raises OSError,
    UnicodeDecodeError and csv.Error for a file that can't be read at all.
    """
    tally, reader = Tally(), Reader(profile)
    importer = _Importer(profile)
    rejects.parent.mkdir(parents=True, exist_ok=True)
    with (
        source.open("rb") as raw,
        _text(raw, profile, source.suffix == ".gz") as lines,
        rejects.open("w", newline="", encoding="utf-8") as refused_file,
    ):
        refused = csv.writer(refused_file)
        refused.writerow(["line", "reason", "row"])
        rows = _rows(lines, profile)
        position = 0
        with context.acting(actor="system", channel="import", correlation=f"import-{uuid.uuid4()}"):
            while batch := list(islice(rows, BATCH)):
                requests = []
                for line, row in batch:
                    try:
                        requests.append((line, row, reader.read(row)))
                    except Rejected as why:
                        _refuse(refused, tally, line, str(why), row)
                _write_batch(importer, requests, tally, refused)
                progress(raw.tell() - position)
                position = raw.tell()
    return tally


def _text(raw: IO[bytes], profile: Profile, zipped: bool) -> io.TextIOWrapper:
    stream: IO[bytes] = gzip.open(raw) if zipped else raw  # type: ignore[assignment]  # noqa: SIM115
    return io.TextIOWrapper(stream, encoding=profile.encoding, errors="replace", newline="")


def _rows(lines: io.TextIOWrapper, profile: Profile) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(4_000_000)
    reader = csv.DictReader((line.replace("\0", "") for line in lines), delimiter=profile.delimiter)
    for row in reader:
        row.pop(None, None)
        yield reader.line_num, row


def _refuse(refused: Refused, tally: Tally, line: int, why: str, row: Row) -> None:
    refused.writerow([line, why, "\x1f".join(value or "" for value in row.values())])
    tally.rejected += 1
    kind = why.split(":")[0]
    tally.reasons[kind] = tally.reasons.get(kind, 0) + 1


def _write_batch(importer: _Importer, batch: list[Line], tally: Tally, refused: Refused) -> None:
    fresh: dict[str, Request] = {}
    known = importer.known({request.external_id for _line, _row, request in batch})
    for line, row, request in batch:
        if request.external_id in known:
            tally.already += 1
        elif request.external_id in fresh:
            _refuse(refused, tally, line, "the same id twice in the file", row)
        else:
            fresh[request.external_id] = request
    if fresh:
        importer.write(list(fresh.values()))
        tally.made += len(fresh)


class _Importer:
    """Holds what many rows share: services, departments, tracking numbers taken."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._services: dict[str, Service] = {}
        self._departments: dict[str, Department] = {}

    def known(self, external_ids: set[str]) -> set[str]:
        """Which of these ids were brought in before."""
        cases = Case.objects.filter(source=self.profile.name, external_id__in=external_ids)
        return set(cases.values_list("external_id", flat=True))

    @transaction.atomic
    def write(self, requests: list[Request]) -> None:
        count = len(requests)
        case_ids, report_ids = bulk.reserve_ids(Case, count), bulk.reserve_ids(Report, count)
        place_ids = self._places(requests)
        services = [self._service(request) for request in requests]
        joined = list(zip(requests, services, place_ids, case_ids, report_ids, strict=True))
        bulk.insert_many(Case, [self._case(r, service, place, case) for r, service, place, case, _report in joined])
        numbers = _free_numbers([request.opened_at for request in requests])
        bulk.insert_many(Report, [
            self._report(r, service, place, case, report, number)
            for (r, service, place, case, report), number in zip(joined, numbers, strict=True)
        ])  # fmt: skip
        bulk.insert_many(Entry, [row for r, _s, _p, case, report in joined for row in self._entries(r, case, report)])
        index.CASES.add_many(
            (case, f"{s.name_fr} {r.description} {r.address}") for r, s, _place, case, _report in joined
        )

    def _places(self, requests: list[Request]) -> list[int | None]:
        """One place per request that has any; its id, or None."""
        placed = [request for request in requests if request.address or request.lon is not None]
        ids = bulk.reserve_ids(Place, len(placed)) if placed else []
        bulk.insert_many(Place, [_place(request) | {"id": pk} for request, pk in zip(placed, ids, strict=True)])
        by_request = {id(request): pk for request, pk in zip(placed, ids, strict=True)}
        return [by_request.get(id(request)) for request in requests]

    def _case(self, request: Request, service: Service, place_id: int | None, case_id: int) -> dict[str, Any]:
        row: dict[str, Any] = {
            "id": case_id, "service_id": service.pk, "place_id": place_id, "state": request.state,
            "priority": service.priority, "department_id": self._department(request.department).pk,
            "opened_at": request.opened_at, "closed_at": request.closed_at,
            "accepted_at": request.opened_at if request.state != "received" else None, "due_at": request.due_at,
            "updated_at": request.closed_at or request.opened_at, "outcome": request.outcome,
            "outcome_sentence": request.sentence, "reports_count": 1, "source": self.profile.name,
            "external_id": request.external_id, "cell": None, "morton": None, "public_lon": None, "public_lat": None,
        }  # fmt: skip
        if request.lon is not None and request.lat is not None:
            row["cell"] = cells.cell(request.lon, request.lat)
            if service.visibility == Service.Visibility.EXACT:
                row["public_lon"], row["public_lat"] = request.lon, request.lat
                row["morton"] = cells.morton(request.lon, request.lat)
        return row

    def _report(
        self, request: Request, service: Service, place_id: int | None, case_id: int, report_id: int, number: str
    ) -> dict[str, Any]:
        return {
            "id": report_id, "number": number, "secret": new_secret(), "case_id": case_id, "service_id": service.pk,
            "place_id": place_id, "channel": request.channel, "description": request.description,
            "wants_notices": False, "submitted_at": request.opened_at, "source": self.profile.name,
            "external_id": request.external_id,
        }  # fmt: skip

    def _entries(self, request: Request, case_id: int, report_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
        name, at = self.profile.name, clock.now()
        told = events.CaseImported(name, request.external_id, request.state, request.outcome)
        brought = events.ReportImported(case_id, name, request.external_id)
        return (
            entry_fields(told, f"case:{case_id}", at, version=1, previous_hash=""),
            entry_fields(brought, f"report:{report_id}", at, version=1, previous_hash=""),
        )

    def _service(self, request: Request) -> Service:
        service = self._services.get(request.service)
        if service is None:
            service = self._services[request.service] = self._find_or_make_service(request)
        return service

    def _find_or_make_service(self, request: Request) -> Service:
        """The city's own service when the profile maps it; else one made for history, not offered to residents."""
        own = self.profile.services.get(request.service)
        if own and (mapped := Service.objects.filter(code=own).first()):
            return mapped
        prefix = self.profile.name.upper()[:8]
        category, _made = Category.objects.get_or_create(
            code=f"{prefix}-{_slug(request.category)}"[:20], defaults={"name_fr": request.category, "position": 900}
        )
        defaults = {
            "category": category, "name_fr": request.service, "nature": request.nature,
            "department": self._department(request.department), "visibility": self.profile.visibility,
            "is_active": False, "priority": 3, "target_basis": "imported",
        }  # fmt: skip
        return Service.objects.get_or_create(code=f"{prefix}-{_slug(request.service)}"[:30], defaults=defaults)[0]

    def _department(self, name: str) -> Department:
        department = self._departments.get(name)
        if department is None:
            code = f"{self.profile.name.upper()[:6]}-{_slug(name)}"[:20]
            department = Department.objects.get_or_create(code=code, defaults={"name_fr": name})[0]
            self._departments[name] = department
        return department


def _place(request: Request) -> dict[str, Any]:
    return {
        "label": request.address, "public_label": request.street, "lon": request.lon, "lat": request.lat,
        "precision": Precision.POINT.value if request.lon is not None else Precision.NONE.value,
    }  # fmt: skip


def _slug(name: str) -> str:
    """A short code that differs for names that differ, even where they begin alike."""
    plain = re.sub(r"[^A-Z0-9]+", "", text.fold(name).upper())
    return plain if len(plain) <= 11 else f"{plain[:7]}{sum(ord(c) * (i + 7) for i, c in enumerate(name)) % 9973:04d}"


def _free_numbers(dates: list[datetime]) -> list[str]:
    """One free tracking number per date. Draws again those that a report has already."""
    numbers: list[str] = []
    drawn: set[str] = set()
    for at in dates:
        number = tracking.new(at.year)
        while number in drawn:
            number = tracking.new(at.year)
        drawn.add(number)
        numbers.append(number)
    taken = set(Report.objects.filter(number__in=drawn).values_list("number", flat=True))
    return [number if number not in taken else _another(number, drawn) for number in numbers]


def _another(number: str, drawn: set[str]) -> str:
    while True:
        other = tracking.new(2000 + int(number[:2]))
        if other not in drawn and not Report.objects.filter(number=other).exists():
            drawn.add(other)
            return other
