"""Routing rules."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext as _

from parvis.catalogue import events
from parvis.catalogue.editing.drafts import RuleDraft
from parvis.catalogue.editing.writing import apply, locked, refuse
from parvis.catalogue.models import Category, RoutingRule, Service
from parvis.ledger.record import record
from parvis.people.models import Team
from parvis.places.models import Zone


def save_rule(draft: RuleDraft, rule_id: int | None = None) -> RoutingRule:
    """Raises BadEntry, Unknown."""
    with transaction.atomic():
        rule = RoutingRule() if rule_id is None else locked(RoutingRule, rule_id)
        changed = apply(rule, draft, {})
        refuse(_rule_faults(rule))
        if changed or rule_id is None:
            rule.save()
            record(_told(rule, is_new=rule_id is None), subject=rule)
        return rule


def _told(rule: RoutingRule, *, is_new: bool) -> events.RuleSaved:
    codes = (row.code if row else "" for row in (rule.service, rule.category, rule.zone, rule.team))
    return events.RuleSaved(is_new, rule.position, *codes)


def _rule_faults(rule: RoutingRule) -> dict[str, str]:
    faults = {}
    if rule.service_id and rule.category_id:
        faults["category_id"] = _("Choisissez un service ou une catégorie, pas les deux.")
    if not 0 <= rule.position <= 30_000:
        faults["position"] = _("Le rang va de 0 à 30 000.")
    wanted: tuple[tuple[str, type[models.Model], int | None], ...] = (
        ("service_id", Service, rule.service_id),
        ("category_id", Category, rule.category_id),
        ("zone_id", Zone, rule.zone_id),
        ("team_id", Team, rule.team_id),
    )
    for field, model, pk in wanted:
        if pk is not None and not model._default_manager.filter(pk=pk).exists():
            faults[field] = _("Ce choix n’existe plus. Choisissez-en un autre.")
    if rule.team_id is None:
        faults["team_id"] = _("Choisissez l’équipe.")
    return faults


def remove_rule(rule_id: int) -> None:
    """Cases keep the team that they have. Raises Unknown."""
    with transaction.atomic():
        rule = locked(RoutingRule, rule_id)
        record(events.RuleRemoved(rule.team.code), subject=rule)
        rule.delete()
