"""The hash chain of a subject: SHA-256 over a canonical JSON of the entry and of its predecessor's hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from parvis.ledger.models import Entry

_encode = msgspec.json.Encoder(order="deterministic").encode


def digest(
    *, at: datetime, kind: str, subject: str, version: int, actor: str, channel: str, correlation: str,
    data: dict[str, Any], previous_hash: str,
) -> str:  # fmt: skip
    """Hex SHA-256. `at` counts to the microsecond in UTC; `data` must be plain JSON."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    line = [moment, kind, subject, version, actor, channel, correlation, data, previous_hash]
    return hashlib.sha256(_encode(line)).hexdigest()


@dataclass(frozen=True)
class Break:
    """A place where the chain doesn't hold."""

    entry_id: int
    subject: str
    version: int
    reason: str  # "hash", "previous", "gap"


def breaks(subject: str | None = None) -> Iterator[Break]:
    """Walk the whole ledger (or one subject) and yield each break. Reads by subject and version, in constant memory."""
    entries = Entry.objects.order_by("subject", "version")
    if subject is not None:
        entries = entries.filter(subject=subject)
    previous: Entry | None = None
    for entry in entries.iterator(chunk_size=5000):
        before = previous if previous is not None and previous.subject == entry.subject else None
        yield from _check(entry, before)
        previous = entry


def _check(entry: Entry, before: Entry | None) -> Iterator[Break]:
    def broken(reason: str) -> Break:
        return Break(entry.pk, entry.subject, entry.version, reason)

    if entry.version != (before.version + 1 if before else 1):
        yield broken("gap")
    if entry.previous_hash != (before.hash if before else ""):
        yield broken("previous")
    if entry.hash != digest(
        at=entry.at, kind=entry.kind, subject=entry.subject, version=entry.version, actor=entry.actor,
        channel=entry.channel, correlation=entry.correlation, data=entry.data, previous_hash=entry.previous_hash,
    ):  # fmt: skip
        yield broken("hash")
