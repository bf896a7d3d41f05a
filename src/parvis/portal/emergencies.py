"""Whom to call when somebody answers yes to a service's emergency question: a table, not code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Line:
    """A number to call, and what to say about it."""

    phone: str
    name: str | Promise  # of whom one reaches, for lists
    call: str | Promise  # the order, in two or three words
    when: str | Promise


LINES = {
    "911": Line(
        "911",
        _("Danger immédiat"),
        _("Appelez le 911 maintenant"),
        _("Danger pour une personne, incendie, crime en cours. N’attendez pas de finir ce formulaire."),
    ),
    "311_URGENT": Line(
        "",
        _("Option 1 : bris urgent"),
        _("Appelez maintenant la ligne d’urgence"),
        _("Choisissez l’option 1 : bris qui peut blesser ou causer des dégâts. On vous répond jour et nuit."),
    ),
    "POLICE_NU": Line(
        "418 691-6911",
        _("Police, sans danger immédiat"),
        _("Appelez la police, ligne non urgente"),
        _("La situation est en cours, sans danger immédiat. S’il y a danger, composez le 911."),
    ),
    "811": Line(
        "811",
        _("Info-Santé"),
        _("Appelez Info-Santé"),
        _("Une infirmière vous répond jour et nuit. Si l’état de la personne est grave, composez le 911."),
    ),
}


def line(route: str) -> Line:
    """The line of a route code; 911 for an unknown or empty one, since recall comes first."""
    found = LINES.get(route, LINES["911"])
    return found if found.phone else replace(found, phone=settings.PARVIS_CITY["phone"])


def lines() -> list[Line]:
    return [line(route) for route in LINES]
