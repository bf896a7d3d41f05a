"""Everything on one page before it leaves, and the one button that sends it. Pressed twice, it makes one report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.cases import intake
from parvis.cases.errors import BadSubmission
from parvis.catalogue import asking, opening
from parvis.catalogue.errors import BadAnswers
from parvis.portal import drafts, journey
from parvis.portal.forms.details import answers_in
from parvis.portal.forms.who import contact_in
from parvis.portal.views.report.frame import Page, step
from parvis.shared import pace


@dataclass(frozen=True)
class Line:
    """One thing that was said, as the check shows it."""

    label: str
    value: str


STEP_OF = {  # field of the room's errors → the step that asks for it; the rest is about the person
    "service": "",
    "location": journey.PLACE,
    "description": journey.DETAILS,
    "answers": journey.DETAILS,
    "photos": journey.DETAILS,
}


@step(journey.CHECK)
def check(request: HttpRequest, page: Page) -> HttpResponse:
    if request.method == "POST":
        due = journey.next_step(page.service, page.draft)
        return _send(request, page) if due == journey.CHECK else redirect(f"portal:step_{due}")
    return _show(request, page)


def _send(request: HttpRequest, page: Page) -> HttpResponse:
    if not pace.may_report(request.META, request.session.session_key):
        messages.error(request, pace.sentence())
        return _show(request, page, status=429)
    try:
        report = intake.submit(submission_of(page))
    except BadSubmission as wrong:
        return _show(request, page, wrong.errors)
    drafts.drop(request.session, page.draft)
    drafts.remember_sent(request.session, drafts.Sent(page.draft.key, report.number, report.secret))
    return redirect("portal:report_sent")


def submission_of(page: Page) -> intake.Submission:
    draft, who = page.draft, page.draft.typed.get(journey.WHO, {})
    contact = contact_in(who)
    return intake.Submission(
        service=page.service,
        description=draft.value(journey.DETAILS, "description"),
        answers=answers_in(draft.typed.get(journey.DETAILS, {})),
        location=draft.location if journey.PLACE in journey.steps_for(page.service) else None,
        contact=None if contact.is_empty else contact,
        language=contact.language,
        photo_ids=tuple(draft.photos),
        join_case_id=draft.join_case_id,
        wants_notices=bool(who.get("avis")),
        idempotency_key=draft.key,
        screen_answer=draft.value(journey.EMERGENCY, "danger"),
    )


def _show(request: HttpRequest, page: Page, errors: dict[str, str] | None = None, *, status: int = 200) -> HttpResponse:
    wrong = [(STEP_OF.get(name.split(".")[0], journey.WHO), sentence) for name, sentence in (errors or {}).items()]
    context = {
        "wrong": wrong,
        "said": _said(page),
        "who": _who(page),
        "photos": page.draft.photos,
        "opening": opening.status(),
    }
    return page.show(request, "check", 422 if wrong else status, **context)


def _said(page: Page) -> list[Line]:
    answers = _kept(page)
    lines = [Line(label, told) for label, told in asking.readable(page.service, answers, get_language() or "fr")]
    description = page.draft.value(journey.DETAILS, "description")
    return [*lines, Line(_("Description"), description)] if description else lines


def _kept(page: Page) -> dict[str, Any]:
    """The answers as they'd be kept; as typed if the catalogue changed in between and they no longer hold."""
    raw = answers_in(page.draft.typed.get(journey.DETAILS, {}))
    try:
        return asking.check_answers(page.service, raw)
    except BadAnswers:
        return raw


def _who(page: Page) -> list[Line]:
    contact = contact_in(page.draft.typed.get(journey.WHO, {}))
    lines = [Line(_("Nom"), contact.name), Line(_("Courriel"), contact.email), Line(_("Téléphone"), contact.phone)]
    return [line for line in lines if line.value]
