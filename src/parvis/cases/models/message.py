from __future__ import annotations

from django.db import models

from parvis.cases.models.case import Case
from parvis.people.models import Agent
from parvis.shared import clock
from parvis.shared.personal import PersonalTextField


class Message(models.Model):
    """Something said on a case: a public reply, told to everyone who reported, or an internal note."""

    class Kind(models.TextChoices):
        REPLY = "reply", "Réponse publique"
        NOTE = "note", "Note interne"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    body = PersonalTextField()
    author = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "cases_message"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["case", "at"], name="cases_message_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
