"""« Nouvelle demande »: a report taken for somebody, on one page, with what is already reported in sight."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.cases import access, intake, nearby
from parvis.cases.errors import BadSubmission
from parvis.cases.models import Report
from parvis.catalogue import finding, promises
from parvis.catalogue.models import Service
from parvis.console import addresses, choices
from parvis.console.forms.intake import IntakeForm
from parvis.console.staff import StaffRequest
from parvis.people import persons
from parvis.people.errors import BadContact
from parvis.places import geocoding
from parvis.places.geocoding import Location
from parvis.shared import audience

SUGGESTED = 8


@audience.agent("case.create")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """The whole form. The button « Vérifier » looks things up without sending, for who has no script."""
    if request.method != "POST":
        return _show(request, IntakeForm())
    form = IntakeForm(request.POST)
    if "check" in request.POST:
        form.is_valid()
        return _show(request, _unjudged(form, request.POST), **_looked_up(request, form))
    return _submit(request, form)


def _unjudged(form: IntakeForm, data: Any) -> IntakeForm:
    """The form as it's filled, without the complaints of one that was sent; those on what was looked up stay."""
    judged = dict(form.errors)
    form.errors.clear()
    if "address" in judged:
        form.errors["address"] = judged["address"]
    return form


def _submit(request: StaffRequest, form: IntakeForm) -> HttpResponse:
    location = None
    if form.is_valid() and form.picked is None:
        form.add_error("service", _("Choisissez un service."))
    if form.is_valid() and form.cleaned_data["address"].strip():
        location = addresses.locate(form)
    if not form.is_valid() or form.picked is None:
        return _show(request, form, status=400, **_looked_up(request, form))
    if form.cleaned_data["join"] not in [one.case_id for one in _near(form.picked, location)]:
        form.cleaned_data["join"] = None  # only what was offered can be joined
    try:
        report = intake.submit(form.submission(form.picked, location, request.user))
    except BadSubmission as wrong:
        form.take(wrong.errors)
        return _show(request, form, status=400, **_looked_up(request, form))
    return redirect("console:registered", report.number)


def _show(request: StaffRequest, form: IntakeForm, *, status: int = 200, **looked_up: Any) -> HttpResponse:
    return render(request, "console/new.html", {"form": form, **looked_up}, status=status)


def _looked_up(request: StaffRequest, form: IntakeForm) -> dict[str, Any]:
    """What is already reported there, and what this person asked before, as far as the form says."""
    location = _one_place(request.POST.get("address", ""), request.POST.get("choice", ""))
    return {
        "location": location,
        "near": _near(form.picked, location),
        "known": _known(request, request.POST.get("phone", ""), request.POST.get("email", "")),
    }


def _one_place(typed: str, choice: str) -> Location | None:
    """The place that an address box names now, if it names one; never raises."""
    found = geocoding.find(typed[:200])[: addresses.OFFERED] if typed.strip() else []
    if choice.isascii() and choice.isdigit() and int(choice[:3]) < len(found):
        return found[int(choice[:3])]
    return found[0] if found else None


def _near(service: Service | None, location: Location | None) -> list[nearby.Nearby]:
    if service is None or location is None or location.lon is None or location.lat is None:
        return []
    return nearby.similar(service, location.lon, location.lat)


def _known(request: StaffRequest, phone: str, email: str) -> list[Report]:
    """What the person at this phone or e-mail asked lately."""
    if not request.user.may("person.read"):
        return []
    try:
        people = persons.known_at(email=email, phone=phone)
    except BadContact:
        return []
    reports = Report.objects.filter(person__in=people, case__in=access.cases_for(request.user))
    return list(reports.select_related("case", "service", "person").order_by("-submitted_at")[:5])


@audience.agent("case.create")
@require_safe
def registered(request: StaffRequest, number: str) -> HttpResponse:
    """The number to read aloud, and what was promised."""
    report = access.report_by_number(number)
    if report is None:
        raise Http404
    case = access.case_for(request.user, report.case_id)
    promise = promises.sentence(report.service, case.due_at, get_language() or "fr")
    context = {"report": report, "case": case, "promise": promise, "groups": _groups(report.number)}
    return render(request, "console/registered.html", context)


def _groups(number: str) -> list[str]:
    """'2647183092' in the groups that people say and write down."""
    return [number[:2], number[2:6], number[6:]]


@audience.agent("case.create")
@require_safe
def services(request: StaffRequest) -> HttpResponse:
    """The options of the service box that answer what was typed, best first."""
    typed = request.GET.get("find", "").strip()[:100]
    context: dict[str, Any] = {"groups": choices.services()}
    if typed:
        context = {"found": finding.services(typed, limit=12)}
    return render(request, "console/parts/service_options.html", context)


@audience.agent("case.create")
@require_http_methods(["POST"])
def questions(request: StaffRequest) -> HttpResponse:
    """The part of the form that depends on the service and on the answers so far."""
    form = _unjudged(IntakeForm(request.POST), request.POST)
    return render(request, "console/parts/intake_questions.html", {"form": form})


@audience.agent("case.create")
@require_http_methods(["POST"])
def around(request: StaffRequest) -> HttpResponse:
    """What is already reported there, and what this person asked before."""
    form = _unjudged(IntakeForm(request.POST), request.POST)
    return render(request, "console/parts/intake_around.html", {"form": form, **_looked_up(request, form)})


@audience.agent("console.open")
@require_safe
def places(request: StaffRequest) -> HttpResponse:
    """Addresses that begin like what was typed, for the list under an address box."""
    typed = next((str(value) for name, value in request.GET.items() if name.endswith("address")), "").strip()[:200]
    found = geocoding.suggest(typed, SUGGESTED) if len(typed) > 2 else []
    return render(request, "console/parts/place_options.html", {"found": found})
