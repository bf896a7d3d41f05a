from __future__ import annotations

import uuid

from django.db import models

from parvis.cases.models.case import Case
from parvis.cases.models.report import Report
from parvis.shared import clock


class Photo(models.Model):
    """A picture, re-encoded and without metadata in each stored size. No case: kept aside while a form is filled."""

    class Moment(models.TextChoices):
        BEFORE = "before", "Signalement"
        AFTER = "after", "Après l'intervention"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="photos")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="photos")
    moment = models.CharField(max_length=6, choices=Moment.choices, default=Moment.BEFORE)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)  # of the picture as received, for evidence
    is_public = models.BooleanField(default=False)  # a person has checked faces and plates
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "cases_photo"
        ordering = ["added_at"]
        indexes = [models.Index(fields=["added_at"], name="cases_photo_aside", condition=models.Q(case=None))]

    def __str__(self) -> str:
        return str(self.pk)
