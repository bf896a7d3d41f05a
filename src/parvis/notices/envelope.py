"""A notice as an Internet message (RFC 5322), the same bytes each time it is made."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from parvis.notices.errors import Refused
from parvis.notices.models import Notice

_LINE_END = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def envelope(notice: Notice) -> EmailMessage:
    """The message of one notice. Plain text: it reads alike on every screen and to every screen reader.

    Raises Refused for a recipient that no header can hold.
    """
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = f"<{name_of(notice)}@{sender().domain}>"
    message["Date"] = format_datetime(notice.queued_at)
    message["From"] = sender()
    message["To"] = _recipient(notice)
    if settings.PARVIS_CITY["email"]:
        message["Reply-To"] = Address(settings.PARVIS_CITY["name"], addr_spec=settings.PARVIS_CITY["email"])
    message["Subject"] = one_line(notice.subject)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: holiday answers stay away
    message["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    message.set_content(notice.body, cte="quoted-printable")
    message["Content-Language"] = notice.language
    return message


def _recipient(notice: Notice) -> Address:
    try:
        return Address(addr_spec=notice.recipient)
    except (ValueError, MessageError):
        pass
    raise Refused(_("adresse illisible"))


def sender() -> Address:
    """The city by name, at the address of PARVIS_MAIL_FROM (`Name <address>` wins over the city's name)."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Address(one_line(name or settings.PARVIS_CITY["name"]), addr_spec=address)


def name_of(notice: Notice) -> str:
    """'notice-00000012.9f86d081884c7d65': always the same for a notice, and not to be guessed for another."""
    seed = f"{notice.key}|{notice.queued_at.isoformat()}"
    return f"notice-{notice.pk:08d}.{salted_hmac('parvis.notices', seed, algorithm='sha256').hexdigest()[:16]}"


def one_line(text: str) -> str:
    """Any line end or tab as one space: no second header hides in a first one. Unbreakable spaces stay."""
    return _LINE_END.sub(" ", text).strip()
