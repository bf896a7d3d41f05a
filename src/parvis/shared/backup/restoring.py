"""Putting a backup in the place of a house."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connection

from parvis.shared import clock
from parvis.shared.backup import databases
from parvis.shared.backup.shape import DATABASES, KEY, NOTE, UPLOADS, BackupError, Summary
from parvis.shared.jobs.upkeep import ALIVE_S, seconds_since_heartbeat
from parvis.shared.models import Heartbeat
from parvis.shared.serving import folder
from parvis.shared.serving.errors import ServingError


def restore(source: Path, *, force: bool = False) -> Summary:
    """Put a backup in the place of this house, which must be closed. Raises BackupError.

    With `force`, a house that holds something is replaced; its files are kept beside, in before-restore-….
    """
    os.umask(0o077)  # what is put back can be read by its owner only
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with _opened(source) as archive, _closed_house():
        summary = _read_note(archive, source)
        _check_that_it_may_be_put_here(summary, force=force)
        with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.DATA) as work:
            _unpack(archive, Path(work))
            _put(Path(work))
    return summary


def _check_that_it_may_be_put_here(summary: Summary, *, force: bool) -> None:
    if summary.database != connection.vendor:
        raise BackupError(
            f"This backup holds a {summary.database} database and this house uses {connection.vendor}: "
            "set DATABASE_URL to a database of the same kind."
        )
    if not force and not _is_empty():
        raise BackupError(
            "This house holds something already. Set PARVIS_DATA (and DATABASE_URL) to an empty one, or add --force "
            "to replace it."
        )


def _is_empty() -> bool:
    uploads = Path(settings.UPLOADS)
    return databases.is_empty() and not (uploads.is_dir() and any(uploads.iterdir()))


@contextmanager
def _closed_house() -> Iterator[None]:
    """On SQLite a lock tells for sure, and keeps it closed; on PostgreSQL the last sign of life of a worker tells."""
    if connection.vendor == "postgresql" and not databases.is_empty():
        age_s = seconds_since_heartbeat()
        if age_s is not None and age_s < ALIVE_S:
            raise BackupError("This house is open: stop `parvis serve` and `parvis work` first, and wait a minute.")
    try:
        lock = folder.hold()
    except ServingError as refusal:
        raise BackupError(str(refusal)) from None
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _opened(source: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(source, "r:gz")
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{source} can't be read as a backup: {error}.") from None


def _read_note(archive: tarfile.TarFile, source: Path) -> Summary:
    try:
        file = archive.extractfile(NOTE)
        assert file is not None
        return Summary(**json.loads(file.read(10_000)))
    except (KeyError, TypeError, ValueError, AssertionError, OSError, EOFError, tarfile.TarError):
        raise BackupError(f"{source} isn't a backup of Parvis: {NOTE} is missing or damaged in it.") from None


def _unpack(archive: tarfile.TarFile, work: Path) -> None:
    """Only plain files, under the names that a backup has: a forged archive writes nowhere else."""
    try:
        for member in archive:
            path = PurePosixPath(member.name)
            if not member.isfile() or not _is_expected(path):
                raise BackupError(f"This isn't a backup of Parvis: it holds {member.name!r}.")
            target = work.joinpath(*path.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.extractfile(member) as inside, target.open("xb") as outside:  # type: ignore[union-attr]
                shutil.copyfileobj(inside, outside)
    except (OSError, EOFError, tarfile.TarError) as error:
        raise BackupError(f"The backup is damaged, and nothing was changed: {error}.") from None


def _is_expected(path: PurePosixPath) -> bool:
    if ".." in path.parts or path.is_absolute():
        return False
    return str(path) in {NOTE, KEY, *DATABASES.values()} or (path.parts[0] == UPLOADS and len(path.parts) > 1)


def _put(work: Path) -> None:
    """Swap. What stood here goes aside first, so that a failure half-way loses nothing."""
    aside = settings.DATA / f"before-restore-{clock.now():%Y%m%d-%H%M%S}"
    copy = work / DATABASES[connection.vendor]
    if not copy.exists():
        raise BackupError("The backup is damaged, and nothing was changed: it holds no database.")
    databases.check(copy)
    databases.put_back(copy, aside=aside)
    Heartbeat.objects.all().delete()  # the copy was made beside workers that aren't here
    databases.move_aside(Path(settings.UPLOADS), aside)
    (work / UPLOADS).mkdir(exist_ok=True)
    shutil.move(work / UPLOADS, settings.UPLOADS)
    if (work / KEY).exists():
        if aside.exists():  # else the key here is one that this very command made
            databases.move_aside(settings.DATA / KEY, aside)
        (work / KEY).chmod(0o600)
        (work / KEY).replace(settings.DATA / KEY)
