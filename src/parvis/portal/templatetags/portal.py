"""What the frame of the residents' pages asks for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from parvis.cases.models import Report
from parvis.catalogue import opening

register = template.Library()
OWN_NAMES = {"fr": "Français", "en": "English"}  # each language in its own words, whatever the page's


@register.simple_tag(takes_context=True)
def other_language(context: template.Context) -> dict[str, Any]:
    """The language that the page isn't in: code, its own name, and the link that switches to it."""
    code = "fr" if (get_language() or "fr").startswith("en") else "en"
    request: HttpRequest | None = context.get("request")
    query = urlencode({"language": code, "next": _same_page(request)})
    return {"code": code, "name": OWN_NAMES[code], "url": f"{reverse('portal:set_language')}?{query}"}


def _same_page(request: HttpRequest | None) -> str:
    """This page's address without ?lang, which would win over the visitor's choice."""
    if request is None:
        return "/"
    query = request.GET.copy()
    query.pop("lang", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.simple_tag
def opening_sentence() -> str:
    """« Ouvert jusqu’à 19 h. »; '' for a city that has no calendar yet."""
    status = opening.status()
    return status.sentence if status.is_open or status.opens_at else ""


@register.simple_tag
def photo_address(photo_id: object, size: str, report: Report | None = None) -> str:
    """Where a picture is: through the secret link of `report` when its holder looks."""
    if report is None:
        return reverse("portal:photo", args=[photo_id, size])
    return reverse("portal:photo_of_report", args=[report.spoken_number, report.secret, photo_id, size])
