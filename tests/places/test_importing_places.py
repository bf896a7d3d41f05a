"""Files of open data: read whatever the city called its columns, told row by row, and harmless the second time."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.core.management import CommandError, call_command
from tests.places import town

from parvis.ledger.models import Entry
from parvis.places.importing.zones import Columns, import_zones
from parvis.places.models import Edition, PublicPlace, Segment, Street, Zone

pytestmark = pytest.mark.django_db

SQUARE = town.rectangle(-71.3, 46.8, -71.2, 46.9)
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
NBSP = "\u00a0"


def run(command: str, *arguments: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


def account(read: int, *, added: int = 0, changed: int = 0, unchanged: int = 0, rejected: int = 0) -> str:
    return f"{read} lus{NBSP}: {added} ajoutés, {changed} changés, {unchanged} inchangés, {rejected} rejetés."


def test_zones_come_in_once_and_a_changed_name_is_taken_over(tmp_path: Path) -> None:
    file = town.write_features(tmp_path / "z.geojson", *town.BOROUGHS)
    assert run("import_zones", file, "--kind", "borough")[0] == account(2, added=2)
    before = list(Edition.objects.values())
    assert run("import_zones", file, "--kind", "borough")[0] == account(2, unchanged=2)
    assert list(Edition.objects.values()) == before  # nobody reloads for nothing
    renamed = town.feature(SQUARE, ID="1", NOM="La Basse")
    file = town.write_features(tmp_path / "z.geojson", renamed)
    told = run("import_zones", file, "--kind", "borough")[0]
    assert told == account(1, changed=1) + " 1 absent du fichier, gardé."
    assert sorted(Zone.objects.values_list("code", "name")) == [("1", "La Basse"), ("2", "La Haute-Ville")]


def test_the_same_code_may_exist_in_two_kinds(tmp_path: Path) -> None:
    file = town.write_features(tmp_path / "z.geojson", town.feature(SQUARE, ID=1, NOM="Un"))
    for kind in ("borough", "sector"):
        run("import_zones", file, "--kind", kind)
    assert Zone.objects.count() == 2


def test_an_invalid_polygon_is_repaired_and_an_unusable_row_is_listed_with_its_reason(tmp_path: Path) -> None:
    file = town.write_features(
        tmp_path / "z.geojson",
        town.feature(BOW_TIE, ID="1", NOM="Papillon"),
        town.feature({"type": "Point", "coordinates": [0, 0]}, ID="2", NOM="Un point"),
        town.feature(SQUARE, ID="3"),
        town.feature(None, ID="4", NOM="Rien"),
        town.feature(town.rectangle(250_000, 5_000_000, 260_000, 5_100_000), ID="5", NOM="En mètres"),
        town.feature({"type": "Polygon", "coordinates": "n’importe quoi"}, ID="6", NOM="Bris"),
        town.feature(SQUARE, ID="1", NOM="Deux fois"),
        {"type": "Feature", "properties": "?", "geometry": SQUARE},
    )
    rejects = tmp_path / "rejets.csv"
    out, err = run("import_zones", file, "--kind", "sector", "--rejects", rejects)
    assert out == account(8, added=1, rejected=7) + " 1 forme réparée."
    zone = Zone.objects.get()
    polygon = shapely.from_wkb(bytes(zone.geometry))
    assert (zone.name, polygon.is_valid, polygon.area) == ("Papillon", True, 2.0)
    assert rejects.read_text(encoding="utf-8").splitlines() == [
        "row,code,reason",
        "2,2,la forme n’a pas de surface.",
        "3,3,le secteur n’a pas de nom.",
        "4,4,la géométrie est absente ou illisible.",
        '5,5,"les coordonnées ne sont pas des degrés (WGS 84, EPSG:4326)."',
        "6,6,la géométrie est absente ou illisible.",
        "7,1,le code 1 est déjà pris dans ce fichier.",
        "8,,le secteur n’a pas de nom.",
    ]
    assert err.splitlines()[0] == f"ligne 2 (2){NBSP}: la forme n’a pas de surface."


def test_other_property_names_can_be_named(tmp_path: Path) -> None:
    feature = town.feature(SQUARE, ID="9", NOM="non", Etikett="Nordstadt", Kennzahl=12.0)
    file = town.write_features(tmp_path / "z.geojson", feature)
    run("import_zones", file, "--kind", "district", "--name-property", "etikett", "--code-property", "Kennzahl")
    assert Zone.objects.values_list("code", "name").get() == ("12", "Nordstadt")


def test_telephone_and_dates_are_recognised(tmp_path: Path) -> None:
    dated = {"ID": "S", "NOM": "A3-D-1", "DATE_DEBUT": "2017-06-05", "DATE_FIN": None}
    import_zones(town.write_features(tmp_path / "z.geojson", town.feature(SQUARE, **dated)), "sector", Columns())
    import_zones(town.write_features(tmp_path / "n.geojson", *town.NEIGHBOURS), "neighbour", Columns())
    assert str(Zone.objects.get(code="S").valid_from) == "2017-06-05"
    assert Zone.objects.get(code="L").phone == "418-555-0152"


def test_streets_come_in_gzipped_once_and_a_new_range_is_taken_over(tmp_path: Path) -> None:
    plain = town.write_streets(tmp_path / "streets.csv")
    zipped = tmp_path / "streets.csv.gz"
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    assert run("import_streets", zipped)[0] == account(25, added=25)
    assert run("import_streets", zipped)[0] == account(25, unchanged=25)
    assert (Street.objects.count(), Segment.objects.count()) == (10, 25)
    rows = town.street_rows()
    rows[0]["N_CIV_G_A"] = "96"
    assert run("import_streets", town.write_streets(plain, rows))[0] == account(25, changed=1, unchanged=24)
    assert Segment.objects.get(code="S0").left_to == 96


def test_a_street_is_known_by_its_parts(tmp_path: Path) -> None:
    row = town.segment_row("Rue de la Belle-Meunière Nord", 0, [(-71.2, 46.8), (-71.2, 46.801)])
    parts = {"GENERIQUE": "Rue", "LIAISON": "de la", "SPECIFIQUE": "Belle-Meunière", "DIRECTION": "N"}
    run("import_streets", town.write_streets(tmp_path / "s.csv", [{"ID": "1", **row, **parts}]))
    street = Street.objects.get()
    assert (street.generic, street.link, street.specific, street.direction, street.key) == (
        "Rue", "de la", "Belle-Meunière", "Nord", "rue belle meuniere nord",
    )  # fmt: skip


def test_a_name_cut_in_the_middle_of_a_letter_breaks_nothing(tmp_path: Path) -> None:
    path = town.write_streets(tmp_path / "s.csv", [{"ID": "1", **town.segment_row("Rue Élisé", 0, [(0, 0), (0, 1)])}])
    path.write_bytes(path.read_bytes().replace("Élisé".encode(), "Élisé".encode()[:-1]))
    assert run("import_streets", path)[0] == account(1, added=1)
    assert Street.objects.get().name == "Rue Élis"


def test_unusable_segments_are_listed_and_the_rest_comes_in(tmp_path: Path) -> None:
    good = town.segment_row("Rue A", 0, [(-71, 46), (-71, 46.1)])
    rows = [
        {"ID": "1", **good},
        {"ID": "1", **good},
        {"ID": "", **good},
        {"ID": "4", **good, "NOM_TOPOGR": " "},
        {"ID": "5", **good, "geom_wkt": "LINESTRING"},
        {"ID": "6", **good, "geom_wkt": "POINT (1 2)"},
        {"ID": "7", **good, "geom_wkt": "LINESTRING (240000 5180000, 240010 5180020)"},
        {"ID": "8", **good, "N_CIV_G_DE": "douze", "N_CIV_G_A": "-4", "VITESSEMAX": "?", "LONGUEUR": ""},
        {"ID": "9", **good, "geom_wkt": "MULTILINESTRING ((0 0, 0 1), (2 2, 2 2.1))"},
    ]
    out, err = run("import_streets", town.write_streets(tmp_path / "s.csv", rows))
    assert out == account(9, added=3, rejected=6)
    assert [line.split(f"{NBSP}: ")[1] for line in err.splitlines()] == [
        "l’identifiant 1 est déjà pris dans ce fichier.",
        "le tronçon n’a pas d’identifiant ou pas de nom.",
        "le tronçon n’a pas d’identifiant ou pas de nom.",
        "la géométrie WKT est illisible.",
        "la géométrie n’est pas une ligne.",
        "les coordonnées ne sont pas des degrés (WGS 84, EPSG:4326).",
    ]
    odd = Segment.objects.get(code="8")
    assert (odd.left_from, odd.left_to, odd.speed_limit_kmh, round(odd.length_m)) == (None, None, None, 11_120)


def test_public_places_come_in_once(tmp_path: Path) -> None:
    nameless = town.feature({"type": "Point", "coordinates": [0, 0]}, ID=3)
    file = town.write_features(tmp_path / "p.geojson", *town.PLACES, nameless)
    assert run("import_places", file)[0] == account(3, added=2, rejected=1)
    assert run("import_places", file)[0] == account(3, unchanged=2, rejected=1)
    assert PublicPlace.objects.values_list("name", "civic_number", "street_name").get(code="1") == (
        "Bibliothèque Gabrielle-Roy", "150", "Rue Saint-Joseph Est",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("absent.geojson", None),
        ("texte.geojson", b"bonjour"),
        ("liste.geojson", b"[]"),
        ("objet.geojson", b'{"features": {"a": 1}}'),
        ("profond.geojson", b"[" * 100_000),
        ("coupe.geojson.gz", gzip.compress(b'{"features": []}', mtime=0)[:-6]),
        ("faux.geojson.gz", b"PK\x03\x04"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match="Ce fichier n’a pas pu être lu"):
        run("import_zones", tmp_path / name, "--kind", "city")
    assert Zone.objects.count() == 0


def test_a_street_file_without_its_columns_says_which(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("ID,NOM\n1,Rue A\n", encoding="utf-8")
    with pytest.raises(CommandError, match="il manque les colonnes NOM_TOPOGR, N_CIV_G_DE"):
        run("import_streets", tmp_path / "s.csv")


def test_the_ledger_tells_of_an_import_only_if_something_changed(tmp_path: Path) -> None:
    file = town.write_features(tmp_path / "z.geojson", *town.BOROUGHS)
    for _ in range(3):
        run("import_zones", file, "--kind", "borough")
    entry = Entry.objects.get(kind="places.imported")
    assert entry.data == {"what": "zones:borough", "added": 2, "changed": 0, "rejected": 0}
