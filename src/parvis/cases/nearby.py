"""Is it already reported? Open cases of the same service family near a place, nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from parvis.cases.models import Case
from parvis.catalogue.models import Service
from parvis.places import cells
from parvis.shared import clock


@dataclass(frozen=True)
class Nearby:
    """A case that may be the same thing. No word of the people who reported it."""

    case_id: int
    service_name: str
    state: str
    state_word: str
    opened_at: datetime
    public_label: str
    distance_m: float
    reports_count: int


def similar(service: Service, lon: float, lat: float, *, limit: int = 5) -> list[Nearby]:
    """Open cases of this service within its own duplicate radius and window; [] for a service that never has any."""
    if not service.duplicate_radius_m or not service.duplicate_window_days:
        return []
    since = clock.now() - timedelta(days=service.duplicate_window_days)
    cases = Case.objects.open().filter(service=service, opened_at__gte=since)
    return around(cases, lon, lat, radius_m=service.duplicate_radius_m, limit=limit)


def around(cases: object, lon: float, lat: float, *, radius_m: float, limit: int) -> list[Nearby]:
    """Those of `cases` (a queryset) within `radius_m` metres, nearest first."""
    from parvis.cases.models.case import CaseQuerySet

    assert isinstance(cases, CaseQuerySet)
    near = cases.filter(cell__in=cells.cells_within(lon, lat, radius_m)).select_related("service", "place")[:500]
    found = []
    for case in near:
        assert case.place is not None
        assert case.place.lon is not None
        assert case.place.lat is not None
        distance_m = cells.distance_m(lon, lat, case.place.lon, case.place.lat)
        if distance_m <= radius_m:
            found.append(_told(case, distance_m))
    return sorted(found, key=lambda one: (one.distance_m, -one.case_id))[:limit]


def _told(case: Case, distance_m: float) -> Nearby:
    return Nearby(
        case_id=case.pk, service_name=case.service.name, state=case.state, state_word=str(case.get_state_display()),
        opened_at=case.opened_at, public_label=case.place.public_label if case.place else "",
        distance_m=distance_m, reports_count=case.reports_count,
    )  # fmt: skip
