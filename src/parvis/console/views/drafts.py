"""What is typed and not sent yet, and who else has the case open: small posts that the page sends by itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from parvis.cases import access, drafts
from parvis.console import drafting
from parvis.console.staff import StaffRequest
from parvis.shared import audience, clock


@audience.agent("console.open")
@require_POST
def save(request: StaffRequest, case_id: int) -> HttpResponse:
    fields = drafting.typed({name: str(value) for name, value in request.POST.items()})
    drafts.save(request.user, case_id, fields)
    return render(request, "console/case/_draft_saved.html", {"at": clock.now(), "is_kept": bool(fields)})


@audience.agent("console.open")
@require_POST
def drop(request: StaffRequest, case_id: int) -> HttpResponse:
    """Start over: forget everything typed on this case."""
    access.case_for(request.user, case_id)
    drafts.drop(request.user, case_id)
    return redirect("console:case", case_id)


@audience.agent("console.open")
@require_POST
def presence(request: StaffRequest, case_id: int) -> HttpResponse:
    """« Je suis encore là »; answers who else is."""
    access.case_for(request.user, case_id)
    drafts.touch(request.user, case_id)
    others = drafts.others_on(request.user, case_id)
    return render(request, "console/case/_presence.html", {"others_here": others})
