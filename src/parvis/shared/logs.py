"""What the log of the house may hold: no secret link, no address, no word of a row that a database quotes."""

from __future__ import annotations

import logging
import re
from types import TracebackType

from django.db import OperationalError

_SECRETS = re.compile(r"(/suivi/[^/\s]+/|/console/entrer/)[^/\s?]+")
_ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
_TELLABLE = (OperationalError, OSError)  # their messages speak of the machine, never of a row


class Discreet(logging.Formatter):
    """Errors as classes and places in the code; secret links and addresses as dots."""

    def format(self, record: logging.LogRecord) -> str:
        return _ADDRESS.sub("…", _SECRETS.sub(r"\1…", super().format(record)))

    def formatException(  # noqa: N802  the library's name
        self, info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        from parvis.shared.jobs.errors import describe  # the log is set up before the apps are

        error = info[1]
        if error is None:
            return ""
        return f"{describe(error)}\n{error}" if isinstance(error, _TELLABLE) else describe(error)
