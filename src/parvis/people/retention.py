"""Where personal data live, and how they go. The marks on the columns (shared/personal.py) are the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.db import models, transaction
from django.utils.functional import SimpleLazyObject

from parvis.ledger.record import record
from parvis.people import events
from parvis.people.models import Consent, Person
from parvis.shared import clock


@dataclass(frozen=True)
class Column:
    """One marked column, and the value that erasing leaves in it."""

    model: type[models.Model]
    name: str
    erased: Any

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.name}"


def _marked() -> tuple[Column, ...]:
    return tuple(
        Column(model, field.name, getattr(field, "erased", ""))
        for model in apps.get_models()
        for field in model._meta.local_fields
        if getattr(field, "personal", False)
    )


# Every marked column of every room, read from the models the first time it's looked at.
PERSONAL_COLUMNS = cast("Sequence[Column]", SimpleLazyObject(_marked))

Eraser = Callable[[Person], int]
# What the marks alone can't find: an address that a report points to, a search index. A room above appends its own verb
# in the ready() of its apps.py. It runs inside the transaction of erase(), once the marked columns are empty (relations
# to the person stay), must bear being run twice, and returns how many rows it emptied.
ERASERS: list[Eraser] = []


def erase(person: Person) -> Person:
    """Empty every personal column of this person, and of each row of any room that points to them, for good.

    What the city did stays, with its numbers, places on the street and dates: nobody can be found behind it any more.
    Erasing twice changes nothing.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.erased_at is not None:
            return person
        now = clock.now()
        rows = sum(_empty(model, {reference: person}) for model, reference in _models_about_people())
        rows += _empty(Person, {"pk": person.pk})
        rows += sum(eraser(person) for eraser in ERASERS)
        Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=now)
        Person.objects.filter(pk=person.pk).update(erased_at=now)
        record(events.PersonErased(rows), subject=person)
    person.refresh_from_db()
    return person


def _models_about_people() -> list[tuple[type[models.Model], str]]:
    """Each model that holds marked columns and points to a person, with the name of that relation."""
    return [
        (model, field.name)
        for model in dict.fromkeys(column.model for column in PERSONAL_COLUMNS)
        for field in model._meta.local_fields
        if field.related_model is Person
    ]


def _empty(model: type[models.Model], which: dict[str, Any]) -> int:
    values = {column.name: column.erased for column in PERSONAL_COLUMNS if column.model is model}
    return model._default_manager.filter(**which).update(**values)
