"""Running one job: find its function, call it in a context of its own, write what came of it."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from contextvars import copy_context
from typing import Any

from django.utils.module_loading import import_string

from parvis.shared.jobs import leases
from parvis.shared.jobs.backend import call_task, is_task
from parvis.shared.jobs.errors import LeaseLost, describe
from parvis.shared.models import Job
from parvis.shared.wiring import wired

logger = logging.getLogger("parvis.jobs")
BATCH = 10


def run(job: Job) -> None:
    """Run a claimed job to its end, whatever happens. A language or clock that its handler sets doesn't outlive it."""
    copy_context().run(_run, job)


def _run(job: Job) -> None:
    leases.held.set(job)
    try:
        with wired("around_job", nullcontext)(job):
            result = _call(job)
    except LeaseLost:
        logger.warning("Job %s (%s) was too slow: another worker has it.", job.pk, job.task)
        return
    except (Exception, SystemExit) as error:
        kept = leases.fail(job, error)
        logger.warning("Job %s (%s), attempt %s: %s", job.pk, job.task, job.attempts, describe(error).splitlines()[0])
    else:
        kept = leases.complete(job, result)
    if not kept:
        logger.warning("Job %s (%s) outlived its lease: its end isn't counted.", job.pk, job.task)


def _call(job: Job) -> Any:
    function = import_string(job.task)
    if is_task(function):
        return call_task(function, job)
    function(*job.args, **job.kwargs)
    return None


def run_until_empty(limit: int | None = None) -> int:
    """Run due jobs here and now, and those that they enqueue, until none is due or `limit` have run. Returns how many.

    For tests and the demonstration: follows a moved clock, needs no worker.
    """
    count = 0
    while limit is None or count < limit:
        batch = leases.claim(min(BATCH, limit - count) if limit is not None else BATCH)
        if not batch:
            break
        for job in batch:
            if leases.lease_runs_out_soon(job):
                leases.extend([job.lease_token])
            run(job)
        count += len(batch)
    return count
