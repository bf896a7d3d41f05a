"""What `parvis doctor` looks at. Each look ends in one line: well, or what to do about it.

Upper rooms add theirs through LOOKS in config/flow.py.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from parvis.shared import backup, jobs
from parvis.shared.models import Heartbeat
from parvis.shared.wiring import wired

FREE_MB = 1000
BACKUP_DAYS = 7
CLOCK_S = 5
WAIT_S = 300  # a due job that has waited longer says that workers are too few, or stuck


@dataclass(frozen=True)
class Finding:
    """One line of the doctor. `remedy` is empty when all is well."""

    about: str
    seen: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        return not self.remedy


def examine() -> Iterator[Finding]:
    """Look at everything, in order; a look that fails is itself a finding."""
    for look in (*LOOKS, *wired("LOOKS", ())):
        try:
            yield look()
        except DatabaseError as error:
            yield Finding(look.__name__, f"the database refuses ({type(error).__name__})", "run `parvis migrate`.")


def configuration() -> Finding:
    """Django's own checks, those of a deployment included once the house has a public address."""
    found = checks.run_checks(include_deployment_checks=settings.PARVIS_URL.startswith("https://"))
    worth = [message for message in found if message.level >= checks.WARNING and not message.is_silenced()]
    if worth:
        return Finding("configuration", "; ".join(f"{one.id} {one.msg}" for one in worth), "follow the hint of each.")
    if settings.DEBUG:
        return Finding("configuration", "PARVIS_DEBUG is on", "unset it on any machine that others can reach.")
    return Finding("configuration", "Django's checks find nothing")


def database() -> Finding:
    executor = MigrationExecutor(connection)
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        return Finding("database", f"{behind} migrations wait", "start `parvis serve`, or run `parvis migrate`.")
    return Finding("database", f"{connection.display_name}, up to date")


def secret_key() -> Finding:
    path = settings.DATA / "secret-key"
    if not path.exists():
        return Finding("secret key", "from the environment")
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("secret key", f"{path} can be read by others", f"run: chmod 600 {path}")
    return Finding("secret key", "readable by its owner only")


def disk() -> Finding:
    usage = shutil.disk_usage(settings.DATA)
    free_mb, share = usage.free // 1_000_000, usage.free / usage.total
    seen = f"{free_mb:,} MB free ({share:.0%}) for {settings.DATA}"
    if free_mb < FREE_MB:
        return Finding("disk", seen, f"free space, or move the folder: below {FREE_MB} MB a busy day may fill it.")
    return Finding("disk", seen)


def clock() -> Finding:
    """Against the database's clock on PostgreSQL, and against the signs of life left behind."""
    away = max(_seconds_away_from_the_database(), _seconds_away_from_what_is_written())
    if away > CLOCK_S:
        return Finding("clock", f"{away:.0f} s away from what the database says", "set it by NTP: leases depend on it.")
    return Finding("clock", f"{timezone.localtime():%Y-%m-%d %H:%M:%S %Z}")


def _seconds_away_from_the_database() -> float:
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    return abs((there - timezone.now()).total_seconds())


def _seconds_away_from_what_is_written() -> float:
    newest = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    return max(0.0, (newest - timezone.now()).total_seconds()) if newest else 0.0


def workers() -> Finding:
    now = jobs.overview()
    if not now.workers:
        age_s = jobs.seconds_since_heartbeat()
        seen = "none at work" if age_s is None else f"silent for {age_s:.0f} s"
        return Finding("workers", seen, "start `parvis serve` (or `parvis work` on PostgreSQL).")
    seen = f"{len(now.workers)} at work, {now.running} jobs running, {now.ready} due, {now.later} for later"
    if now.oldest_due_s and now.oldest_due_s > WAIT_S:
        return Finding("workers", f"{seen}; the oldest has waited {now.oldest_due_s:.0f} s", "raise PARVIS_WORKERS.")
    return Finding("workers", seen)


def dead_jobs() -> Finding:
    count = jobs.dead_count()
    if count:
        return Finding("dead jobs", f"{count} failed for good", "read why in the console (Tâches): replay or discard.")
    return Finding("dead jobs", "none")


def backups() -> Finding:
    last = backup.last()
    remedy = "run `parvis backup FILE` every night, and keep the file on another machine."
    if last is None:
        return Finding("backups", "none was ever made from this folder", remedy)
    age = timezone.now() - datetime.fromisoformat(last["at"])
    seen = f"the last is {age.days} days old: {last['file']}"
    if age > timedelta(days=BACKUP_DAYS):
        return Finding("backups", seen, remedy)
    if not Path(last["file"]).exists():
        return Finding("backups", f"{seen} (moved away since)")
    return Finding("backups", seen)


LOOKS: tuple[Callable[[], Finding], ...] = (
    configuration, database, secret_key, disk, clock, workers, dead_jobs, backups,
)  # fmt: skip
