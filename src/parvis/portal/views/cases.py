"""A case as strangers see it, and « moi aussi »."""

from __future__ import annotations

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
from parvis.portal import drafts
from parvis.portal.forms.join import JoinForm
from parvis.shared import audience


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
    told = public.summary(case)
    if not told.is_open:
        return redirect("portal:case_public", case_id=case.pk)
    key = request.session.setdefault("joining", {}).setdefault(str(case.pk), uuid.uuid4().hex)
    request.session.modified = True
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _join(request, case, form, key)
        except BadSubmission as wrong:
            for sentence in wrong.errors.values():
                form.add_error(None, sentence)
    context = {"case": case, "told": told, "form": form, "section": "map"}
    return render(request, "portal/join.html", context, status=422 if form.is_bound and form.errors else 200)


def _join(request: HttpRequest, case: Case, form: JoinForm, key: str) -> HttpResponse:
    language = (get_language() or "fr")[:2]
    contact = replace(form.contact, language=language)
    report = intake.submit(
        intake.Submission(
            service=case.service,
            contact=None if contact.is_empty else contact,
            join_case_id=case.pk,
            language=language,
            wants_notices=not contact.is_empty,
            idempotency_key=key,
        )
    )
    request.session["joining"].pop(str(case.pk), None)
    drafts.remember_sent(request.session, drafts.Sent(key, report.number, report.secret))
    return redirect("portal:report_sent")


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
