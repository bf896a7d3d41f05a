"""Tags of the console's own templates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from parvis.cases import queues
from parvis.cases.models import Case, Report
from parvis.catalogue.models import Service
from parvis.console import due as due_words
from parvis.console import reading
from parvis.people.models import Agent
from parvis.places.models import Place
from parvis.shared.bilingual import in_language

register = template.Library()
BOX_LON, BOX_LAT = 0.004, 0.002  # degrees: some 300 m and 220 m
_CHANNELS = {
    "web": gettext_lazy("site web"), "app": gettext_lazy("application"), "phone": gettext_lazy("téléphone"),
    "email": gettext_lazy("courriel"), "counter": gettext_lazy("comptoir"), "open311": "Open311",
    "staff": gettext_lazy("personnel"), "other": gettext_lazy("autre"),
}  # fmt: skip
_LANGUAGES = {"fr": "Français", "en": "English"}  # each in its own words, for who can't read the page
_ROUTES = {
    "911": gettext_lazy("Si oui : transférez l’appel au 911 tout de suite."),
    "311_URGENT": gettext_lazy("Si oui : transférez à la ligne d’urgence des réseaux (311, option 1)."),
    "POLICE_NU": gettext_lazy("Si oui : transférez à la police, ligne non urgente."),
    "811": gettext_lazy("Si oui : orientez vers Info-Santé, 811."),
}


@register.simple_tag(takes_context=True)
def queues_with_counts(context: RequestContext) -> list[queues.Queue]:
    """The queues of whoever is signed in, in a constant number of queries; none for who may read no case."""
    agent: Any = context["request"].user
    return queues.counts_for(agent) if isinstance(agent, Agent) and reads_cases(agent) else []


@register.filter
def reads_cases(agent: Any) -> bool:
    return isinstance(agent, Agent) and reading.reads_cases(agent)


@register.filter
def may(agent: Any, permission: str) -> bool:
    return isinstance(agent, Agent) and agent.may(permission)


@register.filter
def due(case: Case) -> due_words.Due:
    return due_words.of(case)


@register.filter
def age(at: datetime) -> str:
    return due_words.age(at)


@register.filter
def short_day(value: date) -> str:
    return due_words.short_day(value)


@register.filter
def named(row: Any) -> str:
    """The name of a team, a department or a service in the language of the page; empty for None."""
    return in_language(row, "name") if row is not None else ""


@register.filter
def capped(count: int) -> str:
    """A count that stopped at the cap is said as « 1000+ »."""
    return f"{queues.COUNT_CAP}+" if count > queues.COUNT_CAP else str(count)


@register.filter
def channel_word(report: Report) -> str:
    """How a report reached us, in the language of the page."""
    return str(_CHANNELS.get(report.channel, report.get_channel_display()))


@register.filter
def metres(distance_m: float) -> str:
    """'35 m', '1,2 km'."""
    if distance_m < 1000:
        return f"{round(distance_m)}\u00a0m"
    return f"{number_format(distance_m / 1000, 1)}\u00a0km"


@register.filter
def degrees(value: float) -> str:
    """A coordinate as maps and their addresses write it, whatever the language: '46.81234'."""
    return f"{value:.5f}"


@register.filter
def box(place: Place) -> str:
    """The corners of a map around a place, as the public map's address takes them: west, south, east, north."""
    if place.lon is None or place.lat is None:
        return ""
    corners = (place.lon - BOX_LON, place.lat - BOX_LAT, place.lon + BOX_LON, place.lat + BOX_LAT)
    return ",".join(f"{corner:.5f}" for corner in corners)


@register.filter
def screen_advice(service: Service) -> str:
    """What to do when the answer to the emergency question is yes."""
    return str(_ROUTES.get(service.screen_route, _("Si oui : prévenez tout de suite votre superviseur·e.")))


@register.simple_tag(takes_context=True)
def language_switch(context: RequestContext) -> dict[str, str]:
    """The language that the page isn't in, and the link that switches to it and comes back."""
    code = "fr" if (get_language() or "fr").startswith("en") else "en"
    query = urlencode({"language": code, "next": _same_page(context)})
    return {
        "code": code,
        "name": _LANGUAGES[code],
        "url": f"{reverse('portal:set_language')}?{query}",
    }


def _same_page(context: RequestContext) -> str:
    """Where the switch comes back to: this page, or the case that a refused form belongs to."""
    request: HttpRequest = context["request"]
    if request.method == "POST":
        case = context.get("case")
        return reverse("console:case", args=[case.pk]) if isinstance(case, Case) else reverse("console:home")
    query = request.GET.copy()
    query.pop("lang", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
