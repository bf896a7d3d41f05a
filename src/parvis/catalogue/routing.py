"""Which team takes a case: the first rule that matches, else the department's own team. docs/explain/routing.md."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from parvis.catalogue.models import RoutingRule, Service
from parvis.people.models import Team
from parvis.shared.bilingual import in_language

# The first matching rule, else the department's own team, in one question: each new case asks it.
_QUESTION = """
SELECT team.*, rule.id AS rule_id
FROM people_team team
JOIN people_department department ON department.id = team.department_id
LEFT JOIN catalogue_routing_rule rule ON rule.team_id = team.id
    AND (rule.service_id = %s OR rule.service_id IS NULL)
    AND (rule.category_id = %s OR rule.category_id IS NULL)
    AND (rule.zone_id IN ({zones}) OR rule.zone_id IS NULL)
WHERE team.is_active AND (rule.id IS NOT NULL OR department.id = %s)
ORDER BY rule.id IS NULL, rule.position, rule.id, team.code <> department.code, team.id
LIMIT 1
"""


@dataclass(frozen=True)
class Routing:
    """A team, the rule that named it (None: the fallback) and the reason in words."""

    team: Team
    rule_id: int | None

    @property
    def rule(self) -> RoutingRule | None:
        """The rule with all that it names. Reads the database."""
        rules = RoutingRule.objects.select_related("service", "category", "zone")
        return None if self.rule_id is None else rules.get(pk=self.rule_id)

    @property
    def why(self) -> str:
        rule = self.rule
        return _why(rule, self.team) if rule else _why_default(self.team)


def team_for(service: Service, zone_ids: Collection[int]) -> Routing | None:
    """The team for `service` at a place that lies in the zones `zone_ids` (none: no place).

    The first matching rule by position wins, however precise a later one may be; rules of closed teams are passed
    over. No rule matches: the open team that bears the department's code, else its oldest open one; None if it has
    none.
    """
    zones: list[int | None] = [*zone_ids] or [None]
    question = _QUESTION.format(zones=", ".join(["%s"] * len(zones)))
    asked = [service.pk, service.category_id, *zones, service.department_id]
    for team in Team.objects.raw(question, asked):
        return Routing(team, team.rule_id)  # type: ignore[attr-defined]  # raw() hangs it there
    return None


def _why(rule: RoutingRule, team: Team) -> str:
    return _("Règle %(position)d : %(subject)s, %(place)s, va à l’équipe « %(team)s ».") % {
        "position": rule.position,
        "subject": subject_words(rule),
        "place": rule.zone.name if rule.zone else _("partout"),
        "team": in_language(team, "name"),
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
