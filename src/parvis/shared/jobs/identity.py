"""The name under which this process takes jobs: host, process and a nonce, since process numbers come back."""

from __future__ import annotations

import os
import secrets
import socket
from functools import lru_cache


def me() -> str:
    return _named(os.getpid())  # asked each time: a fork must not keep its parent's name


@lru_cache(maxsize=1)
def _named(process: int) -> str:
    return f"{socket.gethostname()[:50]}:{process}:{secrets.token_hex(4)}"


def is_gone(worker: str) -> bool:
    """Did this worker certainly end? Only ever certain of a process of this machine: False means "unknown"."""
    host, process, _nonce = worker.rsplit(":", 2)
    if host != me().rsplit(":", 2)[0] or worker == me():
        return False
    if int(process) == os.getpid():
        return True  # its number is ours now
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False
