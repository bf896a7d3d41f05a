from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.cases.models import Report
from parvis.ledger.models import Entry
from parvis.people.models import Person
from parvis.shared.personal import PersonalCharField, PersonalTextField


class Notice(models.Model):
    """An outbound message to one person. Written with its cause, delivered later by a job, once."""

    class State(models.TextChoices):
        QUEUED = "queued", _("En file")
        SENDING = "sending", _("En cours d’envoi")  # handed to the mail server; the answer isn't written yet
        SENT = "sent", _("Envoyé")
        FAILED = "failed", _("Non remis")  # refused for good: `error` says why
        DROPPED = "dropped", _("Abandonné")  # the person asked for silence, or was erased, before it left

    key = models.CharField(max_length=100, unique=True)  # "<entry id>:<report id>": makes the reaction idempotent
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")  # the change that it tells
    kind = models.CharField(max_length=40)  # template name: acknowledgement, case_closed…
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    medium = models.CharField(max_length=6, default="email")
    recipient = PersonalCharField(max_length=254)
    language = models.CharField(max_length=2)
    subject = PersonalCharField(max_length=200)
    body = PersonalTextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    error = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_notice"
        indexes = [models.Index(fields=["state", "id"], name="notices_notice_state")]

    def __str__(self) -> str:
        return f"{self.kind} → {self.report_id} [{self.state}]"
