"""What the map that picks a point needs to know, so that a form includes it with one line."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.catalogue.models import Service
from parvis.portal.forms.map import OPEN, VISIBLE
from parvis.portal.views.map import map_settings, map_words

register = template.Library()


@register.simple_tag
def picker_settings(service: Service | str | None = None) -> str:
    """Addresses for map-picker.js, as JSON. `service`: whose open cases are shown around; "" for none."""
    settings: dict[str, Any] = map_settings() | {
        "suggestions": reverse("portal:address_suggestions"),
        "here": reverse("portal:address_here"),
    }
    if isinstance(service, Service) and service.visibility in VISIBLE:
        settings["clusters"] += "?" + urlencode({"service": service.code, "etat": OPEN})
    else:
        settings["clusters"] = ""
    return json.dumps(settings)


@register.simple_tag
def picker_words() -> str:
    """The words that map-picker.js says, in the page's language, as JSON."""
    return json.dumps(
        map_words()
        | {
            "map": _("Carte. Flèches : déplacer le viseur. Entrée : placer le repère au centre."),
            "suggestions": _("Adresses proposées"),
            "found_one": _("1 adresse proposée. Flèche du bas pour y aller."),
            "found_many": _("{n} adresses proposées. Flèche du bas pour y aller."),
            "found_none": _("Aucune adresse proposée. Vérifiez le nom de la rue, ou placez le repère sur la carte."),
            "searching": _("Recherche de l’adresse…"),
            "chosen": _("Lieu choisi : {place}"),
            "street": _("{place} : ajoutez le numéro, ou placez le repère sur la carte."),
            "point": _("point sur la carte, sans adresse connue"),
            "outside": _("Ce point est hors de la ville. Déplacez le repère, ou communiquez avec votre municipalité."),
            "outside_call": _("Ce point est à {name}. Appelez {name} au {phone}, ou déplacez le repère."),
            "unreachable": _("L’adresse n’a pas pu être cherchée. Le repère est gardé : vous pouvez continuer."),
            "locating": _("Recherche de votre position…"),
            "refused": _("Votre navigateur n’a pas donné votre position. Écrivez l’adresse ou placez le repère."),
            "failed": _("La carte n’a pas pu s’afficher ici. Écrivez plutôt l’adresse."),
        }
    )
