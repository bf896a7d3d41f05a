"""The hash chain of a subject: SHA-256 over a canonical JSON of the entry and of its predecessor's hash.

It shows any line that was changed, added or taken out afterwards, except the last lines of a subject: who can drop the
triggers can cut those without a trace. A backup kept elsewhere is the proof for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from django.db.models import QuerySet

from parvis.ledger.models import Entry
from parvis.ledger.plain import canonical


def digest(
    *, at: datetime, kind: str, subject: str, version: int, actor: str, channel: str, correlation: str,
    data: dict[str, Any], previous_hash: str,
) -> str:  # fmt: skip
    """Hex SHA-256. `at` counts to the microsecond in UTC, as both databases keep it; `data` must be plain JSON."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    line = [moment, kind, subject, version, actor, channel, correlation, data, previous_hash]
    return hashlib.sha256(canonical(line)).hexdigest()


class Reason(Enum):
    """Why a chain doesn't hold, as told to the person who verifies."""

    GAP = "the line before it is missing, or it stands twice"
    PREVIOUS = "it doesn't follow from the line before it"
    HASH = "it was changed after it was written"


@dataclass(frozen=True)
class Break:
    """A place where the chain doesn't hold."""

    entry_id: int
    subject: str
    version: int
    reason: Reason


def in_order(subject: str | None = None) -> QuerySet[Entry]:
    """The whole ledger, or one subject, in the order in which breaks_in() reads it."""
    entries = Entry.objects.order_by("subject", "version")
    return entries if subject is None else entries.filter(subject=subject)


def breaks(subject: str | None = None) -> Iterator[Break]:
    """Walk the whole ledger (or one subject) and yield each break, in constant memory."""
    return breaks_in(in_order(subject).iterator(chunk_size=5000))


def breaks_in(entries: Iterable[Entry]) -> Iterator[Break]:
    """`entries` come by subject and version."""
    previous: Entry | None = None
    for entry in entries:
        before = previous if previous is not None and previous.subject == entry.subject else None
        for reason in _what_is_wrong(entry, before):
            yield Break(entry.pk, entry.subject, entry.version, reason)
        previous = entry


def _what_is_wrong(entry: Entry, before: Entry | None) -> Iterator[Reason]:
    if entry.version != (before.version + 1 if before else 1):
        yield Reason.GAP
    if entry.previous_hash != (before.hash if before else ""):
        yield Reason.PREVIOUS
    if entry.hash != digest(
        at=entry.at, kind=entry.kind, subject=entry.subject, version=entry.version, actor=entry.actor,
        channel=entry.channel, correlation=entry.correlation, data=entry.data, previous_hash=entry.previous_hash,
    ):  # fmt: skip
        yield Reason.HASH
