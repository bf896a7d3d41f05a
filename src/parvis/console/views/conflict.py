"""Two people changed the same case: both versions side by side, and nothing typed is lost."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from parvis.cases import drafts, history, workflow
from parvis.cases.models import Case
from parvis.console import drafting
from parvis.console.forms.case import CaseForm
from parvis.console.forms.moves import MoveForm
from parvis.console.staff import StaffRequest


def show(request: StaffRequest, current: Case, form: CaseForm) -> HttpResponse:
    """409, with what was sent, what the case holds now, and what happened in between."""
    kept = {**drafts.load(request.user, current.pk), **drafting.typed({k: str(v) for k, v in request.POST.items()})}
    drafts.save(request.user, current.pk, kept)
    since = form.seen_moment
    lines = [line for line in history.lines(current) if since is not None and line.at >= since]
    context = {
        "case": current,
        "differences": form.differences(current),
        "since": lines or history.lines(current)[-1:],
        "resend": _resend(request, form, current),
        "may_resend": _may_resend(request, form, current),
    }
    return render(request, "console/conflict.html", context, status=409)


def _resend(request: StaffRequest, form: CaseForm, current: Case) -> list[tuple[str, str]]:
    """Every field as it was sent, under the version that the case has now."""
    fresh = {f"{form.prefix}-version": str(current.version)}
    pictures = f"{form.prefix}-kept"
    fields = [
        (name, fresh.get(name, value))
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", pictures)
        for value in values
    ]
    return fields + [(pictures, str(kept)) for kept in form.cleaned_data.get("photos") or []]


def _may_resend(request: StaffRequest, form: CaseForm, current: Case) -> bool:
    if not isinstance(form, MoveForm):
        return current.merged_into_id is None
    return any(arrow.to == form.arrow.to for arrow in workflow.moves_for(current, request.user))
