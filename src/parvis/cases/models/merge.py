from __future__ import annotations

from django.db import models

from parvis.cases.models.case import Case


class Merge(models.Model):
    """One case emptied into another, with the reports that moved: what it takes to undo it."""

    emptied = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="merges_out")
    into = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="merges_in")
    report_ids = models.JSONField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_merge"
        constraints = [
            models.UniqueConstraint(
                fields=["emptied"], condition=models.Q(undone_at=None), name="cases_merge_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.emptied_id} → {self.into_id}"
