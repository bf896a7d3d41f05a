"""Pictures of a case, for staff who may read it."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from parvis.cases import access, photos
from parvis.console.staff import StaffRequest
from parvis.shared import audience


@audience.agent("console.open")
@require_safe
@cache_control(private=True, max_age=3600)
def photo(request: StaffRequest, photo_id: UUID, size: str) -> FileResponse:
    if size not in photos.SIZES:
        raise Http404
    path = photos.path(access.photo_for(str(photo_id), agent=request.user), size)
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/jpeg")
