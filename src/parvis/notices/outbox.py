"""Letters that wait, leave and arrive: queued with their cause, delivered later by a job each, once.

    queued → sending (committed) → network, outside any transaction → sent
                                 ↘ refused for good → failed, its job dead until a person replays it
                                 ↘ not now → the job comes back, up to its last attempt → failed

A worker that dies while sending leaves `sending`: the next one sends again under the same Message-ID, which lets mail
servers and readers see that it is the same letter.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from parvis.cases.models import Report
from parvis.ledger.events import Event
from parvis.ledger.models import Entry
from parvis.ledger.record import record
from parvis.notices import delivery, events
from parvis.notices.envelope import envelope
from parvis.notices.errors import NotDelivered, Refused
from parvis.notices.letters import Letter
from parvis.notices.models import Notice
from parvis.shared import clock, jobs
from parvis.shared.jobs.leases import held

State = Notice.State
QUEUE = "mail"


def holds(entry: Entry) -> bool:
    """Was this entry told already? All its letters were written in one transaction, or none."""
    return Notice.objects.filter(entry=entry).exists()


def queue(entry: Entry, kind: str, written: Sequence[tuple[Report, Letter]]) -> None:
    """Put letters in the outbox, each with the job that delivers it. Again for the same entry: nothing happens."""
    rows = [_row(entry, kind, report, letter) for report, letter in written]
    with transaction.atomic():
        jobs.fence()
        Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        for pk in Notice.objects.filter(entry=entry).order_by("pk").values_list("pk", flat=True):
            jobs.enqueue(deliver, pk, unique_key=f"notice:{pk}", queue=QUEUE)


def _row(entry: Entry, kind: str, report: Report, letter: Letter) -> Notice:
    assert report.person is not None
    return Notice(
        key=f"{entry.pk}:{report.pk}", entry=entry, kind=kind, report=report, person=report.person,
        recipient=report.person.email, language=report.language, subject=letter.subject[:200],
        body=letter.body, queued_at=clock.now(),
    )  # fmt: skip


def deliver(notice_id: int) -> None:
    """Send one letter. Sent already, or no longer wanted: does nothing. Raises GiveUp, Unreachable."""
    notice = _take(notice_id)
    if notice is None:
        return
    try:
        delivery.send(envelope(notice))
    except NotDelivered as failure:
        if isinstance(failure, Refused):
            _note_failure(notice, failure)
            raise jobs.GiveUp(failure.sentence) from None
        if _is_last_attempt():
            _note_failure(notice, failure)
        raise
    _finish(notice, events.NoticeSent(notice.kind, notice.report_id), state=State.SENT, sent_at=clock.now(), error="")


def _take(notice_id: int) -> Notice | None:
    """Mark a letter as being sent, in a transaction of its own; None when there is nothing to send."""
    with transaction.atomic():
        jobs.fence()
        notice = Notice.objects.select_for_update(of=("self",)).select_related("report").get(pk=notice_id)
        if notice.state in (State.SENT, State.DROPPED):
            return None
        if not notice.recipient or not notice.report.wants_notices:
            _finish(notice, events.NoticeDropped(notice.kind, notice.report_id), state=State.DROPPED)
            return None
        Notice.objects.filter(pk=notice.pk).update(state=State.SENDING)
        return notice


def _is_last_attempt() -> bool:
    job = held.get()
    return job is not None and job.attempts >= job.max_attempts


def _note_failure(notice: Notice, failure: NotDelivered) -> None:
    event = events.NoticeFailed(notice.kind, notice.report_id, failure.code)
    _finish(notice, event, state=State.FAILED, error=failure.sentence[:200])


def _finish(notice: Notice, event: Event, **columns: object) -> None:
    """Write how it ended. Not fenced: once the server has the letter, that is a fact whoever holds the job."""
    with transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**columns)
        record(event, subject=notice)
