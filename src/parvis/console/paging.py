"""Next and previous over keyset pages: the address carries the cursors of the pages already seen.

The rooms page forward only, from a cursor. Going back means asking again from the cursor before; the last
TRAIL_MAX are remembered, further back is the first page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

TRAIL_MAX = 20
SEPARATOR = "~"


@dataclass(frozen=True)
class Pager:
    """Query strings ('?…') of the pages around this one; None where there is none."""

    first: str | None
    previous: str | None
    next: str | None

    @property
    def is_needed(self) -> bool:
        return bool(self.previous or self.next)


@dataclass(frozen=True)
class Position:
    """Where the page begins (`after` None: at the beginning), and where those before it began."""

    after: str | None = None
    trail: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> Position:
        trail = [cursor for cursor in query.get("trail", "").split(SEPARATOR) if cursor]
        return cls(query.get("after") or None, tuple(trail[-TRAIL_MAX:]))

    def pager(self, query: QueryDict, next_cursor: str | None) -> Pager:
        seen = (*self.trail, self.after) if self.after else self.trail
        return Pager(
            first=_address(query, None, ()) if self.after else None,
            previous=self._previous(query),
            next=_address(query, next_cursor, seen) if next_cursor else None,
        )

    def _previous(self, query: QueryDict) -> str | None:
        if not self.after:
            return None
        return _address(query, self.trail[-1] if self.trail else None, self.trail[:-1])


def _address(query: QueryDict, after: str | None, trail: tuple[str, ...]) -> str:
    changed = query.copy()
    for name in ("after", "trail"):
        changed.pop(name, None)
    if after:
        changed["after"] = after
    if trail:
        changed["trail"] = SEPARATOR.join(trail[-TRAIL_MAX:])
    return f"?{changed.urlencode()}"
