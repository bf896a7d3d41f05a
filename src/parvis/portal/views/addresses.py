"""Places for the address box and the map that picks a point: suggestions while typing, the address under a finger."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from parvis.places import geocoding
from parvis.places.errors import BadPosition
from parvis.places.geocoding import Location
from parvis.places.models import PRECISION_M
from parvis.portal.views.map import refusal
from parvis.shared import audience, text

LONGEST = 200
SHORTEST = 2


@audience.public
@require_safe
@cache_control(private=True, max_age=300)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Up to eight places that begin like ?q=, best first; none under two letters."""
    typed = request.GET.get("q", "")
    if len(typed) > LONGEST:
        return refusal(_("Cette adresse est trop longue. Écrivez un numéro et une rue, en 200 caractères au plus."))
    typed = text.clean(typed)
    found = geocoding.suggest(typed, limit=8) if len(typed) >= SHORTEST else []
    return JsonResponse({"suggestions": [asdict(one) for one in found]})


@audience.public
@require_safe
@cache_control(private=True, max_age=60)
def here(request: HttpRequest) -> JsonResponse:
    """The place at ?lon=&lat=: its address as far as it's known, and whom to call when it's outside the city."""
    try:
        location = geocoding.at(request.GET.get("lon"), request.GET.get("lat"))  # type: ignore[arg-type]
    except BadPosition as error:
        return refusal(error.sentence)
    return JsonResponse(_as_json(location))


def _as_json(location: Location) -> dict[str, Any]:
    neighbour = location.neighbour
    return {
        "label": location.label or location.public_label,
        "lon": location.lon,
        "lat": location.lat,
        "precision": location.precision,
        "precision_m": PRECISION_M[location.precision],
        "is_outside": location.is_outside,
        "neighbour": asdict(neighbour) if neighbour else None,
    }
