"""One process tree: a parent that watches, and a child that answers the web, runs jobs and follows the timetable.

The web and the jobs share a process so that SQLite has one writing process and a job is picked up as soon as it is
committed. A child that dies is replaced; one that dies at once again stops the tree. The parent's end, even by
kill -9, ends the child.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from threading import Event, Thread
from typing import Any

import django
from django.conf import settings
from django.db import connections

RECEIVING_THREADS = 96  # each waits for one client, however slow; reception.py says how many requests are worked on
STOP_S = 9  # then the child is killed; its jobs get 5 s to finish


def run(address: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; blocks. Raises SystemExit when the child can't be kept alive."""
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server.mp import MPServer

    connections.close_all()  # a connection must not cross a fork
    logging.getLogger("_granian").addFilter(lambda record: "Python threads" not in record.msg)  # as many as we meant
    server = MPServer(
        settings.WSGI_APPLICATION.replace(".application", ":application"),
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=1,
        blocking_threads=RECEIVING_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_S,
        log_level=LogLevels.warning,
    )
    server.serve(spawn_target=web_and_jobs)


def web_and_jobs(*granian: Any) -> None:
    """The child. `granian` is what the web server hands to its own worker."""
    from granian.server.mp import MPServer

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)  # until the web server has its own: the parent's would only set a flag
    django.setup()
    Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    stop = Event()
    worker = Thread(target=_run_jobs, args=(stop,), daemon=True)
    worker.start()
    try:
        MPServer._spawn_wsgi_worker(*granian)
    finally:
        stop.set()
        worker.join(STOP_S - 1)


def _run_jobs(stop: Event) -> None:
    from parvis.shared import jobs

    if settings.WORKER_THREADS == 0:
        return  # PARVIS_WORKERS=0: `parvis work` runs them elsewhere
    try:
        jobs.run_worker(settings.WORKER_THREADS, stop)
    finally:
        if not stop.is_set():  # never seen: the parent starts a new child
            os.kill(os.getpid(), signal.SIGKILL)


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_S)
    os.kill(os.getpid(), signal.SIGKILL)
