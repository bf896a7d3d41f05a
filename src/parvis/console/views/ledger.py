"""The ledger as staff read it: what changed, when, by whom, and whether the chain of one subject holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.cases import access
from parvis.console.views import lists
from parvis.ledger import chain
from parvis.ledger.events import REGISTRY
from parvis.ledger.models import Entry
from parvis.people.models import Agent
from parvis.shared import audience, text, tracking

_CHANNELS = {
    "web": _("site web"),
    "console": _("console"),
    "open311": "Open311",
    "import": _("importation"),
    "system": _("système"),
}
_SUBJECT = re.compile(r"[a-z_]{1,40}:[0-9a-f-]{1,36}", re.ASCII)


@dataclass(frozen=True)
class Line:
    """One entry with its words."""

    entry: Entry
    label: str
    actor: str
    channel: str
    details: list[tuple[str, str]]


@audience.agent("ledger.read")
def entries(request: HttpRequest) -> HttpResponse:
    asked = text.clean(request.GET.get("sujet", ""))
    subject = _subject(asked)
    rows = Entry.objects.filter(subject=subject) if subject else Entry.objects.all()
    page = lists.newest_first(rows if subject is not None else rows.none(), request)
    is_checked = bool(subject) and "verifier" in request.GET
    context = {
        "asked": asked,
        "subject": subject,
        "page": page,
        "lines": _lines(page.rows),
        "is_checked": is_checked,
        "breaks": list(chain.breaks(subject)) if is_checked else [],
        "section": "ledger",
    }
    return render(request, "console/admin/ledger.html", context, status=400 if subject is None else 200)


def _subject(asked: str) -> str | None:
    """'case:42' as typed, or the case of a tracking number; '' for everything, None for what can't be a subject."""
    if tracking.read(asked):
        report = access.report_by_number(asked)
        return f"case:{report.case_id}" if report else None
    return asked if not asked or _SUBJECT.fullmatch(asked) else None


def _lines(entries: list[Entry]) -> list[Line]:
    """Entries with their labels and the names of who acted, in one query for all."""
    ids = {int(number) for entry in entries if (number := entry.actor.removeprefix("agent:")).isdecimal()}
    names = dict(Agent.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [_line(entry, names) for entry in entries]


def _line(entry: Entry, names: dict[int, str]) -> Line:
    event = REGISTRY.get(entry.kind)
    label = gettext(event.label) if event else entry.kind
    details = [(name, _value(value)) for name, value in entry.data.items() if value not in ("", None, [], {})]
    return Line(entry, label, _actor(entry.actor, names), str(_CHANNELS.get(entry.channel, entry.channel)), details)


def _actor(actor: str, names: dict[int, str]) -> str:
    if actor.startswith("agent:"):
        number = actor.removeprefix("agent:")
        return names.get(int(number), actor) if number.isdecimal() else actor
    return {"resident": gettext("Citoyen·ne"), "system": gettext("Système")}.get(actor, actor)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
