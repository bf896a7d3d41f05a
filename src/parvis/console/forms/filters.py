"""The filters of a queue, as a GET form whose address can be kept and shared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.cases.queues import Filters
from parvis.cases.states import OPEN_STATES, State
from parvis.console import choices

ANY = [("", _("Peu importe"))]


class FilterForm(forms.Form):
    """Every field narrows, all of them combine, an empty one doesn't narrow."""

    q = forms.CharField(label=_("Mots ou numéro"), max_length=200, required=False)
    state = forms.ChoiceField(label=_("État"), required=False)
    team = forms.TypedChoiceField(label=_("Équipe"), coerce=int, empty_value=None, required=False)
    category = forms.TypedChoiceField(label=_("Catégorie"), coerce=int, empty_value=None, required=False)
    service = forms.TypedChoiceField(label=_("Service"), coerce=int, empty_value=None, required=False)
    borough = forms.TypedChoiceField(label=_("Arrondissement"), coerce=int, empty_value=None, required=False)
    overdue = forms.BooleanField(label=_("En retard seulement"), required=False)
    order = forms.ChoiceField(
        label=_("Ordre"), choices=[("due", _("Échéance")), ("newest", _("Plus récents"))], required=False
    )

    def __init__(self, queue: str, data: Any) -> None:
        super().__init__(data, auto_id="f_%s")
        self.queue = queue
        states = State.choices if queue == "all" else [(state.value, state.label) for state in OPEN_STATES]
        self._offer("state", states)
        self._offer("team", choices.teams())
        self._offer("category", choices.categories())
        self._offer("service", choices.services())
        self._offer("borough", choices.boroughs())

    def _offer(self, name: str, offered: choices.Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*ANY, *offered]

    def filters(self) -> Filters:
        """Call once valid."""
        data = self.cleaned_data
        return Filters(
            queue=self.queue, text=data["q"], state=data["state"], team_id=data["team"], service_id=data["service"],
            category_id=data["category"], borough_id=data["borough"], is_overdue=data["overdue"],
            order=data["order"] or "due",
        )  # fmt: skip

    @property
    def narrowing(self) -> int:
        """How many fields narrow the queue now."""
        return sum(1 for name in self.changed_data if name != "order")
