"""JobError
├── GiveUp     a handler knows that trying again is useless: the job is dead at once
├── LeaseLost  this worker was too slow: the job belongs to another now
└── NotDead    only a dead job can be replayed or discarded
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator

_PERSONAL = re.compile(r"\S+@\S+|\+?\d[\d .()-]{5,}\d")
FRAMES_KEPT = 12
CAUSES_KEPT = 3


class JobError(Exception):
    code = "job"


class GiveUp(JobError):
    """Raised by a handler for a failure that no retry can mend. The sentence says what a person should do; it is kept
    and shown, so it names no person (addresses and phone numbers are masked anyway)."""

    code = "give_up"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = _PERSONAL.sub("…", sentence)


class LeaseLost(JobError):
    """Another worker may hold this job: leave without writing anything."""

    code = "lease_lost"


class NotDead(JobError):
    """This job isn't dead (any more): somebody else may have replayed or discarded it. Reload the list."""

    code = "not_dead"


def describe(error: BaseException) -> str:
    """What may be kept of a failure: classes and places in the code, never a message, which could quote a row."""
    return "\ncaused by ".join("\n".join(_lines(one)) for one in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    for _level in range(CAUSES_KEPT):
        if current is None:
            return
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _lines(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, GiveUp):
        yield error.sentence
    for frame, line in list(traceback.walk_tb(error.__traceback__))[-FRAMES_KEPT:]:
        yield f"  {frame.f_globals.get('__name__', '?')}:{line} in {frame.f_code.co_name}"
