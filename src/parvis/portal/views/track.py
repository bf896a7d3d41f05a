"""Where is it at? By number for anyone who holds it, and whole through the secret link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.cases import access, public, workflow
from parvis.cases.errors import CaseError, NotFoundOrNotYours
from parvis.cases.models import Report
from parvis.catalogue import asking, promises
from parvis.notices import preferences
from parvis.portal.forms.track import TrackForm
from parvis.shared import audience, pace, tracking


@audience.public
@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """The box for a number; what isn't one stays in it, with a sentence."""
    form = TrackForm(request.GET if "numero" in request.GET else None)
    if form.is_valid():
        return redirect("portal:tracking", number=tracking.spoken(form.cleaned_data["numero"]))
    return render(
        request, "portal/track.html", {"form": form, "section": "track"}, status=422 if form.is_bound else 200
    )


@audience.public
@require_safe
def by_number(request: HttpRequest, number: str) -> HttpResponse:
    """Service, state, dates and street segment: nothing of the person, nor of what they wrote."""
    if not pace.WRONG_NUMBERS.is_kept(pace.visitor_at(request.META)):
        return _too_many(request)
    report = access.report_by_number(number)
    if report is None:
        return _unknown(request, number)
    return _private(render(request, "portal/tracking.html", _context(report)))


@audience.person
@require_safe
def by_secret(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    """Everything that the person said, with what they may do."""
    try:
        report = access.report_by_secret(number, secret)
    except NotFoundOrNotYours:
        return _unknown(request, number)
    context = _context(report, whole=True)
    context["public_photos"] = [photo for photo in context["public_photos"] if photo.report_id != report.pk]
    context |= {
        "secret": report.secret, "answers": asking.readable(report.service, report.answers, get_language() or "fr"),
        "own_photos": list(report.photos.all()),
        "may_reopen": workflow.may_resident_reopen(report.case), "person": report.person,
    }  # fmt: skip
    return _private(render(request, "portal/tracking_whole.html", context))


@audience.person
@require_POST
def reopen(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    """« Ce n’est pas réglé »."""
    try:
        workflow.reopen_for_resident(access.report_by_secret(number, secret).case_id)
    except NotFoundOrNotYours:
        return _unknown(request, number)
    except CaseError:
        messages.error(request, _("Cette demande ne peut plus être rouverte ici. Faites-en une nouvelle."))
    else:
        messages.success(request, _("C’est noté : votre demande est rouverte et l’équipe est prévenue."))
    return redirect("portal:tracking_secret", number=number, secret=secret)


@audience.person
@require_POST
def change_notices(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    """Stop the e-mails of this report, or have them again."""
    try:
        report = access.report_by_secret(number, secret)
    except NotFoundOrNotYours:
        return _unknown(request, number)
    if request.POST.get("avis") == "oui":
        preferences.resume(report)
        messages.success(request, _("C’est noté : vous recevrez un courriel à chaque étape."))
    else:
        preferences.stop(report)
        messages.success(request, _("C’est noté : vous ne recevrez plus de courriel pour cette demande."))
    return redirect("portal:tracking_secret", number=number, secret=secret)


def _context(report: Report, *, whole: bool = False) -> dict[str, Any]:
    case = report.case
    told = public.summary(case)
    language = get_language() or "fr"
    return {
        "report": report, "told": told, "steps": public.steps(case, with_replies=whole),
        "promise": promises.sentence(case.service, told.due_at, language) if told.due_at else "",
        "public_photos": list(case.photos.filter(is_public=True)), "others": max(told.reports_count - 1, 0),
        "section": "track",
    }  # fmt: skip


def _unknown(request: HttpRequest, number: str) -> HttpResponse:
    pace.WRONG_NUMBERS.count(pace.visitor_at(request.META))
    if len(number) > 40:
        raise Http404
    return render(request, "portal/tracking_unknown.html", {"typed": number, "section": "track"}, status=404)


def _too_many(request: HttpRequest) -> HttpResponse:
    messages.error(request, pace.sentence())
    return _private(render(request, "portal/track.html", {"form": TrackForm(), "section": "track"}, status=429))


def _private(response: HttpResponse) -> HttpResponse:
    """Neither kept by a shared cache nor listed by a search engine."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
