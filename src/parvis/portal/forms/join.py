"""« Moi aussi »: an e-mail, if one wants the next notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.people import persons
from parvis.people.errors import BadContact
from parvis.people.persons import ContactDetails


class JoinForm(forms.Form):
    courriel = forms.CharField(
        label=_("Courriel"),
        required=False,
        help_text=_("Pour recevoir les avis sur ce dossier. Personne d’autre ne le verra."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        details = self.contact
        if not details.is_empty:
            try:
                persons.check(details)
            except BadContact as wrong:
                self.add_error("courriel", wrong.sentence)
        return data

    @property
    def contact(self) -> ContactDetails:
        return ContactDetails(email=str(self.data.get("courriel", "")))
