"""Events made plain: what goes into the ledger comes back equal from both databases, or isn't let in."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from parvis.ledger.errors import NotPlainData
from parvis.ledger.events import Event

# PostgreSQL keeps JSON numbers as decimals: from 10^15 up a float may come back as a whole number, and -0.0 as 0.
FLOAT_LIMIT = 1e15
_encode = msgspec.json.Encoder(order="deterministic").encode


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces: equal values give equal bytes."""
    return _encode(value)


def plain(event: Event) -> dict[str, Any]:
    """The fields of an event as plain JSON: dates become ISO text, tuples lists, enumerations their value.

    Raises NotPlainData for what JSON has no word for, NUL characters, and numbers that a database would change.
    """
    try:
        encoded = _encode(event)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotPlainData(f"{event.kind}: {error}") from None
    if b"\\u0000" in encoded:
        raise NotPlainData(f"{event.kind}: a text holds the character NUL.")
    data: dict[str, Any] = msgspec.json.decode(encoded)
    for name, value in data.items():
        if not _comes_back(value):
            raise NotPlainData(f"{event.kind}.{name}: a database would change this number; use a whole number or text.")
    return data


def _comes_back(value: Any) -> bool:
    match value:
        case float():
            return abs(value) < FLOAT_LIMIT and not (value == 0 and math.copysign(1, value) < 0)
        case dict():
            return all(_comes_back(part) for part in value.values())
        case list():
            return all(_comes_back(part) for part in value)
        case _:
            return True
