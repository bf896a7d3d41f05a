"""What a visitor may ask of the public map: the same words for the page and for its tiles."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from parvis.cases.map_table import Box
from parvis.cases.public_map import Cursor, Selection
from parvis.cases.states import OPEN_STATES, State
from parvis.catalogue.models import Category, Service
from parvis.places.cells import check_position
from parvis.places.errors import BadPosition
from parvis.places.models import Zone
from parvis.shared import clock

OPEN = "ouverts"
VISIBLE = (Service.Visibility.EXACT, Service.Visibility.SEGMENT)
UNKNOWN = {"invalid_choice": _("Ce choix n’existe pas ou n’existe plus. Choisissez dans la liste.")}


class MapFilters(forms.Form):
    categorie = forms.ModelChoiceField(
        Category.objects.filter(services__visibility__in=VISIBLE).distinct(),
        to_field_name="code",
        label=_("Sujet"),
        empty_label=_("Tous les sujets"),
        required=False,
        error_messages=UNKNOWN,
    )
    etat = forms.ChoiceField(
        choices=[("", _("Tous les états")), (OPEN, _("Pas encore terminée")), *State.choices],
        label=_("État"),
        required=False,
        error_messages=UNKNOWN,
    )
    periode = forms.ChoiceField(
        choices=[
            ("", _("Depuis toujours")),
            ("7", _("7 derniers jours")),
            ("30", _("30 derniers jours")),
            ("90", _("3 derniers mois")),
            ("365", _("12 derniers mois")),
        ],
        label=_("Période"),
        required=False,
        error_messages=UNKNOWN,
    )
    quartier = forms.ModelChoiceField(
        Zone.objects.filter(kind=Zone.Kind.NEIGHBOURHOOD).only("id", "code", "name").order_by("name"),
        to_field_name="code",
        label=_("Quartier"),
        empty_label=_("Toute la ville"),
        required=False,
        error_messages=UNKNOWN,
    )
    service = forms.ModelChoiceField(
        Service.objects.filter(visibility__in=VISIBLE),
        to_field_name="code",
        widget=forms.HiddenInput,
        required=False,
        error_messages=UNKNOWN,
    )
    cadre = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categorie"].label_from_instance = lambda category: category.name  # type: ignore[attr-defined]

    def clean_cadre(self) -> Box | None:
        typed = self.cleaned_data["cadre"]
        return read_box(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        """What is wrong in a field that nobody sees is told on top of the form."""
        for name in ("service", "cadre"):
            for sentence in self.errors.pop(name, []):
                self.add_error(None, sentence)
        return self.cleaned_data

    @cached_property
    def selection(self) -> Selection:
        """The valid part of what was asked."""
        asked = self.cleaned_data
        category, service, zone = asked.get("categorie"), asked.get("service"), asked.get("quartier")
        return Selection(
            category_id=category.pk if category else None,
            service_id=service.pk if service else None,
            states=_states(asked.get("etat", "")),
            since=_since(asked.get("periode", "")),
            neighbourhood_id=zone.pk if zone else None,
            box=asked.get("cadre"),
        )


def _states(asked: str) -> tuple[str, ...]:
    if asked == OPEN:
        return tuple(str(state) for state in OPEN_STATES)
    return (asked,) if asked else ()


def _since(days: str) -> datetime | None:
    """Midnight in the city, so many days ago."""
    if not days:
        return None
    day = clock.today() - timedelta(days=int(days))
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001  the city's own clock


def read_box(typed: str) -> Box:
    """'west,south,east,north' in degrees. Raises ValidationError."""
    parts = typed.split(",")
    try:
        west, south, east, north = parts
        (west_, south_), (east_, north_) = check_position(west, south), check_position(east, north)
    except (ValueError, BadPosition):
        raise ValidationError(_("Ce cadre de carte ne se lit pas. Déplacez la carte et recommencez.")) from None
    if west_ >= east_ or south_ >= north_:
        raise ValidationError(_("Ce cadre de carte est vide. Déplacez la carte et recommencez."))
    return Box(west_, south_, east_, north_)


def write_cursor(cursor: Cursor) -> str:
    return f"{cursor.opened}-{cursor.case_id}"


def read_cursor(typed: str) -> Cursor | None:
    """The place where a list goes on; None (start again) when it was tampered with."""
    opened, _sep, case_id = typed.partition("-")
    if not (opened.isascii() and opened.isdigit() and case_id.isascii() and case_id.isdigit()):
        return None
    if len(opened) > 12 or len(case_id) > 18:
        return None
    return Cursor(int(opened), int(case_id))
