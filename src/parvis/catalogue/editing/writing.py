"""The three gestures of every editing verb: lock, apply, refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from django.db import models

from parvis.catalogue.errors import BadEntry, Unknown

Row = TypeVar("Row", bound=models.Model)


def locked(model: type[Row], pk: int) -> Row:
    row = model._default_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        raise Unknown
    return row


def apply(row: models.Model, draft: Any, values: Mapping[str, Any], *, leave: tuple[str, ...] = ()) -> list[str]:
    """Set the row's columns from a draft of the same names (`values` where the forms differ); names what changed."""
    changed = []
    for field in fields(draft):
        if field.name in leave:
            continue
        value = values.get(field.name, getattr(draft, field.name))
        if getattr(row, field.name) != value:
            setattr(row, field.name, value)
            changed.append(field.name)
    return changed


def refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise BadEntry(faults)
