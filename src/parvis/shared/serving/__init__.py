"""`parvis serve`: from an empty folder to an open house, in one process tree."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from parvis.shared.serving import door, folder, static_files, tree
from parvis.shared.serving.errors import ServingError
from parvis.shared.wiring import wired

__all__ = ["DEFAULT_PORT", "ServingError", "port_from", "serve"]
DEFAULT_PORT = 3110


def serve(host: str = "127.0.0.1", port: int = DEFAULT_PORT, say: Callable[[str], object] = print) -> None:
    """Check the door, prepare the folder and the database, tell the address, and serve until told to stop; blocks.

    Raises ServingError, whose text is for the person at the keyboard.
    """
    address = door.address_of(host, port)
    door.check_reach(address, public_url=settings.PARVIS_URL, debug=settings.DEBUG)
    door.check_port_is_free(address, port)
    folder.make()
    lock = folder.hold()
    try:
        folder.migrate()
        static_files.collect()
        _welcome(f"http://{f'[{address}]' if ':' in address else address}:{port}", say)
        tree.run(address, port)
    finally:
        if lock is not None:
            os.close(lock)


def port_from(given: int | None) -> int:
    """`--port`, else PORT of the environment, else 3110. Raises ServingError when PORT isn't a number."""
    if given is not None:
        return given
    try:
        return int(os.environ.get("PORT") or DEFAULT_PORT)
    except ValueError:
        raise ServingError(f"PORT has the value {os.environ['PORT']!r}; it takes a number such as 3110.") from None


def _welcome(local: str, say: Callable[[str], object]) -> None:
    link = wired("first_run", lambda: None)()
    where = "PostgreSQL" if connection.vendor == "postgresql" else str(Path(settings.DATA))
    say(f"Parvis is open at {settings.PARVIS_URL or local}/ (data: {where}). Ctrl+C closes it.")
    if link:
        say(f"First administrator: sign in once, within half an hour, at {settings.PARVIS_URL or local}{link}")
