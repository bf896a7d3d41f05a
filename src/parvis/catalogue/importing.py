"""Load a catalogue file: all of it or nothing, and the second time nothing changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from parvis.catalogue import events, reading
from parvis.catalogue.models import Category, Question, Service
from parvis.catalogue.reading import Line, Named
from parvis.ledger.record import record
from parvis.people import organising
from parvis.people.models import Department

_QUESTION_FIELDS = ("position", "kind", "label_fr", "label_en", "is_required", "options", "condition")


@dataclass(frozen=True)
class Imported:
    """How many services a file made, changed and left as they were."""

    created: int
    changed: int
    unchanged: int


def load(path: Path) -> Imported:
    """Make the file's categories, departments (each with a team of its own where it has none), services and questions.

    What the file says wins over what was edited since; what it doesn't speak of stays. Services that aren't in it stay.
    Raises BadFile, after writing nothing.
    """
    lines = reading.read(path)
    with transaction.atomic():
        categories = {line.category.code: line.category for line in lines}
        kept = {code: save_category(named, position) for position, (code, named) in enumerate(categories.items())}
        departments = {
            code: _save_department(named) for code, named in {x.department.code: x.department for x in lines}.items()
        }
        services = {
            service.code: service
            for service in Service.objects.select_for_update().filter(code__in=[line.service.code for line in lines])
        }
        outcomes = [
            _save_line(
                line, services.get(line.service.code), kept[line.category.code], departments[line.department.code]
            )
            for line in lines
        ]
    return Imported(*(outcomes.count(word) for word in ("created", "changed", "unchanged")))


def save_category(named: Named, position: int) -> Category:
    """Make or rename a category, found by its code; a new one takes `position`."""
    category = Category.objects.select_for_update().filter(code=named.code).first()
    is_new = category is None
    category = category or Category(code=named.code, position=position)
    name_en = named.name_en or category.name_en
    if is_new or (category.name_fr, category.name_en) != (named.name_fr, name_en):
        category.name_fr, category.name_en = named.name_fr, name_en
        category.save()
        record(events.CategorySaved(named.code, is_new), subject=category)
    return category


def _save_department(named: Named) -> Department:
    known = Department.objects.filter(code=named.code).first()
    name_en = named.name_en or (known.name_en if known else "")
    department = organising.save_department(named.code, name_fr=named.name_fr, name_en=name_en)
    if not department.teams.exists():
        organising.save_team(named.code, name_fr=named.name_fr[:120], name_en=name_en[:120], department=department)
    return department


def _save_line(line: Line, service: Service | None, category: Category, department: Department) -> str:
    """'created', 'changed' or 'unchanged'."""
    if service is None:
        service = line.service
        service.category, service.department = category, department
        service.save()
        record(events.ServiceCreated(service.code), subject=service)
        _save_questions(service, line.questions or [])
        return "created"
    line.service.category, line.service.department = category, department
    names = sorted(line.fields | {"category_id", "department_id"})
    changed = [name for name in names if getattr(service, name) != getattr(line.service, name)]
    for name in changed:
        setattr(service, name, getattr(line.service, name))
    if line.questions is not None and _save_questions(service, line.questions):
        changed.append("questions")
    if not changed:
        return "unchanged"
    service.save()
    record(events.ServiceChanged(service.code, tuple(changed)), subject=service)
    return "changed"


def _save_questions(service: Service, wanted: list[Question]) -> bool:
    """Make the service ask exactly this. Says whether anything changed."""
    known = {question.key: question for question in service.questions.all()}
    gone = known.keys() - {question.key for question in wanted}
    changed = bool(gone)
    if gone:
        service.questions.filter(key__in=gone).delete()
    for question in wanted:
        kept = known.get(question.key)
        if kept is None or any(getattr(kept, name) != getattr(question, name) for name in _QUESTION_FIELDS):
            question.pk, question.service = kept.pk if kept else None, service
            question.save()
            changed = True
    return changed
