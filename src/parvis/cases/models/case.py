from __future__ import annotations

from datetime import datetime

from django.db import models

from parvis.cases.states import Outcome, State, WaitingReason
from parvis.catalogue.models import Service
from parvis.people.models import Agent, Department, Team
from parvis.places.models import Place
from parvis.shared import clock
from parvis.shared.personal import PersonalTextField

# A case has a date of closing if and only if it is closed (a constraint holds it), so that an index of open cases can
# be told without naming the states: SQLite uses a partial index only where the query repeats its condition.
IS_OPEN = models.Q(closed_at=None, merged_into=None)


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        return self.filter(IS_OPEN)

    def standing(self) -> CaseQuerySet:
        """Every case that wasn't merged into another."""
        return self.filter(merged_into=None)

    def overdue(self, at: datetime | None = None) -> CaseQuerySet:
        return self.open().filter(due_at__lt=at or clock.now(), clock_paused_at=None)


class Case(models.Model):
    """The thing that the city has to do. One case gathers one or more reports."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="cases", db_index=False)  # see Meta
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    priority = models.PositiveSmallIntegerField(default=3)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="cases")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="cases")
    assignee = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="cases")

    opened_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True)
    planned_for = models.DateField(null=True)
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True)  # None: answered on the spot, or no target
    clock_paused_at = models.DateTimeField(null=True)

    waiting_reason = models.CharField(max_length=12, choices=WaitingReason.choices, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    outcome_sentence = PersonalTextField(blank=True)  # what the public reads; staff may name things by mistake
    outcome_party = models.CharField(max_length=120, blank=True)  # not_ours: who it belongs to

    is_emergency = models.BooleanField(default=False)  # stays until a person clears it
    reports_count = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_cases", db_index=False
    )  # an index of all those that aren't would tempt SQLite into reading them all
    version = models.PositiveIntegerField(default=1)  # a stale save is refused and shown

    # Where strangers may see it; null when the service never shows it. Set once by intake and join.
    public_lon = models.FloatField(null=True)
    public_lat = models.FloatField(null=True)
    morton = models.BigIntegerField(null=True)  # interleaved web-mercator bits: one map tile is one range
    cell = models.BigIntegerField(null=True)  # H3, resolution 10, of the exact place: "what else is near?"

    source = models.CharField(max_length=30, blank=True)  # import profile, empty for our own
    external_id = models.CharField(max_length=60, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        db_table = "cases_case"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~models.Q(source=""),
                name="cases_case_imported_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False) & ~models.Q(outcome="")
                | ~models.Q(state="closed") & models.Q(closed_at=None),
                name="cases_case_closed_has_outcome",
            ),
        ]
        indexes = [
            # What is owed: a few of all cases, in the order in which queues show them.
            models.Index(fields=["due_at", "id"], name="cases_case_open_due", condition=IS_OPEN),
            models.Index(fields=["-opened_at", "-id"], name="cases_case_open_newest", condition=IS_OPEN),
            models.Index(fields=["state", "due_at", "id"], name="cases_case_open_state", condition=IS_OPEN),
            models.Index(fields=["team", "due_at", "id"], name="cases_case_open_team", condition=IS_OPEN),
            models.Index(fields=["department", "due_at", "id"], name="cases_case_open_department", condition=IS_OPEN),
            models.Index(fields=["assignee", "due_at", "id"], name="cases_case_open_assignee", condition=IS_OPEN),
            models.Index(
                fields=["due_at", "id"], name="cases_case_emergencies", condition=IS_OPEN & models.Q(is_emergency=True)
            ),
            # Everything that ever was.
            models.Index(fields=["-opened_at", "-id"], name="cases_case_newest"),
            models.Index(fields=["due_at", "id"], name="cases_case_due"),
            models.Index(fields=["service", "-opened_at", "-id"], name="cases_case_service"),
            models.Index(fields=["cell", "service", "-opened_at"], name="cases_case_nearby"),
            models.Index(fields=["morton"], name="cases_case_map", condition=models.Q(morton__isnull=False)),
            models.Index(fields=["updated_at"], name="cases_case_updated"),
            models.Index(
                fields=["merged_into"], name="cases_case_merged", condition=models.Q(merged_into__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Dossier {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED and self.merged_into_id is None

    def is_overdue(self, at: datetime | None = None) -> bool:
        if not self.is_open or self.due_at is None or self.clock_paused_at:
            return False
        return self.due_at < (at or clock.now())
