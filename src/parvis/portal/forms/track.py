"""The box for a tracking number."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.shared import tracking

NOT_A_NUMBER = _(
    "Ce n’est pas un numéro de suivi. Vérifiez les dix chiffres : il y en a peut-être un de trop, ou deux inversés."
)


class TrackForm(forms.Form):
    numero = forms.CharField(
        label=_("Numéro de suivi"),
        help_text=_("Dix chiffres, avec ou sans traits d’union. Par exemple : 26-4718-3092"),
        max_length=60,
        error_messages={"required": _("Écrivez votre numéro de suivi.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_numero(self) -> str:
        number = tracking.read(self.cleaned_data["numero"])
        if number is None:
            raise forms.ValidationError(NOT_A_NUMBER)
        return number
