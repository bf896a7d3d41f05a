"""What cases do when something below them changes. Named in config/flow.py; each takes the id of a ledger entry."""

from __future__ import annotations

from parvis.cases import dispatch
from parvis.cases.models import Case
from parvis.ledger.models import Entry

_COLUMNS = ["public_lon", "public_lat", "morton", "cell"]
_BATCH = 500


def follow_visibility(entry_id: int) -> None:
    """A service shows its places otherwise than before: its cases follow, old ones too. Twice is harmless."""
    entry = Entry.objects.get(pk=entry_id)
    if "visibility" not in entry.data["fields"]:
        return
    service_id = int(entry.subject.removeprefix("service:"))
    cases = Case.objects.filter(service=service_id).select_related("service", "place__segment")
    last = 0
    while batch := list(cases.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        for case in batch:
            dispatch.locate(case)
        Case.objects.bulk_update(batch, _COLUMNS)
        last = batch[-1].pk
