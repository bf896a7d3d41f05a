"""Letters over SMTP (RFC 5321): what the server says decides whether to try again."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from parvis.notices.errors import NotDelivered, Refused, Unreachable

TIMEOUT_S = 20
FORM = "smtp://user:password@host:587?tls=yes, or smtps://user:password@host"


@dataclass(frozen=True)
class Server:
    """Where PARVIS_SMTP_URL leads."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: str = "none"  # none, starttls (smtp://…?tls=yes), implicit (smtps://)

    @classmethod
    def read(cls, url: str) -> Server:
        """A password is never sent in the clear unless `tls=no` says so. Raises ImproperlyConfigured."""
        parts = urlsplit(url)
        asked = parse_qs(parts.query).get("tls", ["yes" if parts.password else "no"])[-1]
        try:
            port = parts.port
        except ValueError:
            port = -1
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or port == -1 or asked not in ("yes", "no"):
            raise ImproperlyConfigured(f"PARVIS_SMTP_URL can't be read; it takes {FORM}.")  # it may hold a password
        tls = "implicit" if parts.scheme == "smtps" else "starttls" if asked == "yes" else "none"
        usual = {"implicit": 465, "starttls": 587, "none": 25}[tls]
        return cls(parts.hostname, port or usual, unquote(parts.username or ""), unquote(parts.password or ""), tls)


def send(message: EmailMessage, server: Server, timeout_s: float = TIMEOUT_S) -> None:
    """Hand one message over and wait for the server's word. Raises Refused, Unreachable."""
    failure: NotDelivered | None = None
    try:
        with closing(_connect(server, message["From"].addresses[0].domain, timeout_s)) as line:
            line.send_message(message)
            with suppress(smtplib.SMTPException, OSError):  # it has the letter: how we part doesn't matter
                line.quit()
    except (smtplib.SMTPException, OSError) as error:
        failure = _verdict(error)
    if failure is not None:  # raised out here, so that no traceback drags along the server's own words
        raise failure


def answers(server: Server, timeout_s: float = TIMEOUT_S) -> str:
    """'' when the server lets us in, else why not: for `parvis doctor`."""
    try:
        with closing(_connect(server, "localhost", timeout_s)) as line:
            line.noop()
    except (smtplib.SMTPException, OSError) as error:
        return _verdict(error).sentence
    return ""


def _connect(server: Server, our_name: str, timeout_s: float) -> smtplib.SMTP:
    """`our_name` is said in EHLO: left out, Python asks the network for it, which can take long."""
    if server.tls == "implicit":
        context = ssl.create_default_context()
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=our_name, timeout=timeout_s, context=context
        )
    else:
        line = smtplib.SMTP(server.host, server.port, local_hostname=our_name, timeout=timeout_s)
    try:
        if server.tls == "starttls":
            line.starttls(context=ssl.create_default_context())
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line


def _verdict(error: Exception) -> NotDelivered:
    """5xx about the recipient or the message is for good; the rest may mend, our own sign-in and sender included."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _by_code(code, said)
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        return Unreachable(_spoken(error.smtp_code, error.smtp_error))
    if isinstance(error, OSError) and error.strerror:
        return Unreachable(error.strerror)
    return Unreachable(str(error) or type(error).__name__)


def _by_code(code: int, said: bytes | str) -> NotDelivered:
    return Refused(_spoken(code, said)) if 500 <= code < 600 else Unreachable(_spoken(code, said))


def _spoken(code: int, said: bytes | str) -> str:
    """'550 No such user': the extended code (RFC 3463) says nothing more to whoever reads this."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {re.sub(r'[245][.][0-9]{1,3}[.][0-9]{1,3} ', '', words)}"
