"""Who acts, through which door, and under which correlation id: set once per request or job, read by record()."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Context:
    actor: str = "system"  # "agent:12", "resident", "machine:3", "system": an id, never a name
    channel: str = "system"  # "web", "console", "phone", "email", "open311", "import", "system"
    correlation: str = field(default_factory=lambda: str(uuid.uuid4()))  # groups the entries of one click


_current: ContextVar[Context | None] = ContextVar("ledger_context", default=None)


def current() -> Context:
    return _current.get() or Context()


@contextmanager
def acting(
    *, actor: str | None = None, channel: str | None = None, correlation: str | None = None
) -> Iterator[Context]:
    """Within the block, entries carry these; what is None comes from the surrounding block."""
    outer = _current.get() or Context()
    inner = replace(
        outer,
        actor=actor if actor is not None else outer.actor,
        channel=channel if channel is not None else outer.channel,
        correlation=correlation if correlation is not None else outer.correlation,
    )
    token = _current.set(inner)
    try:
        yield inner
    finally:
        _current.reset(token)
