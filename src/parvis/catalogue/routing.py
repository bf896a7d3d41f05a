"""Which team takes a case: the first rule that matches, else the department's own team. docs/explain/routing.md."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from parvis.catalogue.models import RoutingRule, Service
from parvis.people.models import Department, Team
from parvis.shared.bilingual import in_language


@dataclass(frozen=True)
class Routing:
    """A team, the rule that named it (None: the fallback) and the reason in words."""

    team: Team
    rule: RoutingRule | None
    why: str


def team_for(service: Service, zone_ids: Collection[int]) -> Routing | None:
    """The team for `service` at a place that lies in the zones `zone_ids` (none: no place).

    The first matching rule by position wins, however precise a later one may be; rules of closed teams are passed
    over. None when no rule matches and the department has no open team.
    """
    rule = (
        RoutingRule.objects.filter(Q(service=service) | Q(service=None))
        .filter(Q(category=service.category_id) | Q(category=None))
        .filter(Q(zone__in=list(zone_ids)) | Q(zone=None))
        .filter(team__is_active=True)
        .select_related("team__department", "service", "category", "zone")
        .order_by("position", "id")
        .first()
    )
    if rule is not None:
        return Routing(rule.team, rule, _why(rule))
    team = default_team(service.department)
    return Routing(team, None, _why_default(team)) if team else None


def default_team(department: Department) -> Team | None:
    """The open team that bears the department's code, else its oldest open one."""
    teams = list(department.teams.filter(is_active=True).select_related("department").order_by("id"))
    return next((team for team in teams if team.code == department.code), teams[0] if teams else None)


def _why(rule: RoutingRule) -> str:
    return _("Règle %(position)d : %(subject)s, %(place)s, va à l’équipe « %(team)s ».") % {
        "position": rule.position,
        "subject": subject_words(rule),
        "place": rule.zone.name if rule.zone else _("partout"),
        "team": in_language(rule.team, "name"),
    }


def subject_words(rule: RoutingRule) -> str:
    """What a rule is about: a service, a family of services, or everything."""
    if rule.service:
        return rule.service.name
    return rule.category.name if rule.category else _("tous les services")


def _why_default(team: Team) -> str:
    return _("Aucune règle ne s’applique : le dossier va à « %(team)s », l’équipe de « %(department)s ».") % {
        "team": in_language(team, "name"),
        "department": in_language(team.department, "name"),
    }
