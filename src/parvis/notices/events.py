"""What the notices room writes in the ledger: what left and what didn't, never to whom nor in which words."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.ledger.events import Event, event


@event("notice.sent", "Avis envoyé")
@dataclass(frozen=True)
class NoticeSent(Event):
    """Subject: the notice."""

    kind_of_notice: str
    report_id: int


@event("notice.failed", "Avis non remis")
@dataclass(frozen=True)
class NoticeFailed(Event):
    """Subject: the notice."""

    kind_of_notice: str
    report_id: int
    why: str  # code of the error: refused, unreachable


@event("notice.dropped", "Avis abandonné")
@dataclass(frozen=True)
class NoticeDropped(Event):
    """The person asked for silence, or was erased, before it left. Subject: the notice."""

    kind_of_notice: str
    report_id: int


@event("report.notices_stopped", "Avis arrêtés par la personne")
@dataclass(frozen=True)
class NoticesStopped(Event):
    """Subject: the report."""


@event("report.notices_resumed", "Avis repris par la personne")
@dataclass(frozen=True)
class NoticesResumed(Event):
    """Subject: the report."""
