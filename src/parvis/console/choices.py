"""What the selects of the console offer: one or two queries each, in the language of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from parvis.catalogue.models import Category, Service
from parvis.people.models import Agent, Team
from parvis.places.models import Zone
from parvis.shared.bilingual import in_language

Choices = list[tuple[Any, Any]]  # (value, label), or (group, [(value, label), …])


def teams() -> Choices:
    """Active teams, by department."""
    rows = Team.objects.filter(is_active=True).select_related("department").order_by("department__name_fr", "name_fr")
    return _grouped((in_language(team.department, "name"), team.pk, in_language(team, "name")) for team in rows)


def hands() -> Choices:
    """Whom a case may be handed to: each active team as a whole ('3'), or one of its people ('3-17')."""
    offered: Choices = []
    members = _members()
    for team in Team.objects.filter(is_active=True).order_by("name_fr"):
        name = in_language(team, "name")
        whole = (str(team.pk), _("%(team)s · toute l’équipe") % {"team": name})
        offered.append((name, [whole, *((f"{team.pk}-{pk}", f"{name} · {who}") for pk, who in members[team.pk])]))
    return offered


def _members() -> dict[int, list[tuple[int, str]]]:
    members: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Agent.objects.filter(is_active=True, teams__is_active=True).order_by("name")
    for team_id, pk, name in rows.values_list("teams", "pk", "name"):
        members[team_id].append((pk, name))
    return members


def read_hands(value: str) -> tuple[int, int | None]:
    """'3-17' → (3, 17): the team, and the person or None."""
    team, _dash, member = value.partition("-")
    return int(team), int(member) if member else None


def services(*, only: Iterable[int] | None = None) -> Choices:
    """Active services, by category; `only` keeps these ids."""
    rows = Service.objects.filter(is_active=True).select_related("category").order_by("category__position", "name_fr")
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    return _grouped((service.category.name, service.pk, service.name) for service in rows)


def categories() -> Choices:
    return [(category.pk, category.name) for category in Category.objects.all()]


def boroughs() -> Choices:
    return list(Zone.objects.filter(kind=Zone.Kind.BOROUGH, valid_to=None).order_by("name").values_list("pk", "name"))


def _grouped(rows: Iterable[tuple[str, Any, str]]) -> Choices:
    groups: dict[str, Choices] = defaultdict(list)
    for group, value, label in rows:
        groups[group].append((value, label))
    return list(groups.items())
