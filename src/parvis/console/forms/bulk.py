"""Which cases, and to whom: the form of a bulk gesture."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.cases.bulk import MAX_CASES
from parvis.console import choices


class CasesField(forms.MultipleChoiceField):
    """Ids of cases ticked in a list. Whether they may be touched is the room's question."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) < 19


class SelectionForm(forms.Form):
    case = CasesField(
        error_messages={
            "required": _("Cochez d’abord un ou plusieurs dossiers."),
            "invalid_choice": _("Cette sélection n’est pas lisible. Revenez à la file et cochez de nouveau."),
        }
    )

    def clean_case(self) -> list[int]:
        ids = [int(value) for value in self.cleaned_data["case"]]
        if len(ids) > MAX_CASES:
            raise forms.ValidationError(_("Choisissez au plus %d dossiers à la fois.") % MAX_CASES)
        return ids


class BulkAssignForm(SelectionForm):
    to = forms.ChoiceField(label=_("Confier à"))

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        hands = choices.hands()
        field.choices = [("", "—"), *hands]
        self.hands_offered: dict[str, str] = {value: label for _group, offered in hands for value, label in offered}

    def target_name(self) -> str:
        return self.hands_offered[self.cleaned_data["to"]]

    def hands(self) -> tuple[int, int | None]:
        return choices.read_hands(self.cleaned_data["to"])
