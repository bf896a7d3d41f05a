"""A process of its own beside the tests: prepares a house, fills it with jobs, works, or tells how the jobs stand.

python -m tests.shared.job_process prepare | fill HANDLER FOLDER FIRST COUNT | work THREADS LEASE_S | counts | …
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from unittest.mock import patch

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from tests.shared import job_handlers  # noqa: E402

from parvis.ledger import chain  # noqa: E402
from parvis.ledger.events import Event as LedgerEvent  # noqa: E402
from parvis.ledger.events import event  # noqa: E402
from parvis.ledger.record import record  # noqa: E402
from parvis.shared import jobs  # noqa: E402
from parvis.shared.jobs import leases  # noqa: E402
from parvis.shared.models import Job  # noqa: E402


@event("tests.written", "Écrit")
@dataclass(frozen=True)
class Written(LedgerEvent):
    by: int


def prepare() -> None:
    for room in ("shared", "ledger"):
        call_command("migrate", room, verbosity=0, skip_checks=True)


def fill(handler: str, folder: str, first: str, count: str) -> None:
    with transaction.atomic():
        for number in range(int(first), int(first) + int(count)):
            jobs.enqueue(getattr(job_handlers, handler), folder, number)


def work(threads: str, lease_s: str) -> None:
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with patch.object(leases, "LEASE", timedelta(seconds=float(lease_s))):
        jobs.run_worker(int(threads), stop)


def counts() -> None:
    rows = Job.objects.filter(task__startswith="tests.").values_list("state", "attempts")  # not the timetable's
    print(json.dumps({"states": [state for state, _ in rows], "attempts": [attempts for _, attempts in rows]}))


def pickup(folder: str) -> None:
    """Milliseconds from the commit to the run of one job, in a process that also works. Tells the slowest of ten."""
    stop = Event()
    worker = Thread(target=jobs.run_worker, args=(1, stop))
    worker.start()
    time.sleep(1)
    waits = []
    for number in range(10):
        start = time.perf_counter()
        fill("deliver", folder, str(number), "1")
        while not (Path(folder) / f"delivered-{number}").exists():
            time.sleep(0.001)
        waits.append(1000 * (time.perf_counter() - start))
        time.sleep(0.05)
    stop.set()
    worker.join()
    print(json.dumps(max(waits)))


def write_at_once(writers: str, each: str) -> None:
    """So many threads write jobs and the ledger of one subject, while a worker runs the jobs. Tells the errors."""
    jobs.enqueue(job_handlers.note, "subject", run_at=django.utils.timezone.now() + timedelta(days=1))
    subject, errors, stop = Job.objects.get(), [], Event()

    def write(writer: int) -> None:
        try:
            for number in range(int(each)):
                with transaction.atomic():
                    Job.objects.filter(pk=subject.pk).first()
                    jobs.enqueue(job_handlers.note, number)
                    record(Written(writer), subject=subject)
        except Exception as error:
            errors.append(repr(error))
        finally:
            connection.close()

    worker = Thread(target=jobs.run_worker, args=(1, stop))
    crew = [Thread(target=write, args=(writer,)) for writer in range(int(writers))]
    for thread in [worker, *crew]:
        thread.start()
    for thread in crew:
        thread.join()
    stop.set()
    worker.join()
    print(json.dumps({"errors": errors, "lines": chain.in_order().count(), "breaks": len(list(chain.breaks()))}))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
