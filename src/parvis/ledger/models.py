from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from parvis.ledger.errors import AppendOnlyError


class Entry(models.Model):
    """One line of the ledger: what changed, when, by whom, chained by hash to the subject's previous line.

    The database itself refuses an update or a delete (triggers in the second migration).
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)  # "case:42"
    version = models.PositiveIntegerField()  # 1, 2, 3… within the subject
    actor = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    correlation = models.CharField(max_length=60)
    data = models.JSONField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_entry"
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="ledger_entry_one_version_per_subject"),
        ]
        indexes = [
            models.Index(fields=["kind", "id"], name="ledger_entry_kind"),
            models.Index(fields=["correlation"], name="ledger_entry_correlation"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} v{self.version} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError
