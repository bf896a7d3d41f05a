"""Short and true pages: privacy, accessibility; and what robots read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from parvis.cases import photos, workflow
from parvis.shared import audience

ROBOTS = """User-agent: *
Disallow: /suivi/
Disallow: /signaler/
Disallow: /photos/
Disallow: /console/
Disallow: /langue
Disallow: /signaler?service=
Disallow: /dossiers/*/moi-aussi
"""


@audience.public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    hours = settings.SESSION_COOKIE_AGE // 3600
    context = {"draft_hours": hours, "aside_days": photos.KEPT_ASIDE.days, "reopening_days": workflow.REOPENING_DAYS}
    return render(request, "portal/privacy.html", context)


@audience.public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@audience.public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask without reading the page."""
    return redirect(static("ui/parvis.svg"), permanent=True)


@audience.public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
