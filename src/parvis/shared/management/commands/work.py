from __future__ import annotations

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from parvis.shared import jobs


class Command(BaseCommand):
    """`parvis work`: more workers, on this machine or another (PostgreSQL)."""

    help = "Run background jobs beside `parvis serve`, on this machine or another. PostgreSQL only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, default=settings.WORKER_THREADS or 2)

    def handle(self, *args: Any, threads: int, **options: Any) -> None:
        if connection.vendor == "sqlite":
            raise CommandError(
                "On SQLite, `parvis serve` runs the jobs itself, since one process writes at a time. "
                "PARVIS_WORKERS sets its number of threads; for workers elsewhere, use PostgreSQL (DATABASE_URL)."
            )
        if threads < 1:
            raise CommandError("A worker has one thread or more: --threads 2.")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database isn't up to date: start `parvis serve` or run `parvis migrate` first.")
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(f"Working with {threads} threads. Ctrl+C stops after the jobs in hand.")
        jobs.run_worker(threads, stop)
