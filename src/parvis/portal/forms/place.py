"""Where is it? A text, a candidate among several, or a point of the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.catalogue.models import Service
from parvis.places import geocoding
from parvis.places.errors import BadPosition
from parvis.places.geocoding import Location
from parvis.places.models import Precision
from parvis.shared import text

VAGUE = (Precision.STREET, Precision.ZONE, Precision.NONE)
MOST_CANDIDATES = 6
WHICH = gettext_lazy("Plusieurs lieux ressemblent à ce que vous avez écrit. Choisissez le bon ci-dessous.")
IS_IT = gettext_lazy("Est-ce bien ce lieu ? Choisissez-le, ou précisez l’adresse.")
UNKNOWN = gettext_lazy("Nous ne trouvons pas ce lieu. Vérifiez le nom de la rue, ou choisissez un point sur la carte.")


class PlaceForm(forms.Form):
    """`location` holds the answer after is_valid(); `candidates` those to choose from when several places fit."""

    adresse = forms.CharField(
        required=False,
        max_length=200,
        error_messages={"max_length": gettext_lazy("Cette adresse est trop longue. Gardez le numéro et la rue.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address", "spellcheck": "false"}),
    )
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)

    def __init__(self, service: Service, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.location: Location | None = None
        self.candidates: list[Location] = []
        needs_number = service.location_mode == Service.LocationMode.ADDRESS
        self.fields["adresse"].label = _("Adresse") if needs_number else _("Adresse, coin de rue ou lieu public")
        self.fields["adresse"].help_text = (
            _("Par exemple : 250, rue Principale")
            if needs_number
            else _("Par exemple : 250, rue Principale ; 1re Avenue et 10e Rue ; le nom d’un parc")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = text.clean(self.data.get("suggestion") or data.get("adresse") or "")
        if data.get("lon") is not None and data.get("lat") is not None:
            self._at(data["lon"], data["lat"])
        elif "lon" in self.errors or "lat" in self.errors:
            self._refuse(_("Ce point n’a pas pu être lu. Choisissez-le de nouveau, ou écrivez l’adresse."))
        elif not typed:
            self._refuse(_("Indiquez le lieu : écrivez une adresse, ou choisissez un point sur la carte."))
        else:
            self._find(typed[:200], self.data.get("choix", ""))
        return data

    def _refuse(self, sentence: Any) -> None:
        self.errors.pop("lon", None)  # a hidden field has no place to show its error
        self.errors.pop("lat", None)
        self.add_error("adresse", sentence)

    def _at(self, lon: float, lat: float) -> None:
        try:
            self.location = geocoding.at(lon, lat)
        except BadPosition as wrong:
            self._refuse(wrong.sentence)

    def _find(self, typed: str, choice: str) -> None:
        found = geocoding.find(typed)[:MOST_CANDIDATES]
        chosen = [place for place in found if key_of(place) == choice]
        if chosen or _is_plain(typed, found):
            self.location = (chosen or found)[0]
        elif found:
            self.candidates = found
            self.add_error("adresse", WHICH if len(found) > 1 else IS_IT)
        else:
            self._refuse(UNKNOWN)


def key_of(place: Location) -> str:
    """What tells one candidate from another in a form: its position, to about ten centimetres."""
    return f"{place.lon or 0:.6f},{place.lat or 0:.6f}"


def _is_plain(typed: str, found: list[Location]) -> bool:
    """Nothing to ask: one precise place, or one whose name is exactly what was typed."""
    if not found or found[0].precision in VAGUE:
        return False
    return len(found) == 1 or text.words(found[0].label) == text.words(typed)
