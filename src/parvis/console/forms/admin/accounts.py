from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.console import choices
from parvis.people import accounts
from parvis.people.models import Agent, Department, Team
from parvis.people.permissions import Role
from parvis.shared.bilingual import in_language


class NamedChoice(forms.ModelChoiceField):
    """A select of rows named in two languages."""

    def label_from_instance(self, row: Any) -> str:
        return in_language(row, "name")


class TeamsChoice(forms.ModelMultipleChoiceField):
    """Active teams, and those already held though no longer active."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, team: Any) -> str:
        name, department = in_language(team, "name"), in_language(team.department, "name")
        return name if name == department else f"{name} · {department}"


class AgentForm(forms.Form):
    """Who an account belongs to and what it may do."""

    username = forms.CharField(
        label=_("Nom de connexion"),
        help_text=_("De 3 à 60 lettres sans accent, chiffres, points ou traits d’union. Il ne change plus ensuite."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Nom"), max_length=120)
    email = forms.EmailField(label=_("Courriel"), required=False, max_length=254)
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)
    department = NamedChoice(
        label=_("Direction"), queryset=Department.objects.all(), required=False, empty_label=_("Aucune")
    )
    teams = TeamsChoice(
        label=_("Équipes"),
        help_text=_("Les files que cette personne voit et où elle prend des dossiers."),
        queryset=Team.objects.select_related("department"),
        required=False,
    )

    def __init__(self, *args: Any, agent: Agent | None = None, **kwargs: Any) -> None:
        if agent is not None:
            kwargs["initial"] = {
                "name": agent.name,
                "email": agent.email,
                "role": agent.role,
                "department": agent.department_id,
                "teams": [team.pk for team in agent.teams.all()],
            }
        super().__init__(*args, **kwargs)
        self.agent = agent
        if agent is not None:
            del self.fields["username"]

    def save(self) -> Agent:
        """Open the account, or bring it up to date. Raises AccountError or BadContact, with the field to correct."""
        data = self.cleaned_data
        if self.agent is None:
            return accounts.create_agent(
                data["username"],
                name=data["name"],
                role=data["role"],
                email=data["email"],
                department=data["department"],
                teams=data["teams"],
            )
        with transaction.atomic():  # all of the page, or nothing
            accounts.change_details(self.agent, name=data["name"], email=data["email"], department=data["department"])
            accounts.set_role(self.agent, data["role"])
            return accounts.set_teams(self.agent, data["teams"])


class AgentFilters(forms.Form):
    q = forms.CharField(label=_("Nom ou nom de connexion"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Rôle"), required=False)
    team = forms.ChoiceField(label=_("Équipe"), required=False)
    closed = forms.BooleanField(label=_("Comptes fermés"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Tous les rôles")), *Role.choices]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", _("Toutes les équipes")), *choices.teams()]  # type: ignore[attr-defined]
