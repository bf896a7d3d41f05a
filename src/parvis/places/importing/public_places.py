"""`parvis import places FILE`: public places from GeoJSON, in the properties of Québec City's open data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.places.edition import announce
from parvis.places.events import PlacesImported
from parvis.places.importing import shapes
from parvis.places.importing.files import Outcome, Reject, features, progress
from parvis.places.importing.properties import text
from parvis.places.importing.saving import save_differences
from parvis.places.models import PublicPlace

_FIELDS = ["name", "kind", "civic_number", "street_name", "lon", "lat"]


@dataclass(frozen=True)
class Columns:
    """Which properties hold what; the first that exists is taken."""

    code: tuple[str, ...] = ("ID", "CODE", "NO_ACTIF", "OBJECTID")
    name: tuple[str, ...] = ("NOM_TOPOGRAPHIE", "NOM_TOPOGR", "NOM", "NOM_USUEL", "NAME")
    kind: tuple[str, ...] = ("DESCRIPTION", "TYPE", "KIND", "CATEGORIE")
    civic_number: tuple[str, ...] = ("NO_CIVIQUE", "CIVIC_NUMBER")
    street_name: tuple[str, ...] = ("RUE", "STREET", "STREET_NAME")


@transaction.atomic
def import_public_places(path: Path) -> Outcome:
    """Bring in one file of public places, keyed by the city's id. Raises BadFile."""
    outcome = Outcome()
    wanted: dict[str, PublicPlace] = {}
    for number, feature in enumerate(progress(features(path), _("Lieux publics")), start=1):
        outcome.read += 1
        try:
            place = _place(feature, wanted)
        except shapes.BadShape as reason:
            outcome.rejects.append(Reject(number, str(feature["properties"].get("ID", "")), str(reason)))
        else:
            wanted[place.code] = place
    save_differences(wanted, {place.code: place for place in PublicPlace.objects.all()}, _FIELDS, outcome)
    if outcome.is_change:
        announce(PlacesImported("places", outcome.added, outcome.changed, len(outcome.rejects)))
    return outcome


def _place(feature: dict[str, Any], taken: dict[str, PublicPlace]) -> PublicPlace:
    properties, columns = feature["properties"], Columns()
    name = " ".join(text(properties, columns.name, 200).split())
    code = text(properties, columns.code, 40)
    if not name or not code:
        raise shapes.BadShape(_("le lieu n’a pas d’identifiant ou pas de nom."))
    if code in taken:
        raise shapes.BadShape(_("l’identifiant %(code)s est déjà pris dans ce fichier.") % {"code": code})
    lon, lat = shapes.point(feature.get("geometry"))
    return PublicPlace(
        code=code, name=name, kind=text(properties, columns.kind, 80), lon=lon, lat=lat,
        civic_number=text(properties, columns.civic_number, 12),
        street_name=text(properties, columns.street_name, 120),
    )  # fmt: skip
