"""A town of two dozen blocks, drawn so that every answer can be worked out by hand.

Streets run west to east every 0.002° of latitude and south to north every 0.003° of longitude, with a hundred civic
numbers to the block: even on the left, odd on the right.

    46.816  Boulevard René-Lévesque Ouest | Est (from 1re Avenue on)
    46.814  41e Rue
    46.812  Rue Saint-Joseph Est
    46.810  Rue Saint-Jean
          -71.220          -71.217         -71.214      -71.211
          Rue d'Aiguillon  Rue Dorchester  1re Avenue   Chemin Sainte-Foy
"""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path
from typing import Any

from shapely.geometry import box, mapping

WEST, SOUTH, BLOCK_EAST, BLOCK_NORTH = -71.220, 46.810, 0.003, 0.002
EASTWARD = ["Rue Saint-Jean", "Rue Saint-Joseph Est", "41e Rue", "Boulevard René-Lévesque"]
NORTHWARD = ["Rue d'Aiguillon", "Rue Dorchester", "1re Avenue", "Chemin Sainte-Foy"]
COLUMNS = [
    "ID", "TYPE", "GENERIQUE", "LIAISON", "SPECIFIQUE", "DIRECTION", "NOM_TOPOGR",
    "N_CIV_G_DE", "N_CIV_G_A", "N_CIV_D_DE", "N_CIV_D_A", "VITESSEMAX", "LONGUEUR", "geom_wkt",
]  # fmt: skip


def corner(column: int, row: int) -> tuple[float, float]:
    return round(WEST + column * BLOCK_EAST, 6), round(SOUTH + row * BLOCK_NORTH, 6)


def street_rows() -> list[dict[str, Any]]:
    rows = []
    for (row, name), column in itertools.product(enumerate(EASTWARD), range(3)):
        if name == "Boulevard René-Lévesque":
            name += " Ouest" if column < 2 else " Est"
        rows.append(segment_row(name, 100 * column, [corner(column, row), corner(column + 1, row)]))
    for (column, name), row in itertools.product(enumerate(NORTHWARD), range(3)):
        rows.append(segment_row(name, 100 * row, [corner(column, row), corner(column, row + 1)]))
    rows.append({**segment_row("Bande cyclable Saint-Jean", None, [(-71.219, 46.8101), (-71.218, 46.8101)])})
    return [{"ID": f"S{number}", **row} for number, row in enumerate(rows)]


def segment_row(name: str, first: int | None, line: list[tuple[float, float]]) -> dict[str, Any]:
    numbers = {"N_CIV_G_DE": 2, "N_CIV_G_A": 98, "N_CIV_D_DE": 1, "N_CIV_D_A": 99}
    generic = "Bande cyclable" if name.startswith("Bande") else name.split()[0]
    return {
        "TYPE": "Tronçon", "GENERIQUE": generic, "LIAISON": "", "SPECIFIQUE": name, "DIRECTION": "", "NOM_TOPOGR": name,
        "VITESSEMAX": "50", "LONGUEUR": "225.0",
        **{column: "" if first is None else first + number for column, number in numbers.items()},
        "geom_wkt": "LINESTRING (" + ", ".join(f"{x} {y}" for x, y in line) + ")",
    }  # fmt: skip


def write_streets(path: Path, rows: list[dict[str, Any]] | None = None) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(street_rows() if rows is None else rows)
    return path


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def rectangle(west: float, south: float, east: float, north: float) -> Any:
    return mapping(box(west, south, east, north))


def write_features(path: Path, *features: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


BOROUGHS = [
    feature(rectangle(-71.225, 46.806, -71.2155, 46.820), ID="1", NOM="La Basse-Ville"),
    feature(rectangle(-71.2155, 46.806, -71.205, 46.820), ID="2", NOM="La Haute-Ville"),
]
NEIGHBOURHOODS = [feature(rectangle(-71.225, 46.806, -71.2155, 46.813), ID=7, NOM="Saint-Roch")]
NEIGHBOURS = [
    feature(
        rectangle(-71.25, 46.79, -71.18, 46.8065), ID="L", NOM="Lévis", TELEPHONE="418-555-0152",
        SITE_WEB="https://levis.example",
    )
]  # fmt: skip
PLACES = [
    feature(
        {"type": "Point", "coordinates": [-71.2155, 46.8122]}, ID=1, NOM_TOPOGRAPHIE="Bibliothèque Gabrielle-Roy",
        NO_CIVIQUE=150, RUE="Rue Saint-Joseph Est", DESCRIPTION="Bibliothèques",
    ),
    feature(
        {"type": "Point", "coordinates": [-71.2125, 46.8135]}, ID=2, NOM_TOPOGRAPHIE="Aréna Bardy", NO_CIVIQUE=None,
        RUE="41e Rue", DESCRIPTION="Arénas",
    ),
]  # fmt: skip
