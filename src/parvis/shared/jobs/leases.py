"""Who holds which job, until when: claim, extend, fence, complete, fail, release, reclaim.

Every statement below is short and conditional on the lease token, so that a worker that outlived its lease can change
nothing. Leases are measured on the real clock, never on a moved one. State names stand in the SQL as literals: with a
parameter, SQLite couldn't use its partial indexes.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Collection, Sequence
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from parvis.shared import clock
from parvis.shared.jobs import identity
from parvis.shared.jobs.enqueueing import moment
from parvis.shared.jobs.errors import GiveUp, LeaseLost, describe
from parvis.shared.models import Job
from parvis.shared.wiring import wired

LEASE = timedelta(seconds=60)
BACK_OFF_FIRST = timedelta(seconds=10)
BACK_OFF_FACTOR = 4  # 10 s, 40 s, 3 min, 11 min, 43 min, 3 h, 6 h: a mail server may be down for a morning
BACK_OFF_LONGEST = timedelta(hours=6)

held: ContextVar[Job | None] = ContextVar("held_job", default=None)  # the job that the running handler belongs to

_CLAIM = """
WITH picked AS MATERIALIZED (
    SELECT id FROM shared_job WHERE state = 'ready' AND run_at <= %s {not_in}
    ORDER BY priority DESC, run_at, id LIMIT %s {skip_locked}
)
UPDATE shared_job
SET state = 'running', attempts = attempts + 1, lease_until = %s, lease_token = %s, worker = %s, started_at = %s
WHERE state = 'ready' AND id IN (SELECT id FROM picked) RETURNING *
"""
_RECLAIM = """
UPDATE shared_job
SET state = CASE WHEN attempts >= max_attempts THEN 'dead' ELSE 'ready' END,
    finished_at = CASE WHEN attempts >= max_attempts THEN %s ELSE NULL END,
    run_at = %s, lease_until = NULL, lease_token = '', error = 'The worker stopped before the job was done.'
WHERE id IN (SELECT id FROM shared_job WHERE state = 'running' AND {whose} {skip_locked}) AND state = 'running'
"""
_EXTEND = """
UPDATE shared_job SET lease_until = %s
WHERE id IN (SELECT id FROM shared_job WHERE state = 'running' AND lease_token IN ({tokens}) {skip_locked})
"""


def claim(limit: int = 1) -> list[Job]:
    """Take up to `limit` due jobs for this process, most urgent first. Never waits for another worker."""
    if connection.vendor == "sqlite" and not _is_anything_due():
        return []  # an empty UPDATE would still queue for the only write lock
    limits: dict[str, int] = wired("QUEUE_LIMITS", {})
    if not limits:
        return _take(limit, full=())
    with transaction.atomic():
        _one_at_a_time("claim")
        return _take(1, full=_full_queues(limits))


def _is_anything_due() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM shared_job WHERE state = 'ready' AND run_at <= %s LIMIT 1", [moment(clock.now())])
        return cursor.fetchone() is not None


def _take(limit: int, full: Sequence[str]) -> list[Job]:
    now = clock.now()
    sql = _CLAIM.format(not_in=f"AND queue NOT IN ({_marks(full)})" if full else "", skip_locked=_skip_locked())
    lease = [moment(timezone.now() + LEASE), str(uuid.uuid4()), identity.me(), moment(now)]
    taken = list(Job.objects.raw(sql, [moment(now), *full, limit, *lease]))
    return sorted(taken, key=lambda job: (-job.priority, job.run_at, job.pk))


def _full_queues(limits: dict[str, int]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue, count(*) FROM shared_job WHERE state = 'running' GROUP BY queue")
        running = dict(cursor.fetchall())
    return [queue for queue, limit in limits.items() if running.get(queue, 0) >= limit]


def _one_at_a_time(what: str) -> None:
    """Serialise the transactions that count before they claim. On SQLite, BEGIN IMMEDIATE has done it already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('parvis jobs'), hashtext(%s))", [what])


def reclaim() -> int:
    """Free the jobs whose lease ran out and, on SQLite (one machine), those of a process that ended; say how many."""
    count = _reclaim("lease_until <= %s", [moment(timezone.now())])
    if connection.vendor == "sqlite" and (gone := _workers_gone()):
        count += _reclaim(f"worker IN ({_marks(gone)})", gone)
    return count


def _reclaim(whose: str, parameters: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM shared_job WHERE state = 'running' AND {whose} LIMIT 1", parameters)  # noqa: S608
        if cursor.fetchone() is None:
            return 0
        now = moment(clock.now())
        cursor.execute(_RECLAIM.format(whose=whose, skip_locked=_skip_locked()), [now, now, *parameters])
        return int(cursor.rowcount)


def _workers_gone() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT worker FROM shared_job WHERE state = 'running'")
        return [worker for (worker,) in cursor.fetchall() if identity.is_gone(worker)]


def extend(tokens: Collection[str]) -> None:
    """Heartbeat: the holders of these leases are alive. Skips a job whose handler has fenced it: nobody can take it."""
    if not tokens:
        return
    with connection.cursor() as cursor:
        sql = _EXTEND.format(tokens=_marks(tokens), skip_locked=_skip_locked())
        cursor.execute(sql, [moment(timezone.now() + LEASE), *tokens])


def still_held() -> bool:
    """Asked by a handler: does this worker still hold the job? Always True outside a job."""
    job = held.get()
    return job is None or Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state=Job.State.RUNNING).exists()


def fence() -> None:
    """Called by a handler inside the transaction of its effect: no other worker can take the job before the commit.

    Raises LeaseLost when another may have taken it already: the effect then rolls back. No-op outside a job.
    """
    job = held.get()
    if job is None:
        return
    mine = Job.objects.select_for_update().filter(pk=job.pk, lease_token=job.lease_token, state=Job.State.RUNNING)
    if not list(mine.values_list("pk")):
        raise LeaseLost


def complete(job: Job, result: Any = None) -> bool:
    """Mark a job done. False, changing nothing, when the lease was lost meanwhile."""
    return _finish(job, state=Job.State.DONE, finished_at=clock.now(), error="", result=result)


def fail(job: Job, error: BaseException) -> bool:
    """Put a failed job back for later, or lay it with the dead. False when the lease was lost meanwhile."""
    if isinstance(error, GiveUp) or job.attempts >= job.max_attempts:
        return _finish(job, state=Job.State.DEAD, finished_at=clock.now(), error=describe(error))
    return _finish(job, state=Job.State.READY, run_at=clock.now() + back_off(job.attempts), error=describe(error))


def release(tokens: Collection[str]) -> int:
    """Give unfinished jobs back on an orderly stop: another worker takes them at once, and no attempt is counted."""
    return Job.objects.filter(state=Job.State.RUNNING, lease_token__in=tokens).update(
        state=Job.State.READY, run_at=clock.now(), lease_until=None, lease_token="", attempts=F("attempts") - 1
    )


def back_off(attempts: int) -> timedelta:
    """The wait after the `attempts`-th failure, give or take a quarter so that a crowd doesn't return at once."""
    wait_s = min(BACK_OFF_FIRST.total_seconds() * BACK_OFF_FACTOR ** (attempts - 1), BACK_OFF_LONGEST.total_seconds())
    return timedelta(seconds=wait_s * random.uniform(0.75, 1.25))  # noqa: S311


def lease_runs_out_soon(job: Job) -> bool:
    until: datetime | None = job.lease_until
    return until is not None and until - timezone.now() < LEASE / 2


def _finish(job: Job, **columns: Any) -> bool:
    mine = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state=Job.State.RUNNING)
    return mine.update(lease_until=None, lease_token="", **columns) == 1


def _skip_locked() -> str:
    return "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))
