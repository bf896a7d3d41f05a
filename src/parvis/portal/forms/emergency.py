"""The emergency question of a service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.catalogue.models import Service

YES_OR_NO = _("Répondez par oui ou par non.")


class EmergencyForm(forms.Form):
    danger = forms.ChoiceField(
        choices=[("yes", _("Oui")), ("no", _("Non"))],
        widget=forms.RadioSelect,
        error_messages={"required": YES_OR_NO, "invalid_choice": YES_OR_NO},
    )

    def __init__(self, service: Service, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["danger"].label = service.screen_question
