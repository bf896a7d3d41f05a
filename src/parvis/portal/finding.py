"""The one box: what a visitor typed becomes services, or the tracking number of a report."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from parvis.catalogue import finding
from parvis.catalogue.models import Category, Service
from parvis.shared import text, tracking

LONGEST_QUESTION = 200


@dataclass(frozen=True)
class Found:
    """The answer of the box. `number`: ten digits when the text was a tracking number."""

    question: str
    number: str | None
    services: list[Service]

    @property
    def is_empty(self) -> bool:
        return not self.services and self.number is None


def look_for(question: str, limit: int = 8) -> Found:
    question = text.clean(question[:LONGEST_QUESTION])
    number = tracking.read(question) if question else None
    services = finding.services(question, limit=limit) if question and number is None else []
    return Found(question, number, services)


@dataclass(frozen=True)
class Shelf:
    """A category with its services, as the browsing lists show it."""

    category: Category
    services: list[Service]


def browse() -> list[Shelf]:
    """Every active service by category, in one query."""
    services = Service.objects.filter(is_active=True).select_related("category")
    ordered = sorted(services, key=lambda one: (one.category.position, one.category_id, text.fold(one.name)))
    shelves = groupby(ordered, key=lambda one: one.category)
    return [Shelf(category, list(shelf)) for category, shelf in shelves]
