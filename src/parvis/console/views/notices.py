"""The last messages to people, and whether they left."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.cases import access
from parvis.console.views import lists
from parvis.notices.models import Notice
from parvis.people.models import Agent
from parvis.shared import audience


@audience.agent("person.read")
def notices(request: HttpRequest) -> HttpResponse:
    """Newest first, of the cases that this person may read; `etat` keeps one state."""
    state = request.GET.get("etat", "")
    if state and state not in Notice.State.values:
        return render(request, "console/admin/notices.html", _context(None, ""), status=400)
    rows = _readable(request.user).select_related("report")
    page = lists.newest_first(rows.filter(state=state) if state else rows, request)
    return render(request, "console/admin/notices.html", _context(page, state))


def _context(page: lists.Rows | None, state: str) -> dict[str, Any]:
    return {"page": page, "state": state, "states": Notice.State.choices, "section": "notices"}


def _readable(agent: Any) -> QuerySet[Notice]:
    assert isinstance(agent, Agent)
    if agent.may("case.read"):
        return Notice.objects.all()
    return Notice.objects.filter(report__case__in=access.cases_for(agent))
