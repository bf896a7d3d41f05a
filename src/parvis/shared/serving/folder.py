"""The data folder: made on the first start, held by one house at a time, its database brought up to date."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from parvis.shared.serving.errors import ServingError

LOCK = "serving.lock"


def make() -> None:
    """Make the folders. What is written from now on can be read by the owner of the process alone."""
    os.umask(0o077)
    for folder in (settings.DATA, settings.UPLOADS, settings.OUTBOX, settings.STATIC_ROOT):
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServingError(
                f"The folder {folder} can't be made ({error.strerror}): set PARVIS_DATA to one that you may write in."
            ) from None


def hold() -> int | None:
    """Take the folder for this process and its children, until the last of them ends; returns the open lock.

    SQLite only, whose one writing process this is; None on PostgreSQL. Raises ServingError when another house has it.
    """
    if connection.vendor != "sqlite":
        return None
    descriptor = os.open(settings.DATA / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(descriptor, 20).decode(errors="replace").strip()
        os.close(descriptor)
        raise ServingError(
            f"Another Parvis (process {owner or 'unknown'}) uses the folder {settings.DATA}: stop it first, "
            "or set PARVIS_DATA to another folder."
        ) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode())
    return descriptor


def migrate() -> None:
    """Bring the database up to date, one process at a time. Raises ServingError when it doesn't answer."""
    try:
        with _one_at_a_time():
            if _is_behind():
                call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise ServingError(f"The database doesn't answer: {str(error).strip()}. Check DATABASE_URL.") from None


def _is_behind() -> bool:
    """Is there a migration to apply? Asking costs a fifth of what `migrate` does to find nothing."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('parvis migrate'))")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('parvis migrate'))")
