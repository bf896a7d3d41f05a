"""Events are frozen dataclasses declared in each room's events.py and known here by their dotted kind.

They hold no personal data: ids, codes, lengths. So erasing a person never breaks the chain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeVar


@dataclass(frozen=True)
class Event:
    """One kind of change. `kind` is its dotted name; `label` what staff read in the history (French).

    Fields are flat and plain JSON: strings, numbers, booleans, None.
    """

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""


REGISTRY: dict[str, type[Event]] = {}
E_ = TypeVar("E_", bound=type[Event])


def event(kind: str, label: str) -> Callable[[E_], E_]:
    """Register a frozen dataclass under a kind such as 'case.closed'. Raises ValueError if the kind is taken."""

    def register(cls: E_) -> E_:
        if kind in REGISTRY:
            raise ValueError(f"The event {kind!r} is declared twice.")
        cls.kind, cls.label = kind, label
        REGISTRY[kind] = cls
        return cls

    return register
