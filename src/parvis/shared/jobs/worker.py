"""A worker: a crew of threads that run jobs, and a pulse that keeps their leases, reclaims lost ones and ticks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from time import monotonic

from django.db import close_old_connections, connection

from parvis.shared.jobs import leases, upkeep
from parvis.shared.jobs.enqueueing import something_to_do
from parvis.shared.jobs.errors import describe
from parvis.shared.jobs.running import run
from parvis.shared.jobs.timetable import Timetable
from parvis.shared.models import Job

logger = logging.getLogger("parvis.jobs")
POLL_S = 0.5  # how soon a job written by another process is seen; those of this process are seen at once
GRACE_S = 5.0  # what a running job gets to finish when the worker is told to stop
LONGEST_RUN_S = 3600  # a handler that runs longer is taken for stuck: its lease is no longer kept


@dataclass
class Hands:
    """The leases that this worker holds, each with the moment it was taken."""

    taken: dict[str, float] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def holding(self, job: Job) -> Iterator[None]:
        with self.lock:
            self.taken[job.lease_token] = monotonic()
        try:
            yield
        finally:
            with self.lock:
                self.taken.pop(job.lease_token, None)

    def tokens(self, longest_s: float = float("inf")) -> list[str]:
        with self.lock:
            return [token for token, since in self.taken.items() if monotonic() - since < longest_s]


def run_worker(threads: int = 2, stop: Event | None = None) -> None:
    """Run jobs until `stop` is set; blocks. Then gives running jobs a few seconds and hands back the others."""
    stop = stop or Event()
    hands = Hands()
    crew: list[Thread] = []
    try:
        _pulse(stop, hands, crew, threads)
    finally:
        stop.set()
        something_to_do.set()
        deadline = monotonic() + GRACE_S
        for thread in crew:
            thread.join(max(0.0, deadline - monotonic()))
        _leave(hands)


def _pulse(stop: Event, hands: Hands, crew: list[Thread], threads: int) -> None:
    timetable = Timetable()
    while not stop.is_set():
        _man(crew, threads, stop, hands)
        try:
            close_old_connections()
            upkeep.beat()
            leases.extend(hands.tokens(LONGEST_RUN_S))
            if leases.reclaim() + timetable.tick():
                something_to_do.set()
        except Exception as error:
            _survive(error)
        stop.wait(leases.LEASE.total_seconds() / 6)


def _man(crew: list[Thread], threads: int, stop: Event, hands: Hands) -> None:
    """Start the threads, and any that ended before its time."""
    crew[:] = [thread for thread in crew if thread.is_alive()]
    for _missing in range(threads - len(crew)):
        thread = Thread(target=_work, args=(stop, hands), name="parvis-jobs", daemon=True)
        thread.start()
        crew.append(thread)


def _work(stop: Event, hands: Hands) -> None:
    try:
        while not stop.is_set():
            try:
                if not _work_once(hands):
                    something_to_do.wait(POLL_S)
            except Exception as error:
                _survive(error)
                stop.wait(1.0)
    finally:
        connection.close()


def _work_once(hands: Hands) -> bool:
    close_old_connections()
    something_to_do.clear()  # before looking: what is committed after this sets it again
    jobs = leases.claim()
    for job in jobs:
        with hands.holding(job):
            run(job)
    return bool(jobs)


def _survive(error: Exception) -> None:
    """The database may be away for a moment: drop the connection, say so, and go on."""
    logger.error("The worker goes on after %s", describe(error))
    connection.close()


def _leave(hands: Hands) -> None:
    try:
        leases.release(hands.tokens())
        upkeep.say_goodbye()
    except Exception as error:
        _survive(error)  # the leases run out by themselves
    finally:
        connection.close()
