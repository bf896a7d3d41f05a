"""`parvis import streets FILE`: segments with civic numbers from CSV, in the columns of Québec City's open data.

`G` is the left side and `D` the right one as the line is drawn; numbers rise along it. A street of divided
roadways has one segment for each side.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import shapely
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.places import words
from parvis.places.cells import distance_m
from parvis.places.edition import announce
from parvis.places.events import PlacesImported
from parvis.places.importing import shapes
from parvis.places.importing.files import Outcome, Reject, progress, rows
from parvis.places.importing.saving import save_differences
from parvis.places.models import Segment, Street

_NEEDED = ("ID", "NOM_TOPOGR", "N_CIV_G_DE", "N_CIV_G_A", "N_CIV_D_DE", "N_CIV_D_A", "geom_wkt")
_STREET_FIELDS = ["generic", "link", "specific", "direction", "key"]
_SEGMENT_FIELDS = ["street_id", "left_from", "left_to", "right_from", "right_to", "speed_limit_kmh", "length_m"]
_SEGMENT_FIELDS += ["geometry", "mid_lon", "mid_lat"]
_DIRECTIONS = {"E": "Est", "O": "Ouest", "N": "Nord", "S": "Sud"}


@transaction.atomic
def import_streets(path: Path) -> Outcome:
    """Bring in one file of segments, keyed by the city's id, and the streets that they name. Raises BadFile."""
    outcome = Outcome()
    found = rows(path, _NEEDED)
    streets, streets_changed = _save_streets(found)
    wanted: dict[str, Segment] = {}
    for number, row in enumerate(progress(found, _("Tronçons")), start=1):
        outcome.read += 1
        code = (row["ID"] or "").strip()[:40]
        try:
            wanted[code] = _segment(row, code, streets, wanted)
        except shapes.BadShape as reason:
            outcome.rejects.append(Reject(number, code, str(reason)))
    existing = {segment.code: segment for segment in Segment.objects.all()}
    save_differences(wanted, existing, _SEGMENT_FIELDS, outcome)
    if outcome.is_change or streets_changed:
        announce(PlacesImported("streets", outcome.added, outcome.changed, len(outcome.rejects)))
    return outcome


def _save_streets(found: list[dict[str, str]]) -> tuple[dict[str, int], bool]:
    """The ids of all streets by name, and whether any was new or changed."""
    wanted: dict[str, Street] = {}
    for row in found:
        name = street_name(row)
        if name and name not in wanted:
            wanted[name] = _street(name, row)
    outcome = Outcome()
    save_differences(wanted, {street.name: street for street in Street.objects.all()}, _STREET_FIELDS, outcome)
    return dict(Street.objects.values_list("name", "pk")), outcome.is_change


def street_name(row: dict[str, str]) -> str:
    """The whole name, without what a cut character left behind."""
    return " ".join((row["NOM_TOPOGR"] or "").replace("\ufffd", "").replace("\x00", "").split())[:120]


def _street(name: str, row: dict[str, str]) -> Street:
    direction = (row.get("DIRECTION") or "").strip()
    return Street(
        name=name,
        generic=(row.get("GENERIQUE") or "").strip()[:40],
        link=(row.get("LIAISON") or "").strip()[:20],
        specific=(row.get("SPECIFIQUE") or "").replace("\ufffd", "").strip()[:100] or name[:100],
        direction=_DIRECTIONS.get(direction, direction)[:10],
        key=words.key(name)[:120],
    )


def _segment(row: dict[str, str], code: str, streets: dict[str, int], taken: dict[str, Segment]) -> Segment:
    name = street_name(row)
    if not code or not name:
        raise shapes.BadShape(_("le tronçon n’a pas d’identifiant ou pas de nom."))
    if code in taken:
        raise shapes.BadShape(_("l’identifiant %(code)s est déjà pris dans ce fichier.") % {"code": code})
    line = shapes.line(row["geom_wkt"])
    middle = line.interpolate(0.5, normalized=True)
    left, right = _range(row, "G"), _range(row, "D")
    return Segment(
        code=code, street_id=streets[name], left_from=left[0], left_to=left[1], right_from=right[0],
        right_to=right[1], speed_limit_kmh=_number(row.get("VITESSEMAX")) or None, length_m=_length(row, line),
        geometry=shapely.to_wkb(line), mid_lon=round(middle.x, 6), mid_lat=round(middle.y, 6),
    )  # fmt: skip


def _range(row: dict[str, str], side: str) -> tuple[int | None, int | None]:
    """First and last civic number of one side, rising; (None, None) when it has none."""
    numbers = [n for end in ("DE", "A") if (n := _number(row[f"N_CIV_{side}_{end}"]))]
    return (min(numbers), max(numbers)) if numbers else (None, None)


def _number(text: str | None) -> int | None:
    """A number from 0 to 99,999, written '12' or '12.0'; None for anything else."""
    try:
        number = int(float(text or ""))
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number <= 99_999 else None


def _length(row: dict[str, str], line: shapely.LineString) -> float:
    try:
        return float(row.get("LONGUEUR") or "")
    except ValueError:
        return round(_metres(line), 2)


def _metres(line: shapely.LineString) -> float:
    points = list(line.coords)
    return sum(distance_m(*a[:2], *b[:2]) for a, b in itertools.pairwise(points))
