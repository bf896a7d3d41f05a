"""The house's only clock. Verbs ask it the time, so that a demonstration or a test can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _moved.get() or timezone.now()


def today() -> date:
    """The present day where the city is."""
    return timezone.localdate(now())


@contextmanager
def moved_to(at: datetime) -> Iterator[None]:
    """Make `now()` answer `at` (aware) inside the block, for this thread or task only."""
    if timezone.is_naive(at):
        raise ValueError("A moved clock needs a time zone.")
    token = _moved.set(at)
    try:
        yield
    finally:
        _moved.reset(token)
