from __future__ import annotations

import secrets

from django.db import models

from parvis.cases.models.case import Case
from parvis.catalogue.models import Service
from parvis.people.models import Person
from parvis.places.models import Place
from parvis.shared import clock, tracking
from parvis.shared.personal import PersonalJSONField, PersonalTextField


def new_secret() -> str:
    return secrets.token_urlsafe(18)


class Report(models.Model):
    """One person's ask, with its tracking number. What Open311 calls a service request."""

    class Channel(models.TextChoices):
        WEB = "web", "Web"
        APP = "app", "Application"
        PHONE = "phone", "Téléphone"
        EMAIL = "email", "Courriel"
        COUNTER = "counter", "Comptoir"
        OPEN311 = "open311", "Open311"
        STAFF = "staff", "Personnel"
        OTHER = "other", "Autre"

    number = models.CharField(max_length=10, unique=True)  # ten digits; shown as 26-4718-3092
    secret = models.CharField(max_length=40, default=new_secret)  # opens the whole report to whoever holds the link
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reports")  # as asked
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="reports")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    language = models.CharField(max_length=2, default="fr")
    description = PersonalTextField(blank=True)
    answers = PersonalJSONField(default=dict, blank=True)  # {question key: value}
    is_me_too = models.BooleanField(default=False)  # joined an existing case knowingly
    wants_notices = models.BooleanField(default=True)
    submitted_at = models.DateTimeField(default=clock.now)
    idempotency_key = models.CharField(max_length=64, null=True, unique=True)  # a double submit makes one report
    source = models.CharField(max_length=30, blank=True)
    external_id = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "cases_report"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~models.Q(source=""),
                name="cases_report_imported_once",
            ),
        ]
        indexes = [models.Index(fields=["-submitted_at"], name="cases_report_submitted")]

    def __str__(self) -> str:
        return self.spoken_number

    @property
    def spoken_number(self) -> str:
        return tracking.spoken(self.number)
