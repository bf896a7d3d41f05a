"""Writing only what differs: new rows in bulk, changed rows in bulk, the rest untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

from parvis.places.importing.files import Outcome

Row = TypeVar("Row", bound=models.Model)


def save_differences(
    wanted: Mapping[Any, Row], existing: Mapping[Any, Row], fields: Sequence[str], outcome: Outcome
) -> None:
    """Insert the keys that are new, update those whose `fields` differ, and count. Inside a transaction."""
    model = type(next(iter(wanted.values()))) if wanted else None
    if model is None:
        outcome.absent = len(existing)
        return
    new = [row for key, row in wanted.items() if key not in existing]
    changed = [old for key, old in existing.items() if key in wanted and _take_over(old, wanted[key], fields)]
    manager = model._default_manager
    manager.bulk_create(new, batch_size=2000)
    manager.bulk_update(changed, list(fields), batch_size=200)
    outcome.added, outcome.changed = len(new), len(changed)
    outcome.unchanged = len(wanted) - len(new) - len(changed)
    outcome.absent = sum(1 for key in existing if key not in wanted)


def _take_over(old: models.Model, new: models.Model, fields: Sequence[str]) -> bool:
    """Copy the fields that differ onto the old row; whether any did."""
    differs = False
    for name in fields:
        value = getattr(new, name)
        if _comparable(getattr(old, name)) != _comparable(value):
            setattr(old, name, value)
            differs = True
    return differs


def _comparable(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
