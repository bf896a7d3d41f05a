"""Silence, when a person asks for it, on the page of their secret link."""

from __future__ import annotations

from django.db import transaction

from parvis.cases.models import Report
from parvis.ledger.record import record
from parvis.notices import events


def stop(report: Report) -> bool:
    """Write no more about this report, letters already queued included. False when it was so already."""
    return _set(report, wants=False)


def resume(report: Report) -> bool:
    """Write again about this report. False when it was so already."""
    return _set(report, wants=True)


def _set(report: Report, *, wants: bool) -> bool:
    with transaction.atomic():
        changed = Report.objects.filter(pk=report.pk, wants_notices=not wants).update(wants_notices=wants)
        if changed:
            record(events.NoticesResumed() if wants else events.NoticesStopped(), subject=report)
    report.wants_notices = wants
    return bool(changed)
