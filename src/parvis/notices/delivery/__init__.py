"""How letters leave: to the mail server of PARVIS_SMTP_URL, else as files in the outbox of the data folder."""

from __future__ import annotations

from email.message import EmailMessage

from django.conf import settings

from parvis.notices.delivery import file, smtp


def send(message: EmailMessage) -> None:
    """Hand over one message; returns once somebody else has it safely. Raises Refused, Unreachable."""
    if settings.SMTP_URL:
        smtp.send(message, smtp.Server.read(settings.SMTP_URL))
    else:
        file.send(message, settings.OUTBOX)
