"""Is it already reported? Those who see their own problem in the list join it, and nobody waits twice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from parvis.cases import nearby
from parvis.portal import journey
from parvis.portal.views.report.frame import Page, step


@step(journey.NEARBY)
def already_reported(request: HttpRequest, page: Page) -> HttpResponse:
    similar = _similar(page)
    if request.method == "POST" or not similar:
        chosen = page.initial().get("rejoindre", "") if request.method == "POST" else ""
        page.draft.join_case_id = next((one.case_id for one in similar if str(one.case_id) == chosen), None)
        return page.proceed(request)
    return page.show(request, "nearby", similar=similar)


def _similar(page: Page) -> list[nearby.Nearby]:
    location = page.draft.location
    if location is None or location.lon is None or location.lat is None:
        return []
    return nearby.similar(page.service, location.lon, location.lat)
