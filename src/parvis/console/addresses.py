"""From the words of an address box to one place, asking which one when the words may mean several."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from parvis.places import geocoding
from parvis.places.geocoding import Location
from parvis.shared import text

OFFERED = 6


def locate(form: forms.Form) -> Location | None:
    """The place that a valid form with `address` and `choice` names.

    None when it isn't known yet: the form then holds a sentence, or `candidates` to choose from.
    """
    typed, choice = form.cleaned_data["address"], form.cleaned_data.get("choice")
    found = geocoding.find(typed)[:OFFERED]
    if not found:
        form.add_error("address", _("Cette adresse est introuvable. Essayez le nom de la rue seul, ou un coin de rue."))
        return None
    if choice is not None and choice < len(found):
        return found[choice]
    if len(found) == 1 or text.words(found[0].label) == text.words(typed):
        return found[0]
    form.candidates = list(enumerate(found))  # type: ignore[attr-defined]
    form.add_error("address", _("Plusieurs lieux portent ce nom. Choisissez le bon."))
    return None
