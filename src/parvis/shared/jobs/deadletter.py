"""Jobs that failed for good wait here until a person decides: once more, or never."""

from __future__ import annotations

from django.db.models import QuerySet

from parvis.shared import clock
from parvis.shared.jobs.enqueueing import something_to_do
from parvis.shared.jobs.errors import NotDead
from parvis.shared.models import Job


def dead() -> QuerySet[Job]:
    """Dead jobs, the newest first."""
    return Job.objects.in_state(Job.State.DEAD).order_by("-id")


def dead_count() -> int:
    return dead().order_by().count()


def replay(job_id: int) -> None:
    """Give a dead job all its attempts back, now. Raises NotDead."""
    _decide(job_id, state=Job.State.READY, attempts=0, run_at=clock.now(), finished_at=None)
    something_to_do.set()


def discard(job_id: int) -> None:
    """Decide that a dead job will not be done. Its unique key stays taken. Raises NotDead."""
    _decide(job_id, state=Job.State.DISCARDED, finished_at=clock.now())


def _decide(job_id: int, **columns: object) -> None:
    if not Job.objects.filter(pk=job_id, state=Job.State.DEAD).update(**columns):
        raise NotDead
