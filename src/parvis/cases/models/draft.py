from __future__ import annotations

from django.db import models

from parvis.cases.models.case import Case
from parvis.people.models import Agent
from parvis.shared.personal import PersonalJSONField


class Draft(models.Model):
    """What a member of staff has typed on a case and not sent yet: kept, so that nothing typed is ever lost."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="drafts")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    fields = PersonalJSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "cases_draft"
        constraints = [models.UniqueConstraint(fields=["agent", "case"], name="cases_draft_one_each")]

    def __str__(self) -> str:
        return f"{self.agent_id} · {self.case_id}"
