"""What forgetting a person means here, beyond the marked columns: the exact place, pictures, the index, the link."""

from __future__ import annotations

from parvis.cases import index, photos
from parvis.cases.models import Case, Draft, Report
from parvis.cases.models.report import new_secret
from parvis.catalogue.models import Service
from parvis.people.models import Person
from parvis.places import cells
from parvis.places.models import Place, Precision


def forget(person: Person) -> int:
    """Blur the places of this person's reports to the street, drop unpublished pictures and what staff had drafted.

    The secret links stop working. A place or a case that others share keeps what the others said. Returns how many rows
    changed. Twice changes nothing more.
    """
    reports = list(Report.objects.filter(person=person).select_related("case__service", "place__segment"))
    rows = 0
    for report in reports:
        Report.objects.filter(pk=report.pk).update(secret=new_secret())
        rows += _blur(report) + photos.drop_unpublished(report)
        index.refresh(report.case)
    drafts, _details = Draft.objects.filter(case__in=[report.case_id for report in reports]).delete()
    return rows + drafts


def _blur(report: Report) -> int:
    place = report.place
    if place is None or Report.objects.filter(place=place).exclude(person=report.person).exists():
        return 0
    place.label = ""
    if report.service.visibility != Service.Visibility.EXACT:
        _to_the_street(place)
        _move_cases(place)
    place.save()
    return 1


def _to_the_street(place: Place) -> None:
    segment = place.segment
    place.lon, place.lat = (segment.mid_lon, segment.mid_lat) if segment else (None, None)
    place.precision = Precision.SEGMENT if segment else Precision.NONE


def _move_cases(place: Place) -> None:
    known = place.lon is not None and place.lat is not None
    cell = cells.cell(place.lon, place.lat) if known else None  # type: ignore[arg-type]
    Case.objects.filter(place=place).update(cell=cell)
