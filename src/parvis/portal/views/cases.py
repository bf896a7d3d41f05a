"""A case as strangers see it, and « moi aussi »."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from parvis.cases import intake, public
from parvis.cases.errors import BadSubmission
from parvis.cases.models import Case
from parvis.catalogue import promises
from parvis.places.geocoding import Location
from parvis.places.models import Precision
from parvis.portal import drafts, journey
from parvis.portal.forms.join import JoinForm
from parvis.shared import audience, pace

JOINED_KEPT = 50  # cases that one browser is known to have joined


@audience.public
@require_safe
def case_public(request: HttpRequest, case_id: int) -> HttpResponse:
    """404 for a case that isn't on the map; a merged one leads to the case that took its reports."""
    case = _visible(case_id)
    if case.pk != case_id:
        return redirect("portal:case_public", case_id=case.pk, permanent=False)
    told = public.summary(case)
    promise = promises.sentence(case.service, told.due_at, get_language() or "fr") if told.due_at else ""
    context = {
        "case": case, "told": told, "steps": public.steps(case), "promise": promise,
        "public_photos": list(case.photos.filter(is_public=True)), "section": "map",
    }  # fmt: skip
    return render(request, "portal/case.html", context)


@audience.public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, case_id: int) -> HttpResponse:
    """One more person waits for the same thing: a report of their own, with its number."""
    case = _visible(case_id)
    if not case.is_open:
        return redirect("portal:case_public", case_id=case.pk)
    joining = request.session.get("joining", {})
    key = joining.get(str(case.pk)) or uuid.uuid4().hex
    request.session["joining"] = dict([*joining.items(), (str(case.pk), key)][-JOINED_KEPT:])
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not pace.may_report(request.META, request.session.session_key):
        form.add_error(None, pace.sentence())
        return _show_join(request, case, form, 429)
    if request.method == "POST" and form.is_valid():
        try:
            return _join(request, case, form, _own_key(key, form))
        except BadSubmission as wrong:
            if any(name.startswith("answers.") for name in wrong.errors):
                return _ask_first(request, case, form)
            for sentence in wrong.errors.values():
                form.add_error(None, sentence)
    return _show_join(request, case, form, 422 if form.is_bound and form.errors else 200)


def _show_join(request: HttpRequest, case: Case, form: JoinForm, status: int) -> HttpResponse:
    context = {"case": case, "told": public.summary(case), "form": form, "section": "map"}
    return render(request, "portal/join.html", context, status=status)


def _own_key(key: str, form: JoinForm) -> str:
    """One browser joins a case once without a name, and once for each e-mail: pressing again gives the same number."""
    return hashlib.sha256(f"{key} {form.contact.email.strip().lower()}".encode()).hexdigest()


def _join(request: HttpRequest, case: Case, form: JoinForm, key: str) -> HttpResponse:
    language = (get_language() or "fr")[:2]
    contact = replace(form.contact, language=language)
    report = intake.submit(
        intake.Submission(
            service=case.service,
            location=_place_of(case),
            contact=None if contact.is_empty else contact,
            join_case_id=case.pk,
            language=language,
            wants_notices=not contact.is_empty,
            idempotency_key=key,
        )
    )
    drafts.remember_sent(request.session, drafts.Sent(key, report.number, report.secret))
    return redirect("portal:report_sent")


def _place_of(case: Case) -> Location | None:
    """Where the case is, as strangers know it: all that one says by joining it from its public page."""
    if case.place is None:
        return None
    label = case.place.public_label
    return Location(
        label, label, case.public_lon, case.public_lat, Precision.SEGMENT, case.place.street_id, case.place.segment_id,
        case.place.borough_id, case.place.neighbourhood_id,
    )  # fmt: skip


def _ask_first(request: HttpRequest, case: Case, form: JoinForm) -> HttpResponse:
    """The service has questions that everybody must answer: go on in the form, with the rest filled in."""
    draft = drafts.begin(request.session, case.service.code)
    draft.location, draft.join_case_id = _place_of(case), case.pk
    draft.typed[journey.WHO] = {"courriel": form.contact.email, "avis": "on", "langue": (get_language() or "fr")[:2]}
    draft.done = [journey.PLACE, journey.NEARBY]
    drafts.save(request.session, draft)
    return redirect(f"portal:step_{journey.next_step(case.service, draft)}")


def _visible(case_id: int) -> Case:
    """The standing case behind an id, if strangers may see it. Raises Http404."""
    case = Case.objects.filter(pk=case_id).only("merged_into_id").first()
    for _hop in range(5):
        if case is None or case.merged_into_id is None:
            break
        case = Case.objects.filter(pk=case.merged_into_id).only("merged_into_id").first()
    found = public.standing().select_related("service", "place").filter(pk=case.pk).first() if case else None
    if found is None:
        raise Http404
    return found
