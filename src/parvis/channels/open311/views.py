"""The four documents of GeoReport v2 that this door serves, and the answer to every other path."""

from __future__ import annotations

from typing import NoReturn

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.cases import access, intake, photos, public
from parvis.cases.errors import BadSubmission, CaseError
from parvis.channels.open311 import describing, reading
from parvis.channels.open311.documents import Document
from parvis.channels.open311.door import door
from parvis.channels.open311.errors import Refused, about, problem, refuse
from parvis.shared import pace

FIVE_MINUTES_S = 300
PARAMETERS = {"service": "service_code", "location": "lat", "contact": "email", "name": "first_name", "photos": "media"}


def list_services(request: HttpRequest) -> Document:
    services = reading.offered().select_related("category").prefetch_related("questions")
    rows = [describing.service_line(service) for service in services]
    return Document(root="services", item="service", rows=rows, max_age_s=FIVE_MINUTES_S)


def define_service(request: HttpRequest, code: str) -> Document:
    service = reading.service_of(code)
    if service is None:
        raise about("service_code", _("Aucun service ne porte ce code. Relisez la liste services."), 404)
    return Document(root="service_definition", rows=[describing.definition(service)], max_age_s=FIVE_MINUTES_S)


def open_request(request: HttpRequest) -> Document:
    where = pace.visitor_at(request.META)
    if not pace.REPORTS_OF_ONE_MACHINE.is_kept(where):
        raise refuse(429, pace.sentence())
    pace.REPORTS_OF_ONE_MACHINE.count(where)
    submission = reading.submission(request, language=(get_language() or "fr")[:2])
    try:
        report = intake.submit(submission)
    except BadSubmission as bad:
        for photo_id in submission.photo_ids:
            photos.discard_aside(photo_id)
        raise Refused(*(problem(_parameter(name), said) for name, said in bad.errors.items())) from bad
    except CaseError as error:
        raise refuse(400, str(error.sentence)) from error
    return Document(root="service_requests", item="request", rows=[describing.receipt(report)])


def _parameter(field: str) -> str:
    """The standard's word for a field of ours: 'answers.position' → 'attribute[position]'."""
    if field.startswith("answers."):
        return f"attribute[{field.removeprefix('answers.')}]"
    return PARAMETERS.get(field, field)


def read_request(request: HttpRequest, number: str) -> Document:
    where = pace.visitor_at(request.META)
    if not pace.WRONG_NUMBERS.is_kept(where):
        raise refuse(429, pace.sentence())
    report = access.report_by_number(number)
    if report is None:
        pace.WRONG_NUMBERS.count(where)
        raise about("service_request_id", _("Aucune demande ne porte ce numéro. Vérifiez ses dix chiffres."), 404)
    row = describing.request_line(report, public.summary(report.case))
    return Document(root="service_requests", item="request", rows=[row])


def unknown_path(request: HttpRequest, **where: str) -> NoReturn:
    raise refuse(404, _("Cette adresse n’existe pas ici. La liste des services est à services.json ou services.xml."))


services = door(GET=list_services)
service = door(GET=define_service)
requests = door(POST=open_request)
one_request = door(GET=read_request)
_unknown = door(GET=unknown_path, POST=unknown_path, PUT=unknown_path, PATCH=unknown_path, DELETE=unknown_path)


def anything_else(request: HttpRequest, rest: str) -> HttpResponse:
    return _unknown(request, extension="json" if rest.endswith(".json") else "xml", rest=rest)


anything_else.__dict__.update(_unknown.__dict__)  # the same audience, and no form token asked either
