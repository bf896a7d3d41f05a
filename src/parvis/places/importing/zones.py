"""`parvis import zones FILE --kind borough`: polygons from GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.places.edition import announce
from parvis.places.events import PlacesImported
from parvis.places.importing import shapes
from parvis.places.importing.files import Outcome, Reject, features, progress
from parvis.places.importing.properties import day, text
from parvis.places.importing.saving import save_differences
from parvis.places.models import Zone

_FIELDS = ["name", "phone", "website", "geometry", "west", "south", "east", "north", "valid_from", "valid_to"]


@dataclass(frozen=True)
class Columns:
    """Which properties hold what; the first that exists is taken. `--code-property NOM` puts another one first."""

    code: tuple[str, ...] = ("ID", "CODE", "NUMERO", "NO", "NUM", "CODEID", "no_qr", "OBJECTID", "FID")
    name: tuple[str, ...] = ("NOM", "NAME", "NOM_QR", "LIBELLE", "Q_socio", "ARRONDISSEMENT", "quartier", "SECTEUR")
    phone: tuple[str, ...] = ("TELEPHONE", "PHONE", "TEL")
    website: tuple[str, ...] = ("SITE_WEB", "WEBSITE", "SITE", "URL")
    valid_from: tuple[str, ...] = ("VALIDE_DE", "VALID_FROM", "DATE_DEBUT")
    valid_to: tuple[str, ...] = ("VALIDE_A", "VALID_TO", "DATE_FIN")

    def preferring(self, chosen: Mapping[str, str | None]) -> Columns:
        """These columns with the ones that somebody named in front."""
        given = {f.name: (chosen[f.name], *getattr(self, f.name)) for f in fields(self) if chosen.get(f.name)}
        return Columns(**{f.name: given.get(f.name, getattr(self, f.name)) for f in fields(self)})


@transaction.atomic
def import_zones(path: Path, kind: str, columns: Columns | None = None) -> Outcome:
    """Bring in one file of polygons of one kind, keyed by code. Invalid ones are repaired, unusable ones listed.

    Raises BadFile when the file as a whole can't be read.
    """
    outcome = Outcome()
    wanted: dict[str, Zone] = {}
    for number, feature in enumerate(progress(features(path), _("Secteurs")), start=1):
        outcome.read += 1
        try:
            zone = _zone(feature, kind, columns or Columns(), wanted, outcome)
        except shapes.BadShape as reason:
            outcome.rejects.append(Reject(number, str(feature["properties"].get("ID", "")), str(reason)))
        else:
            wanted[zone.code] = zone
    existing = {zone.code: zone for zone in Zone.objects.filter(kind=kind)}
    save_differences(wanted, existing, _FIELDS, outcome)
    if outcome.is_change:
        announce(PlacesImported(f"zones:{kind}", outcome.added, outcome.changed, len(outcome.rejects)))
    return outcome


def _zone(feature: dict[str, Any], kind: str, columns: Columns, taken: dict[str, Zone], outcome: Outcome) -> Zone:
    properties = feature["properties"]
    name = text(properties, columns.name, 120)
    code = text(properties, columns.code, 40) or str(feature.get("id") or "")[:40] or name[:40]
    if not name:
        raise shapes.BadShape(_("le secteur n’a pas de nom."))
    if code in taken:
        raise shapes.BadShape(_("le code %(code)s est déjà pris dans ce fichier.") % {"code": code})
    area = shapes.area(feature.get("geometry"))
    outcome.repaired += area.was_repaired
    west, south, east, north = area.polygon.bounds
    return Zone(
        kind=kind, code=code, name=name, phone=text(properties, columns.phone, 40),
        website=text(properties, columns.website, 200), geometry=shapely.to_wkb(area.polygon),
        west=west, south=south, east=east, north=north,
        valid_from=day(properties, columns.valid_from), valid_to=day(properties, columns.valid_to),
    )  # fmt: skip
