from __future__ import annotations

from django.db import models
from django.db.models.expressions import RawSQL


class JobQuerySet(models.QuerySet["Job"]):
    def in_state(self, state: str) -> JobQuerySet:
        """Jobs in one state, as a literal: with a parameter, SQLite couldn't use its partial indexes."""
        return self.filter(RawSQL(f"state = '{Job.State(state).value}'", (), output_field=models.BooleanField()))  # noqa: S611


class Job(models.Model):
    """One piece of work to do later. Its states are told in shared/jobs/__init__.py."""

    class State(models.TextChoices):
        READY = "ready"  # waits for its time and a worker
        RUNNING = "running"  # leased to a worker until lease_until
        DONE = "done"
        DEAD = "dead"  # failed max_attempts times, or for good: a person decides
        DISCARDED = "discarded"  # a person decided not to do it

    queue = models.CharField(max_length=30, default="default")
    priority = models.SmallIntegerField(default=0)  # higher first
    task = models.CharField(max_length=200)  # dotted path of a function
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    unique_key = models.CharField(max_length=255, null=True, unique=True)  # the second enqueue of a key is a no-op
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=36, blank=True)  # fences off a worker that outlived its lease
    worker = models.CharField(max_length=80, blank=True)  # "host:process:nonce" of the last worker that took it
    error = models.TextField(blank=True)  # last failure: class and places in the code, no value from a row
    result = models.JSONField(null=True)  # what a django-tasks task returned
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        db_table = "shared_job"
        indexes = [
            models.Index(
                fields=["-priority", "run_at", "id", "queue"],
                name="shared_job_to_claim",
                condition=models.Q(state="ready"),
            ),
            models.Index(fields=["lease_until"], name="shared_job_leases", condition=models.Q(state="running")),
            models.Index(
                fields=["finished_at"], name="shared_job_finished", condition=models.Q(finished_at__isnull=False)
            ),
            models.Index(fields=["-id"], name="shared_job_dead", condition=models.Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.task}{tuple(self.args)} [{self.state}]"


class Heartbeat(models.Model):
    """The last sign of life of a worker process."""

    worker = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "shared_heartbeat"

    def __str__(self) -> str:
        return self.worker
