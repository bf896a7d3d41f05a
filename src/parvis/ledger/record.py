"""record(): one line in the ledger, in the transaction of the change that it tells, and the jobs that follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from parvis.ledger import context
from parvis.ledger.chain import digest
from parvis.ledger.errors import OutsideTransaction
from parvis.ledger.events import Event
from parvis.ledger.models import Entry
from parvis.ledger.plain import plain
from parvis.shared import clock, jobs

Flow = Mapping[str, Iterable[Callable[[int], None]]]


@lru_cache(maxsize=1)
def _flow() -> Flow:
    flow: Flow = import_string(settings.PARVIS_FLOW)
    return flow


def subject_of(row: Any) -> str:
    """'case:42' for a saved model instance."""
    return f"{row._meta.model_name}:{row.pk}"


def record(event: Event, *, subject: Any, at: datetime | None = None) -> Entry:
    """Append one entry about `subject` (a saved row) and enqueue the reactions that config/flow.py names.

    Runs inside the transaction of the change. Two writers on one subject take turns, whatever they have locked.
    Raises OutsideTransaction, NotPlainData.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    entry = _append(event, subject_of(subject), at or clock.now())
    for reaction in _flow().get(event.kind, ()):
        jobs.enqueue(reaction, entry.pk, unique_key=f"{reaction.__module__}.{reaction.__name__}:{entry.pk}")
    return entry


def _append(event: Event, subject: str, at: datetime) -> Entry:
    """The next line of a subject. In plain SQL: each report has half a dozen, and the ORM takes ten times as long."""
    _take_turns(subject)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version, hash FROM ledger_entry WHERE subject = %s ORDER BY version DESC LIMIT 1", [subject]
        )
        version, previous_hash = cursor.fetchone() or (0, "")
        fields = entry_fields(event, subject, at, version=version + 1, previous_hash=previous_hash)
        row = fields | {
            "at": connection.ops.adapt_datetimefield_value(at),
            "data": connection.ops.adapt_json_value(fields["data"], None),
        }
        cursor.execute(
            f"INSERT INTO ledger_entry ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))}) RETURNING id",  # noqa: S608
            list(row.values()),
        )
        return Entry(id=cursor.fetchone()[0], **fields)


def _take_turns(subject: str) -> None:
    """Until the commit, no other transaction appends to this subject. On SQLite there is one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 311))", [subject])


def entry_fields(event: Event, subject: str, at: datetime, *, version: int, previous_hash: str) -> dict[str, Any]:
    """The columns of an entry, hashed. For bulk imports, which chain their entries themselves and tell nobody.

    `at` is aware. Raises NotPlainData.
    """
    if timezone.is_naive(at):
        raise ValueError("An entry of the ledger needs a moment with a time zone.")
    who = context.current()
    fields: dict[str, Any] = {
        "at": at, "kind": event.kind, "subject": subject, "version": version, "actor": who.actor,
        "channel": who.channel, "correlation": who.correlation, "data": plain(event), "previous_hash": previous_hash,
    }  # fmt: skip
    return fields | {"hash": digest(**fields)}
