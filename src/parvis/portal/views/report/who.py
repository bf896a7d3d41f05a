"""How to reach the person: last, and optional where the service allows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from parvis.portal import journey
from parvis.portal.forms.who import WhoForm
from parvis.portal.views.report.frame import Page, first_error, step


@step(journey.WHO)
def who(request: HttpRequest, page: Page) -> HttpResponse:
    if request.method == "POST" and "avis" not in request.POST:
        page.initial().pop("avis", None)
    asked_before = bool(page.initial())
    start = page.initial() if asked_before else {"avis": True, "langue": (get_language() or "fr")[:2]}
    form = WhoForm(page.service, page.sent, initial=start)
    if request.method == "POST" and form.is_valid():
        return page.proceed(request)
    return page.show(request, "who", first_error(form), form=form)
