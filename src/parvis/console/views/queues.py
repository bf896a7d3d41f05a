"""What waits: one queue, its filters, and a page of its cases."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from parvis.cases import queues
from parvis.console import paging, reading
from parvis.console.forms.filters import FilterForm
from parvis.console.staff import StaffRequest
from parvis.people.models import Agent
from parvis.shared import audience

PAGE_SIZE = 50


@audience.agent("console.open")
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The first queue that holds something for this person; a welcome for who reads no case."""
    agent: Agent = request.user
    if not reading.reads_cases(agent):
        return render(request, "console/welcome.html")
    return show(request, first_queue(agent))


def first_queue(agent: Agent) -> str:
    """Mine, else my teams', else what nobody has taken: where the day's work is."""
    for code in ("mine", "team", "department", "unassigned"):
        if queues.in_queue(agent, code).exists():
            return code
    return "open"


@audience.agent("console.open")
@require_safe
def queue(request: StaffRequest, code: str) -> HttpResponse:
    if not reading.reads_cases(request.user):
        raise PermissionDenied
    if code not in queues.QUEUES:
        raise Http404
    return show(request, code)


def show(request: StaffRequest, code: str) -> HttpResponse:
    jump = reading.jump(request.user, request.GET.get("q", ""))
    if jump is not None:
        return redirect("console:case", jump)
    form = FilterForm(code, request.GET)
    if not form.is_valid():
        context = _frame(code, form)
        return render(request, "console/queue.html", context, status=400)
    at = paging.Position.read(request.GET)
    page = queues.page(request.user, form.filters(), after=at.after, size=PAGE_SIZE)
    context = {**_frame(code, form), "rows": page.rows, "pager": at.pager(request.GET, page.next_cursor)}
    return render(request, "console/queue.html", context)


def _frame(code: str, form: FilterForm) -> dict[str, Any]:
    return {"queue": code, "heading": queues.QUEUES[code], "form": form}
