"""Is somebody in danger? Asked before anything else; the answer is a number to call, and never a closed door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.portal import drafts, emergencies, journey
from parvis.portal.forms.emergency import EmergencyForm
from parvis.portal.views.report.frame import Page, first_error, step


@step(journey.EMERGENCY)
def emergency(request: HttpRequest, page: Page) -> HttpResponse:
    if page.service.emergency == "always" and not page.service.screen_question:
        return _always(request, page)
    if "poursuivre" in request.POST and page.alarm:
        return page.proceed(request)
    if request.method != "POST" and request.GET.get("alarme") and page.alarm:
        return page.show(request, "emergency_call", line=page.alarm)
    form = EmergencyForm(page.service, page.sent, initial=page.initial())
    if request.method == "POST" and form.is_valid():
        return _answered(request, page, form.cleaned_data["danger"])
    return page.show(request, "emergency", first_error(form), form=form)


def _answered(request: HttpRequest, page: Page, answer: str) -> HttpResponse:
    """A yes shows whom to call on a page of its own; the person may still go on."""
    if answer != "yes":
        return page.proceed(request)
    page.draft.complete(page.step)
    drafts.save(request.session, page.draft)
    response = redirect("portal:step_urgence")
    response["Location"] += "?alarme=1"
    return response


def _always(request: HttpRequest, page: Page) -> HttpResponse:
    """Some subjects are emergencies by nature: the notice comes without a question."""
    if request.method == "POST":
        return page.proceed(request)
    return page.show(request, "emergency_call", line=emergencies.line(page.service.screen_route), is_always=True)
