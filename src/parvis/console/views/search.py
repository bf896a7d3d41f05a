"""Finding anything: a number jumps to its case; words and streets list cases, services narrow a queue."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from parvis.cases import queues
from parvis.catalogue import finding
from parvis.console import paging, reading
from parvis.console.staff import StaffRequest
from parvis.shared import audience, text, tracking

PAGE_SIZE = 50
AS_YOU_TYPE = 6
TYPED_MAX = 200


@audience.agent("console.open")
@require_safe
def search(request: StaffRequest) -> HttpResponse:
    typed = _typed(request)
    jump = reading.jump(request.user, typed)
    if jump is not None:
        return redirect("console:case", jump)
    context: dict[str, Any] = {"typed": typed, "is_number": tracking.read(typed) is not None}
    if typed:
        at = paging.Position.read(request.GET)
        page = queues.page(request.user, _anywhere(typed), after=at.after, size=PAGE_SIZE)
        context |= {"rows": page.rows, "pager": at.pager(request.GET, page.next_cursor)}
        context |= {"services": finding.services(typed, limit=AS_YOU_TYPE)}
    return render(request, "console/search.html", context)


@audience.agent("console.open")
@require_safe
def as_you_type(request: StaffRequest) -> HttpResponse:
    """The few best answers, under the box of the top bar."""
    typed = _typed(request)
    context: dict[str, Any] = {"typed": typed, "jump": reading.jump(request.user, typed)}
    if len(typed) > 1 and context["jump"] is None:
        context["rows"] = queues.page(request.user, _anywhere(typed), size=AS_YOU_TYPE).rows
        context["services"] = finding.services(typed, limit=3)
    return render(request, "console/parts/search_answers.html", context)


def _typed(request: StaffRequest) -> str:
    if not reading.reads_cases(request.user):
        raise PermissionDenied
    return text.clean(request.GET.get("q", "")[:TYPED_MAX])


def _anywhere(typed: str) -> queues.Filters:
    return queues.Filters(queue="all", text=typed, order="newest")
