"""The public map and its list: what has been reported, where, and how it stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from parvis.cases import public, public_map
from parvis.cases.map_table import Box
from parvis.cases.models import Case
from parvis.cases.states import State
from parvis.portal.forms.map import MapFilters, read_cursor, write_cursor
from parvis.shared import audience
from parvis.shared.formats import speech

PAGE_SIZE = 50


@dataclass(frozen=True)
class Card:
    """A case in the list or in the map's bubble."""

    case: public.PublicCase
    waiting: str
    url: str
    lon: float
    lat: float


@audience.public
@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The list of public cases with its filters; the script lays a map beside it."""
    filters = MapFilters(request.GET)
    is_valid = filters.is_valid()
    page = public_map.page(filters.selection, read_cursor(request.GET.get("apres", "")), PAGE_SIZE)
    context = {
        "section": "map",
        "filters": filters,
        "cards": [card_of(case) for case in page.cases],
        "total": page.total,
        "next_query": _query(request, apres=write_cursor(page.next_cursor)) if page.next_cursor else "",
        "first_query": _query(request),
        "whole_city_query": _query(request, cadre=None),
        "service": filters.cleaned_data.get("service"),
        "any_service_query": _query(request, service=None),
        "is_filtered": any(request.GET.get(name) for name in MapFilters.base_fields),
        "map": json.dumps(map_settings() | {"box": _corners(page.extent)}),
        "words": json.dumps(map_words()),
        "legend": [("open", _("Pas encore terminée")), ("closed", str(State.CLOSED.label))],
    }
    return render(request, "portal/map.html", context, status=200 if is_valid else 400)


@audience.public
@require_safe
@vary_on_cookie
@cache_control(private=True, max_age=30)
def map_cards(request: HttpRequest) -> JsonResponse:
    """The bubbles of up to twenty cases, as JSON. Those that strangers may not see are left out silently."""
    asked = request.GET.get("ids", "").split(",")
    if not all(typed.isascii() and typed.isdigit() and len(typed) <= 18 for typed in asked):
        return refusal(_("Indiquez dans « ids » des numéros de dossier séparés par des virgules."))
    cards = [card_of(case) for case in public_map.by_ids(map(int, asked[: public_map.IDS_SHOWN]))]
    return JsonResponse({"cases": [_as_json(card) for card in cards]})


def refusal(sentence: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


def card_of(case: Case) -> Card:
    return Card(
        case=public.summary(case),
        waiting=_waiting(case),
        url=reverse("portal:case_public", args=[case.pk]),
        lon=case.public_lon or 0.0,
        lat=case.public_lat or 0.0,
    )


def _waiting(case: Case) -> str:
    """How many people asked, said so that the end of the story is heard."""
    n = case.reports_count
    if case.is_open:
        return ngettext("%(n)s personne attend", "%(n)s personnes attendent", n) % {"n": n}
    return ngettext("%(n)s personne l’avait signalé", "%(n)s personnes l’avaient signalé", n) % {"n": n}


def _as_json(card: Card) -> dict[str, Any]:
    case = card.case
    return {
        "id": case.case_id,
        "service": case.service_name,
        "state": case.state,
        "state_word": case.state_word,
        "place": case.public_label,
        "opened": speech.day(case.opened_at),
        "waiting": card.waiting,
        "url": f"{card.url}?lang={get_language()}" if get_language() != settings.LANGUAGE_CODE else card.url,
    }


def _query(request: HttpRequest, **changes: str | None) -> str:
    """The filters as they are, without the place in the list, plus or minus some."""
    query = request.GET.copy()
    query.pop("apres", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return query.urlencode()


def _corners(box: Box | None) -> list[float] | None:
    return [round(part, 5) for part in (box.west, box.south, box.east, box.north)] if box else None


def map_settings() -> dict[str, Any]:
    """What the scripts of the map need to know: where to open it and which addresses to call, all of them ours."""
    return {
        "centre": list(settings.PARVIS_CITY["map_centre"]),
        "zoom": settings.PARVIS_CITY["map_zoom"],
        "library": static("maplibre/maplibre-gl.mjs"),
        "worker": static("maplibre/maplibre-gl-worker.mjs"),
        "tiles": _pattern("portal:map_tiles"),
        "clusters": _pattern("portal:map_clusters"),
        "names": reverse("portal:map_zone_names"),
        "cards": reverse("portal:map_cards"),
    }


def _pattern(name: str) -> str:
    return reverse(name, args=[0, 0, 0]).replace("0/0/0", "{z}/{x}/{y}")


def map_words() -> dict[str, str]:
    """The words that the scripts say, in the page's language."""
    return {
        "map": _("Carte des dossiers. Flèches : déplacer. Plus et moins : agrandir ou réduire."),
        "zoom_in": _("Agrandir la carte"),
        "zoom_out": _("Réduire la carte"),
        "locate": _("Montrer ma position"),
        "not_located": _("Votre position est inconnue. Permettez-la dans votre navigateur, ou déplacez la carte."),
        "close": _("Fermer"),
        "show": _("Montrer sur la carte"),
        "open_case": _("Voir le dossier"),
        "more": _("Et d’autres encore à cet endroit : agrandissez la carte ou consultez la liste."),
        "gone": _("Ce dossier n’est plus public. Rechargez la page."),
        "failed": _("La carte n’a pas pu s’afficher ici. La liste dit la même chose."),
        "two_fingers": _("Déplacez la carte avec deux doigts"),
        "ctrl_scroll": _("Ctrl et la molette agrandissent la carte"),
        "cmd_scroll": _("⌘ et la molette agrandissent la carte"),
        "marker": _("Lieu choisi"),
        "metres": "m",
        "kilometres": "km",
    }
