"""Where is it? The address path and the map path end in the same place."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from parvis.places import geocoding
from parvis.portal import journey
from parvis.portal.forms.place import PlaceForm, key_of
from parvis.portal.views.report.frame import Page, step

PICKER = ["portal/_map_picker.html", "portal/report/_no_picker.html"]  # the first that exists


@step(journey.PLACE)
def place(request: HttpRequest, page: Page) -> HttpResponse:
    form = PlaceForm(page.service, page.sent, initial=page.initial())
    is_right = request.method == "POST" and form.is_valid()
    if is_right and form.location and not form.location.is_outside:
        return _keep(request, page, form.location)
    context = {
        "form": form, "outside": form.location, "city_phone": settings.PARVIS_CITY["phone"], "picker": PICKER,
        "candidates": [(key_of(candidate), candidate) for candidate in form.candidates],
    }  # fmt: skip
    return page.show(request, "place", 422 if form.is_bound else 200, **context)


def _keep(request: HttpRequest, page: Page, location: geocoding.Location) -> HttpResponse:
    """Another place may have other reports near it: ask again."""
    before = page.draft.location
    if before is None or (before.lon, before.lat) != (location.lon, location.lat):
        page.draft.undo(journey.NEARBY)
        page.draft.join_case_id = None
    page.draft.location = location
    return page.proceed(request)
