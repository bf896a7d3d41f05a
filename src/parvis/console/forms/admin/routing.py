from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.catalogue import editing
from parvis.catalogue.editing import RuleDraft
from parvis.catalogue.models import Category, RoutingRule, Service
from parvis.console.forms.admin.accounts import NamedChoice
from parvis.console.forms.admin.organisation import SERVED, zone_label
from parvis.people.models import Team
from parvis.places.models import Zone


class ZoneChoice(forms.ModelChoiceField):
    def label_from_instance(self, zone: Any) -> str:
        return zone_label(zone)


class RuleForm(forms.Form):
    """One line of the routing table: what, where, who."""

    position = forms.IntegerField(
        label=_("Rang"),
        help_text=_("La première règle qui convient l’emporte : mettez les cas précis avant les cas généraux."),
        min_value=0,
        max_value=30_000,
        initial=100,
    )
    service = NamedChoice(
        label=_("Service"),
        queryset=Service.objects.filter(is_active=True),
        required=False,
        empty_label=_("Tous les services"),
    )
    category = NamedChoice(
        label=_("ou famille de services"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=_("Toutes les familles"),
    )
    zone = ZoneChoice(
        label=_("Secteur"),
        queryset=Zone.objects.filter(kind__in=SERVED, valid_to=None).order_by("kind", "name").defer("geometry"),
        required=False,
        empty_label=_("Partout"),
    )
    team = NamedChoice(
        label=_("Équipe qui reçoit le dossier"),
        queryset=Team.objects.filter(is_active=True),
        empty_label=_("Choisissez"),
    )

    def __init__(self, *args: Any, rule: RoutingRule | None = None, **kwargs: Any) -> None:
        if rule is not None:
            kwargs["initial"] = {
                "position": rule.position,
                "service": rule.service_id,
                "category": rule.category_id,
                "zone": rule.zone_id,
                "team": rule.team_id,
            }
        super().__init__(*args, **kwargs)
        self.rule = rule
        if rule is not None:  # what the rule names stays choosable, even retired since
            services = Service.objects.filter(Q(is_active=True) | Q(rules=rule)).distinct()
            self.fields["service"].queryset = services  # type: ignore[attr-defined]
            teams = Team.objects.filter(Q(is_active=True) | Q(rules=rule)).distinct()
            self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def save(self) -> RoutingRule:
        """Raises BadEntry, Unknown."""
        data = self.cleaned_data
        draft = RuleDraft(
            team_id=data["team"].pk,
            service_id=data["service"].pk if data["service"] else None,
            category_id=data["category"].pk if data["category"] else None,
            zone_id=data["zone"].pk if data["zone"] else None,
            position=data["position"],
        )
        return editing.save_rule(draft, self.rule.pk if self.rule else None)
