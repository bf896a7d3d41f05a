"""One box: what can we do for you? It finds services and tracking numbers, as one types or on a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from parvis.portal import emergencies
from parvis.portal.finding import browse, look_for
from parvis.shared import audience


@audience.public
@require_safe
@vary_on_headers("HX-Request")
def home(request: HttpRequest) -> HttpResponse:
    found = look_for(request.GET.get("q", ""))
    if request.headers.get("HX-Request"):
        return render(request, "portal/_found.html", {"found": found, "keep": _kept(request)})
    if found.number:
        return redirect("portal:tracking", number=found.number)
    context = {"found": found, "categories": browse(), "lines": emergencies.lines(), "section": "home"}
    return render(request, "portal/home.html", context)


def _kept(request: HttpRequest) -> str:
    """What the links of the results carry on: `changer=1` when a draft in hand changes its subject."""
    return "&changer=1" if request.GET.get("changer") == "1" else ""
