"""What `parvis doctor` looks at beyond the common looks of shared/doctor.py."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from parvis.notices.delivery import smtp
from parvis.shared.doctor import Finding

TIMEOUT_S = 5


def mail() -> Finding:
    """Greet the mail server, sign in where we would, and send nothing."""
    if not settings.SMTP_URL:
        return Finding("mail", f"written as files in {settings.OUTBOX}", "set PARVIS_SMTP_URL to send it.")
    try:
        server = smtp.Server.read(settings.SMTP_URL)
    except ImproperlyConfigured as error:
        return Finding("mail", str(error), "correct it.")
    if refusal := smtp.answers(server, TIMEOUT_S):
        seen = f"{server.host}:{server.port} doesn't take us: {refusal}"
        return Finding("mail", seen, "check PARVIS_SMTP_URL, and that the server is up.")
    return Finding("mail", f"{server.host}:{server.port} takes our messages")
