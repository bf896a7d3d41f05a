"""Letters as files: what a city without a mail server, a demonstration or a test gets. Any mail reader opens them."""

from __future__ import annotations

import os
from email.message import EmailMessage
from pathlib import Path

from parvis.notices.errors import Unreachable


def send(message: EmailMessage, outbox: Path) -> None:
    """Write one .eml, whole or not at all; the same letter again overwrites itself. Raises Unreachable."""
    path = outbox / f"{message['Message-ID'].strip('<>').partition('@')[0]}.eml"
    partial = path.with_suffix(".part")
    try:
        outbox.mkdir(mode=0o700, parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise Unreachable(error.strerror or type(error).__name__) from None
