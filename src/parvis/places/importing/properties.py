"""Reading the properties of a GeoJSON feature whatever the city called them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def value(properties: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """The first property of these names, whatever their case, that is there and not empty; else None."""
    folded = {str(key).casefold(): each for key, each in properties.items()}
    return next((v for name in names if (v := folded.get(name.casefold())) not in (None, "")), None)


def text(properties: Mapping[str, Any], names: tuple[str, ...], longest: int) -> str:
    """That property as trimmed text, '' when it's missing; 3.0 is read as 3."""
    found = value(properties, names)
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return "" if found is None else str(found).replace("\x00", "").strip()[:longest]


def day(properties: Mapping[str, Any], names: tuple[str, ...]) -> date | None:
    """That property as a day, None when it's missing or no ISO date."""
    try:
        return date.fromisoformat(str(value(properties, names))[:10])
    except ValueError:
        return None
