"""Pictures, each asked for by id and answered only to those who may see it: never by a path on the disk."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from parvis.cases import access, photos
from parvis.cases.errors import NotFoundOrNotYours
from parvis.cases.models import Photo, Report
from parvis.people.models import Agent
from parvis.portal import drafts
from parvis.shared import audience


@audience.public
@require_safe
def photo(request: HttpRequest, photo_id: uuid.UUID, size: str) -> HttpResponseBase:
    """A published picture for anyone; one of their own draft for its author; the rest for staff who read the case."""
    if drafts.holds_photo(request.session, str(photo_id)):
        aside = photos.aside([photo_id])
        if aside:
            return _answer(aside[0], size, is_public=False)
    agent = request.user if isinstance(request.user, Agent) else None
    return _find(photo_id, size, agent=agent)


@audience.person
@require_safe
def photo_of_report(request: HttpRequest, number: str, secret: str, photo_id: uuid.UUID, size: str) -> HttpResponseBase:
    """A picture of the report that the secret link opens."""
    try:
        return _find(photo_id, size, report=access.report_by_secret(number, secret))
    except NotFoundOrNotYours:
        raise Http404 from None


def _find(
    photo_id: uuid.UUID, size: str, *, agent: Agent | None = None, report: Report | None = None
) -> HttpResponseBase:
    try:
        found = access.photo_for(str(photo_id), agent=agent, report=report)
    except NotFoundOrNotYours:
        raise Http404 from None
    return _answer(found, size, is_public=found.is_public)


def _answer(photo: Photo, size: str, *, is_public: bool) -> HttpResponseBase:
    path: Path = photos.path(photo, size) if size in photos.SIZES else Path("/nowhere")
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=86400" if is_public else "private, no-store"
    response["Content-Disposition"] = f'inline; filename="photo-{size}.jpg"'
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
