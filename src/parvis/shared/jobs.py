"""Background jobs: a django-tasks back end on the same database connection as the work that causes them.

(contract; being built)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from parvis.shared import clock
from parvis.shared.models import Job


def enqueue(
    function: Callable[..., Any],
    *args: Any,
    unique_key: str | None = None,
    run_at: datetime | None = None,
    queue: str = "default",
    priority: int = 0,
    max_attempts: int = 8,
    **kwargs: Any,
) -> bool:
    """Write one job in the current transaction: after a rollback there is none. `args` must be plain JSON.

    Returns False, writing nothing, when a job with this unique_key exists already.
    """
    now = clock.now()
    job = Job(
        queue=queue,
        priority=priority,
        task=f"{function.__module__}.{function.__qualname__}",
        args=list(args),
        kwargs=kwargs,
        unique_key=unique_key,
        max_attempts=max_attempts,
        run_at=run_at or now,
        enqueued_at=now,
    )
    return len(Job.objects.bulk_create([job], ignore_conflicts=True)) == 1


def seconds_since_heartbeat() -> float | None:
    return None


def dead_count() -> int:
    return Job.objects.filter(state=Job.State.DEAD).count()


class LeaseBackend:
    pass
