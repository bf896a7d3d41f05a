"""What happened to a case, in words, from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from parvis.cases.models import Case
from parvis.cases.states import Outcome, WaitingReason
from parvis.ledger.events import REGISTRY
from parvis.ledger.models import Entry
from parvis.people.models import Agent, Team


@dataclass(frozen=True)
class Line:
    """One line of the history. `who`: a colleague's name, or the words for a resident or the system."""

    at: datetime
    who: str
    what: str
    detail: str
    kind: str
    channel: str


def lines(case: Case) -> list[Line]:
    """The history of a case and of its reports, oldest first. Four queries, however long it is."""
    subjects = [f"case:{case.pk}", *(f"report:{pk}" for pk in case.reports.values_list("pk", flat=True))]
    entries = list(Entry.objects.filter(subject__in=subjects).order_by("at", "id"))
    names = _names(entries)
    teams = dict(Team.objects.values_list("code", "name_fr"))
    return [_line(entry, names, teams) for entry in entries]


def _names(entries: list[Entry]) -> dict[str, str]:
    ids = {entry.actor.removeprefix("agent:") for entry in entries if entry.actor.startswith("agent:")}
    people = Agent.objects.filter(pk__in=[pk for pk in ids if pk.isdigit()]).values_list("pk", "name")
    return {f"agent:{pk}": name for pk, name in people}


def _line(entry: Entry, names: Mapping[str, str], teams: Mapping[str, str]) -> Line:
    event = REGISTRY.get(entry.kind)
    others = {"resident": _("Citoyen·ne"), "system": _("Parvis")}
    who = names.get(entry.actor) or others.get(entry.actor) or _("Système externe")
    tell = _DETAILS.get(entry.kind)
    detail = tell(entry.data, teams) if tell else ""
    return Line(entry.at, who, _(event.label) if event else entry.kind, detail, entry.kind, entry.channel)


def _moment(iso: str) -> str:
    if not iso:
        return _("sans échéance")
    return formats.date_format(timezone.localtime(datetime.fromisoformat(iso)), "DATETIME_FORMAT")


def _team_and_due(data: dict[str, Any], teams: Mapping[str, str]) -> str:
    return " · ".join(part for part in (teams.get(data["team"], data["team"]), _moment(data["due_at"])) if part)


_DETAILS: dict[str, Callable[[dict[str, Any], Mapping[str, str]], str]] = {
    "case.opened": _team_and_due,
    "case.assigned": lambda data, teams: teams.get(data["team"], data["team"]),
    "case.accepted": lambda data, teams: teams.get(data["team"], data["team"]),
    "case.planned": lambda data, teams: formats.date_format(date.fromisoformat(data["planned_for"]), "DATE_FORMAT"),
    "case.waiting": lambda data, teams: str(WaitingReason(data["reason"]).label),
    "case.closed": lambda data, teams: str(Outcome(data["outcome"]).label),
    "case.due_changed": lambda data, teams: f"{_moment(data['previous_due_at'])} → {_moment(data['due_at'])}",
    "case.service_changed": lambda data, teams: f"{data['previous_service']} → {data['service']}",
    "case.merged": lambda data, teams: _("dans le dossier %d") % data["into_case_id"],
    "case.gathered": lambda data, teams: _("du dossier %d") % data["from_case_id"],
    "case.unmerged": lambda data, teams: _("avec le dossier %d") % data["other_case_id"],
}
