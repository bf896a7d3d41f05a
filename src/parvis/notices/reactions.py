"""What the house says to people when something happens. Named in config/flow.py; each takes the id of a ledger entry.

Both may run again: a second run writes nothing. The letters are written in one transaction with the jobs that carry
them away (outbox.py); nothing here talks to a mail server.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet

from parvis.cases.models import Report
from parvis.ledger.models import Entry
from parvis.notices import letters, outbox

ONE_ACT = timedelta(seconds=5)  # two changes of one click, recorded one after the other


def acknowledge(entry_id: int) -> None:
    """Tell the person of a new report its number and what to expect. Reads report.submitted and report.joined."""
    entry = Entry.objects.get(pk=entry_id)
    _tell(entry, _to_tell().filter(pk=_id_in(entry)))


def tell_reporters(entry_id: int) -> None:
    """Tell everyone who reported a case about a public change. Reads the case.* kinds of letters.KIND_OF."""
    entry = Entry.objects.get(pk=entry_id)
    if not _is_told_by_another(entry):
        _tell(entry, _to_tell().filter(case_id=_id_in(entry)))


def _tell(entry: Entry, reports: QuerySet[Report]) -> None:
    kind = letters.KIND_OF[entry.kind]
    if outbox.holds(entry):
        return
    to_tell = [report for report in reports if letters.still_stands(kind, report.case, entry.data)]
    written = [(report, letters.compose(report, kind, entry.data)) for report in _one_each(to_tell)]
    outbox.queue(entry, kind, written)


def _to_tell() -> QuerySet[Report]:
    """Reports whose person has an e-mail and hasn't asked for silence, oldest first."""
    return (
        Report.objects.filter(person__isnull=False, wants_notices=True)
        .exclude(person__email="")
        .select_related("person", "service", "place", "case__service", "case__place")
        .order_by("pk")
    )


def _one_each(reports: Iterable[Report]) -> list[Report]:
    """One letter a person, about their first report, even to whoever reported the same thing three times."""
    first: dict[int | None, Report] = {}
    for report in reports:
        first.setdefault(report.person_id, report)
    return list(first.values())


def _is_told_by_another(entry: Entry) -> bool:
    """A new date that comes with another change (resuming, reopening) is told by that change's own letter."""
    if entry.kind != "case.due_changed":
        return False
    same_act = Entry.objects.filter(
        subject=entry.subject, correlation=entry.correlation, kind__in=letters.KIND_OF,
        version__lt=entry.version, at__gte=entry.at - ONE_ACT,
    )  # fmt: skip
    return same_act.exclude(kind="case.due_changed").exists()


def _id_in(entry: Entry) -> int:
    """'case:42' → 42."""
    return int(entry.subject.rpartition(":")[2])
