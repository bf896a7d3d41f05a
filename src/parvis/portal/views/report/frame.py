"""What every step shares: find the draft, keep what was typed, move on, and be kind when the draft is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from parvis.catalogue.models import Service
from parvis.portal import drafts, emergencies, journey
from parvis.portal.drafts import Draft, Typed
from parvis.portal.views.language import remember
from parvis.shared import audience, text

NOT_TYPED = {"csrfmiddlewaretoken", "draft", "service", "language", "action", "retirer"}
LONGEST = 20_000  # characters kept of one field: a form refuses far less, and says so


@dataclass
class Page:
    """One step of one draft, as a view receives it."""

    draft: Draft
    service: Service
    step: str
    sent: QueryDict | None = None  # the fields that were just sent, without control characters; None on a GET

    def proceed(self, request: HttpRequest) -> HttpResponse:
        """The step is right: keep it and go where the next question is."""
        self.draft.complete(self.step)
        drafts.save(request.session, self.draft)
        return redirect(f"portal:step_{journey.next_step(self.service, self.draft)}")

    def show(self, request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """The page of this step. 422 when something that was typed must be corrected."""
        before = journey.step_before(self.service, self.step)
        context |= {
            "page": self, "draft": self.draft, "service": self.service, "before": before,
            "progress": journey.progress(self.service, self.step), "section": "report", "alarm": self.alarm,
        }  # fmt: skip
        return render(request, f"portal/report/{template}.html", context, status=status)

    @property
    def alarm(self) -> emergencies.Line | None:
        """Whom to call, once the person has said that somebody is in danger."""
        answered_yes = self.draft.value(journey.EMERGENCY, "danger") == "yes"
        return emergencies.line(self.service.screen_route) if answered_yes else None

    def initial(self) -> Typed:
        return self.draft.typed.get(self.step, {})


StepView = Callable[[HttpRequest, Page], HttpResponse]


def step(slug: str) -> Callable[[StepView], Callable[[HttpRequest], HttpResponse]]:
    """Make a view of (request, page) into the door of one step."""

    def decorate(view: StepView) -> Callable[[HttpRequest], HttpResponse]:
        @audience.public
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            draft = drafts.current(request)
            service = _service(draft.service) if draft else None
            if draft is None or service is None:
                return _without_draft(request, slug)
            page = Page(draft, service, slug)
            if request.method == "POST":
                page.sent = without_control_characters(request.POST)
                return _keep_typed(request, page) or view(request, page)
            return _wrong_place(page) or view(request, page)

        return guarded

    return decorate


def _service(code: str) -> Service | None:
    return Service.objects.filter(code=text.clean(code), is_active=True).select_related("category").first()


def _keep_typed(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Save the fields before anything is checked; answer at once if the button was only the switch of language."""
    page.draft.typed[page.step] = page.draft.typed.get(page.step, {}) | typed(page.sent or request.POST)
    page.draft.undo(page.step)
    drafts.save(request.session, page.draft)
    if "language" in request.POST:
        return remember(redirect(f"portal:step_{page.step}"), request.POST["language"])
    return None


def without_control_characters(sent: QueryDict) -> QueryDict:
    """What a form is bound to, and shows again: a NUL or a mark of direction is never what a person meant to type."""
    cleaned = sent.copy()
    for name, values in sent.lists():
        cleaned.setlist(name, [text.clean(value[:LONGEST]) for value in values])
    return cleaned


def typed(sent: QueryDict) -> Typed:
    """The fields of a form as plain data: a text, or a list where several were ticked."""
    fields = {name: values for name, values in sent.lists() if name not in NOT_TYPED}
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def _wrong_place(page: Page) -> HttpResponse | None:
    """A step that this service doesn't need, or that comes too early: go where the form stands."""
    steps = journey.steps_for(page.service)
    due = journey.next_step(page.service, page.draft)
    if page.step in steps and steps.index(page.step) <= steps.index(due):
        return None
    return redirect(f"portal:step_{due}")


def _without_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft was sent already, or expired: say which; what was just typed isn't lost."""
    sent = drafts.sent_with(request.session, request.POST.get("draft", "")) if request.method == "POST" else None
    if sent or (request.method != "POST" and drafts.last_sent(request.session)):
        return redirect("portal:report_sent")
    service = _service(request.POST.get("service", ""))
    if service is None:
        return render(request, "portal/report/expired.html", {"section": "report"}, status=410)
    draft = drafts.begin(request.session, service.code)
    draft.typed[slug] = typed(without_control_characters(request.POST))
    drafts.save(request.session, draft)
    messages.info(
        request,
        _("Votre formulaire avait expiré. Nous avons gardé ce que vous veniez d’écrire ; le reste est à refaire."),
    )
    return redirect(f"portal:step_{journey.next_step(service, draft)}")


def first_error(form: forms.Form) -> int:
    """The HTTP status of a page that shows a form: 422 when it must be corrected."""
    return 422 if form.is_bound and form.errors else 200
