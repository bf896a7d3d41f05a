"""Which letters there are, when each is still true, and their words in the person's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from parvis.cases import workflow
from parvis.cases.models import Case, Message, Report
from parvis.cases.states import Outcome, State
from parvis.catalogue import promises
from parvis.notices.errors import UnknownKind

# Event of the ledger → letter. Templates: templates/notices/<letter>.{fr,en}.txt
KIND_OF = {
    "report.submitted": "acknowledgement",
    "report.joined": "joined",
    "case.accepted": "case_accepted",
    "case.planned": "case_planned",
    "case.started": "case_started",
    "case.waiting": "case_waiting",
    "case.closed": "case_closed",
    "case.reopened": "case_reopened",
    "case.due_changed": "case_due_changed",
    "case.replied": "case_replied",
}
KINDS = tuple(KIND_OF.values())
HERE = "http://127.0.0.1:3110"  # what links begin with where PARVIS_URL isn't set: this machine


@dataclass(frozen=True)
class Letter:
    """What a person reads: the subject on one line, the body as plain text."""

    subject: str
    body: str


@dataclass(frozen=True)
class Facts:
    """All that a template may say. Nothing about anybody else, and no internal word."""

    number: str  # 26-4718-3092
    service: str
    place: str  # street and crossing: a mistyped e-mail mustn't carry a home address to a stranger
    link: str
    city: str
    phone: str
    email: str  # where answers are read, "" when nowhere
    reports_count: int
    promise: str  # « d’ici le mardi 24 mars 2026 », "" when no date can be promised
    is_late: bool
    is_paused: bool
    planned_for: date | None
    waiting_reason: str
    outcome: str
    outcome_word: str
    outcome_sentence: str
    outcome_party: str
    may_reopen: bool
    reopening_days: int = workflow.REOPENING_DAYS
    reply: str = ""
    event: Mapping[str, Any] = field(default_factory=dict)  # what the ledger says of this change: from_state…


def compose(report: Report, kind: str, event: Mapping[str, Any] | None = None) -> Letter:
    """The letter `kind` about this report as its case stands now, in the report's language.

    `event`: data of the ledger entry that is being told; None for a preview. Raises UnknownKind.
    """
    if kind not in KINDS:
        raise UnknownKind(kind)
    language = "en" if report.language == "en" else "fr"
    with override(language):
        facts = _facts(report, kind, event or {})
        text = render_to_string(f"notices/{kind}.{language}.txt", {"f": facts})
    subject, _sep, body = text.strip().partition("\n")
    return Letter(subject.strip(), _tidy(body))


def preview(report: Report, kind: str) -> tuple[str, str]:
    """Subject and body of a letter as it would be written now. Raises UnknownKind."""
    letter = compose(report, kind)
    return letter.subject, letter.body


def still_stands(kind: str, case: Case, event: Mapping[str, Any]) -> bool:
    """Is it still true? A case may have moved on before the letter is written; the next letter then says so."""
    if case.merged_into_id is not None:
        return False
    rule = _STANDS.get(kind)
    return rule is None or rule(case, event)


_STANDS: dict[str, Callable[[Case, Mapping[str, Any]], bool]] = {
    "case_accepted": lambda case, event: case.is_open,
    "case_planned": lambda case, event: case.is_open and str(case.planned_for) == event.get("planned_for"),
    "case_started": lambda case, event: case.is_open,
    "case_waiting": lambda case, event: case.state == State.WAITING and case.waiting_reason == event.get("reason"),
    "case_closed": lambda case, event: case.state == State.CLOSED and case.outcome == event.get("outcome"),
    "case_reopened": lambda case, event: case.is_open,
    "case_due_changed": lambda case, event: case.is_open,
}


def _facts(report: Report, kind: str, event: Mapping[str, Any]) -> Facts:
    case = report.case
    is_first = kind in ("acknowledgement", "joined")
    place = report.place or case.place
    return Facts(
        number=report.spoken_number,
        service=(report.service if is_first else case.service).name,
        place=place.public_label if place else "",
        link=link_to(report),
        city=settings.PARVIS_CITY["name"],
        phone=settings.PARVIS_CITY["phone"],
        email=settings.PARVIS_CITY["email"],
        reports_count=case.reports_count,
        promise=promises.sentence(case.service, case.due_at, report.language) if case.due_at else "",
        is_late=case.is_overdue(),
        is_paused=case.clock_paused_at is not None,
        planned_for=case.planned_for,
        waiting_reason=case.waiting_reason,
        outcome=case.outcome,
        outcome_word=str(Outcome(case.outcome).label) if case.outcome else "",
        outcome_sentence=case.outcome_sentence,
        outcome_party=case.outcome_party,
        may_reopen=workflow.may_resident_reopen(case),
        reply=_reply(case, event) if kind == "case_replied" else "",
        event=event,
    )


def _reply(case: Case, event: Mapping[str, Any]) -> str:
    """The public reply that this event tells; the last one for a preview. Never an internal note."""
    replies = Message.objects.filter(case=case, kind=Message.Kind.REPLY).order_by("-pk")
    if "message_id" in event:
        replies = replies.filter(pk=event["message_id"])
    reply = replies.first()
    return reply.body if reply else ""


def link_to(report: Report) -> str:
    """The secret link: whoever holds it reads the whole report."""
    path = reverse("portal:tracking_secret", args=[report.spoken_number, report.secret])
    return f"{settings.PARVIS_URL or HERE}{path}"


def _tidy(body: str) -> str:
    """No trailing space, and one empty line at most between paragraphs, whatever the template left out."""
    lines = "\n".join(line.rstrip() for line in body.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
