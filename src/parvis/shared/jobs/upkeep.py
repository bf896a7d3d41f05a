"""Signs of life of the workers, a look at the whole, and sweeping."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Count, Max, Min

from parvis.shared import clock
from parvis.shared.jobs import identity
from parvis.shared.jobs.enqueueing import moment
from parvis.shared.models import Heartbeat, Job

KEEP_FINISHED = timedelta(days=14)
KEEP_HEARTBEATS = timedelta(days=1)
ALIVE_S = 60
SWEEP = 2000


@dataclass(frozen=True)
class Overview:
    """How the jobs stand."""

    ready: int  # due now and waiting
    later: int  # waiting for their time
    running: int
    dead: int
    oldest_due_s: float | None  # how long the oldest due job has waited; None when none is due
    workers: tuple[str, ...]  # processes that beat within a minute


def overview() -> Overview:
    """Looks at the unfinished jobs only, through partial indexes: the finished ones cost nothing."""
    now = clock.now()
    ready = Job.objects.in_state(Job.State.READY)
    due = ready.filter(run_at__lte=now).aggregate(count=Count("pk"), oldest=Min("run_at"))
    alive = Heartbeat.objects.filter(at__gt=now - timedelta(seconds=ALIVE_S)).order_by("worker")
    return Overview(
        ready=due["count"],
        later=ready.filter(run_at__gt=now).count(),
        running=Job.objects.in_state(Job.State.RUNNING).count(),
        dead=Job.objects.in_state(Job.State.DEAD).count(),
        oldest_due_s=(now - due["oldest"]).total_seconds() if due["oldest"] else None,
        workers=tuple(alive.values_list("worker", flat=True)),
    )


def beat() -> None:
    """This process runs jobs, and is alive."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(worker=identity.me(), at=clock.now())],
        update_conflicts=True, unique_fields=["worker"], update_fields=["at"],
    )  # fmt: skip


def say_goodbye() -> None:
    Heartbeat.objects.filter(worker=identity.me()).delete()


def seconds_since_heartbeat() -> float | None:
    """Age of the youngest sign of life of any worker; None when there never was one."""
    last = Heartbeat.objects.aggregate(last=Max("at"))["last"]
    return None if last is None else max(0.0, round((clock.now() - last).total_seconds(), 1))


def prune() -> int:
    """Delete jobs finished two weeks ago, in small bites, and silent workers. The dead stay until a person decides."""
    count = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "DELETE FROM shared_job WHERE id IN (SELECT id FROM shared_job WHERE finished_at < %s"
                " AND state IN ('done', 'discarded') LIMIT %s)",
                [moment(clock.now() - KEEP_FINISHED), SWEEP],
            )
            swept = int(cursor.rowcount)
            count += swept
            if swept < SWEEP:
                break
    Heartbeat.objects.filter(at__lt=clock.now() - KEEP_HEARTBEATS).delete()
    return count
