from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.people import accounts
from parvis.people.errors import WeakPassword
from parvis.people.models import Agent


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Nom de connexion"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """A new password, twice; the old one too, unless its owner came in by a one-time link."""

    current = forms.CharField(
        label=_("Mot de passe actuel"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("Nouveau mot de passe"),
        help_text=_("Au moins 12 caractères. Une phrase que vous retenez vaut mieux qu’un mot compliqué."),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Le même, encore une fois"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, agent: Agent, ask_current: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent
        if not ask_current:
            del self.fields["current"]

    def clean_current(self) -> str:
        if not self.agent.check_password(self.cleaned_data["current"]):
            raise forms.ValidationError(_("Ce n’est pas votre mot de passe actuel. Réessayez."))
        return str(self.cleaned_data["current"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("Les deux nouveaux mots de passe diffèrent. Écrivez le même deux fois."))
        return data

    def save(self) -> Agent | None:
        """The agent with the new password, or None (and a sentence in the form) when it's too weak."""
        try:
            return accounts.set_password(self.agent, self.cleaned_data["new"])
        except WeakPassword as weak:
            for reason in weak.reasons:
                self.add_error("new", reason)
            return None
