"""Who asks, last, and optional where the service allows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.catalogue.models import Service
from parvis.people import persons
from parvis.people.errors import BadContact
from parvis.people.persons import ContactDetails

NAMES = {"name": "nom", "email": "courriel", "phone": "telephone"}  # the room's fields → this form's


class WhoForm(forms.Form):
    nom = forms.CharField(
        label=gettext_lazy("Nom"), required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    courriel = forms.CharField(
        label=gettext_lazy("Courriel"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    telephone = forms.CharField(
        label=gettext_lazy("Téléphone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    langue = forms.ChoiceField(
        label=gettext_lazy("Langue de nos messages"),
        choices=[("fr", "Français"), ("en", "English")],
        widget=forms.RadioSelect,
        required=False,
    )
    avis = forms.BooleanField(
        label=gettext_lazy("Je veux recevoir par courriel les avis sur l’avancement de ma demande."), required=False
    )

    def __init__(self, service: Service, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.fields["langue"].required = True
        if not service.anonymous_allowed:
            self.fields["courriel"].help_text = _(
                "Un courriel ou un téléphone est nécessaire : l’équipe doit pouvoir vous joindre."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        details = contact_in(self.data)
        if details.is_empty and self.service.anonymous_allowed:
            return data
        try:
            persons.check(details)
        except BadContact as wrong:
            self.add_error(NAMES.get(wrong.field, "courriel"), wrong.sentence)
        if not (self.service.anonymous_allowed or details.email.strip() or details.phone.strip()):
            self.errors.pop("courriel", None)
            self.add_error(
                "courriel",
                _("Laissez un courriel ou un téléphone : pour ce service, l’équipe doit pouvoir vous joindre."),
            )
        return data


def contact_in(typed: Any) -> ContactDetails:
    """The contact details among the fields of the page."""
    return ContactDetails(
        name=str(typed.get("nom", "")),
        email=str(typed.get("courriel", "")),
        phone=str(typed.get("telephone", "")),
        language=str(typed.get("langue", "fr") or "fr"),
    )
