"""Make the invented city that `parvis demo` lives in: zones, streets with civic numbers, public places.

    .venv/bin/python tools/make_demo_places.py

Writes src/parvis/places/data/*. Always the same output for the same input (neighbourhoods.csv: names, centres and
boxes of the 35 neighbourhoods of Québec City). Nothing is copied from a map: neighbourhoods are the cells nearest
to each centre, the shore and the neighbouring towns are drawn by hand and coarse, streets are grids with invented
names. It looks like a city and leads nobody anywhere.
"""

from __future__ import annotations

import csv
import itertools
import json
import math
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import shapely
from demo_names import ARTERIES, BOROUGH_CODES, LOCAL_NAMES, NEIGHBOURS, PLACE_KINDS, SHORE
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box, mapping
from shapely.ops import substring

DATA = Path(__file__).resolve().parent.parent / "src" / "parvis" / "places" / "data"
LAT0 = 46.83
EAST_M, NORTH_M = 111_195 * math.cos(math.radians(LAT0)), 111_195
LOT_M = 14  # frontage of one civic number
SHORTEST_SEGMENT_M = 18
ROWS, COLUMNS = 5, 4


@dataclass
class Street:
    """One street: its name in parts, its lines in metres, its first civic number and the distances of its crossings."""

    name: str
    lines: list[LineString]
    first_number: int
    speed: int
    cuts: list[list[float]] = field(default_factory=list)


def main() -> None:
    neighbourhoods = read_neighbourhoods()
    cells, neighbours = zones(neighbourhoods)
    write_zones(neighbourhoods, cells, neighbours)
    city = shapely.union_all(list(cells.values()))
    streets = [*arteries(neighbourhoods, city), *local_streets(neighbourhoods, cells)]
    cross(streets)
    rows = list(itertools.chain.from_iterable(map(segments, streets)))
    write_streets(rows)
    write_places(neighbourhoods, cells, rows)
    print(f"{len(cells)} neighbourhoods, {len(streets)} streets, {len(rows)} segments")


def metres(lon: float, lat: float) -> tuple[float, float]:
    return (lon + 71.3) * EAST_M, (lat - LAT0) * NORTH_M


def degrees(x: float, y: float) -> tuple[float, float]:
    return round(x / EAST_M - 71.3, 6), round(y / NORTH_M + LAT0, 6)


def in_degrees(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda xy: [degrees(x, y) for x, y in xy])


def read_neighbourhoods() -> list[dict[str, str]]:
    with (DATA / "neighbourhoods.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: int(row["id"]))


def centre(row: dict[str, str]) -> Point:
    return Point(*metres(float(row["centroid_lon"]), float(row["centroid_lat"])))


def zones(rows: list[dict[str, str]]) -> tuple[dict[str, Polygon], dict[str, Polygon]]:
    """The cell of each neighbourhood by id, and the neighbouring towns by name, in metres."""
    boxes = [[float(n) for n in row["bbox"].split(",")] for row in rows]
    land = shapely.union_all([box(*metres(w, s), *metres(e, n)) for w, s, e, n in boxes])
    water = Polygon([metres(*point) for point in SHORE])
    towns = {name: Polygon([metres(*point) for point in points]) for name, _, _, points in NEIGHBOURS}
    land = land.difference(shapely.union_all([water, *towns.values()]))
    centres = MultiPoint([centre(row) for row in rows])
    cells = shapely.voronoi_polygons(centres, extend_to=land).geoms
    clipped = {row["id"]: largest(next(c for c in cells if c.contains(centre(row))).intersection(land)) for row in rows}
    return clipped, {name: town.difference(water) if name != "Lévis" else town for name, town in towns.items()}


def largest(shape: shapely.Geometry) -> Polygon:
    return max(shapely.get_parts(shape), key=lambda part: part.area)


def write_zones(rows: list[dict[str, str]], cells: dict[str, Polygon], towns: dict[str, Polygon]) -> None:
    shapes = {row["id"]: in_degrees(cells[row["id"]]) for row in rows}
    write_features("neighbourhoods", [({"ID": r["id"], "NOM": r["quartier"]}, shapes[r["id"]]) for r in rows])
    boroughs = []
    for name, code in sorted(BOROUGH_CODES.items(), key=lambda item: item[1]):
        members = [shapes[row["id"]] for row in rows if row["arrondissement"] == name]
        boroughs.append(({"ID": code, "NOM": name}, shapely.union_all(members)))
    write_features("boroughs", boroughs)
    details = {
        name: {"ID": name, "NOM": name, "TELEPHONE": phone, "SITE_WEB": site} for name, phone, site, _ in NEIGHBOURS
    }
    write_features("neighbours", [(details[name], in_degrees(town)) for name, town in towns.items()])


def write_features(name: str, features: list[tuple[dict[str, str], shapely.Geometry]]) -> None:
    collection = {
        "type": "FeatureCollection",
        "description": "Approximate shapes made for a demonstration. Not the limits of any real place.",
        "features": [
            {"type": "Feature", "properties": {**properties, "approximate": True}, "geometry": mapping(shape)}
            for properties, shape in features
        ],
    }
    text = json.dumps(collection, ensure_ascii=False).replace('{"type": "Feature",', '\n{"type": "Feature",')
    (DATA / f"{name}.geojson").write_text(text + "\n", encoding="utf-8")


def arteries(rows: list[dict[str, str]], city: Polygon) -> list[Street]:
    """Streets that lead through several neighbourhoods, bent a little, cut where they leave the city."""
    by_name = {row["quartier"]: centre(row) for row in rows}
    streets = []
    for name, (first_number, speed, through, shift) in ARTERIES.items():
        points = [(by_name[stop].x + shift[0], by_name[stop].y + shift[1]) for stop in through]
        line = bend(LineString(points)).intersection(city)
        lines = [part for part in shapely.get_parts(line) if part.length > 100]
        streets.append(Street(name, lines, first_number, speed))
    return streets


def bend(line: LineString) -> LineString:
    """Points every 200 m, moved by a slow wave: no boulevard is a ruler."""
    steps = max(2, round(line.length / 200))
    points = []
    for step in range(steps + 1):
        point = line.interpolate(step / steps, normalized=True)
        wave = 25 * math.sin(step * 0.9) * math.sin(math.pi * step / steps)
        points.append((point.x + wave, point.y + wave / 2))
    return LineString(points)


def local_streets(rows: list[dict[str, str]], cells: dict[str, Polygon]) -> list[Street]:
    """A small grid around the centre of each neighbourhood, turned its own way."""
    names = {key: iter(value) for key, value in LOCAL_NAMES.items()}
    streets = []
    for row in rows:
        chance = random.Random(f"parvis {row['id']}")
        angle = math.radians(chance.uniform(15, 60))
        block = min(560.0, max(130.0, 0.19 * math.sqrt(cells[row["id"]].area)))
        for line in grid(centre(row), angle, block, chance):
            inside = largest(line.intersection(cells[row["id"]].buffer(-30)))
            if inside.length > 150:
                theme = row["quartier"] if row["quartier"] in names else "*"
                streets.append(Street(next(names[theme]), [inside], chance.choice([1, 101, 301, 501, 1001, 2001]), 30))
    return streets


def grid(middle: Point, angle: float, block: float, chance: random.Random) -> list[LineString]:
    """ROWS long streets and COLUMNS cross streets through the same slightly moved corners, `block` metres apart."""
    wide, high = block * chance.uniform(0.95, 1.1), block * chance.uniform(0.55, 0.7)
    corners = {}
    for row, column in itertools.product(range(-1, ROWS + 1), range(-1, COLUMNS + 1)):
        x = (column - (COLUMNS - 1) / 2) * wide + chance.uniform(-0.09, 0.09) * block
        y = (row - (ROWS - 1) / 2) * high + chance.uniform(-0.07, 0.07) * block
        corners[row, column] = (
            middle.x + x * math.cos(angle) - y * math.sin(angle),
            middle.y + x * math.sin(angle) + y * math.cos(angle),
        )
    along = [LineString([corners[row, column] for column in range(-1, COLUMNS + 1)]) for row in range(ROWS)]
    across = [LineString([corners[row, column] for row in range(-1, ROWS + 1)]) for column in range(COLUMNS)]
    return [*along, *across]


def cross(streets: list[Street]) -> None:
    """Find where streets meet, as distances along each of their lines."""
    pieces = [(street, number) for street in streets for number in range(len(street.lines))]
    for street in streets:
        street.cuts = [[] for _ in street.lines]
    tree = shapely.STRtree([street.lines[number] for street, number in pieces])
    for (street, number), place in zip(pieces, range(len(pieces)), strict=True):
        line = street.lines[number]
        for other in tree.query(line, predicate="intersects"):
            other_street, other_number = pieces[other]
            if other <= place or other_street.name == street.name:
                continue
            for meeting in shapely.get_parts(line.intersection(other_street.lines[other_number])):
                if meeting.geom_type == "Point":
                    note(
                        street.cuts[number],
                        line,
                        meeting,
                        other_street.cuts[other_number],
                        other_street.lines[other_number],
                    )


def note(mine: list[float], line: LineString, meeting: Point, theirs: list[float], other: LineString) -> None:
    """Keep a crossing unless it would leave a crumb of either street."""
    here, there = line.project(meeting), other.project(meeting)
    if is_roomy(mine, here, line.length) and is_roomy(theirs, there, other.length):
        mine.append(here)
        theirs.append(there)


def is_roomy(cuts: list[float], place: float, length: float) -> bool:
    return all(abs(place - cut) > SHORTEST_SEGMENT_M for cut in [0, length, *cuts])


def segments(street: Street) -> list[dict[str, object]]:
    """The rows of a street in the columns of an open-data street file, civic numbers rising along it."""
    rows, number = [], street.first_number
    for line, cuts in zip(street.lines, street.cuts, strict=True):
        for start, end in itertools.pairwise([0, *sorted(cuts), line.length]):
            piece = substring(line, start, end)
            lots = max(1, int(piece.length // LOT_M))
            rows.append(row_of(street, piece, number, lots))
            number += 2 * lots + 2
    return rows


def row_of(street: Street, piece: LineString, number: int, lots: int) -> dict[str, object]:
    generic, link, specific, direction = parts(street.name)
    first = number + number % 2  # even on the left
    coordinates = ", ".join(f"{lon:.6f} {lat:.6f}" for lon, lat in (degrees(x, y) for x, y in piece.coords))
    return {
        "GENERIQUE": generic, "LIAISON": link, "SPECIFIQUE": specific, "DIRECTION": direction,
        "NOM_TOPOGR": street.name, "N_CIV_G_DE": first, "N_CIV_G_A": first + 2 * (lots - 1),
        "N_CIV_D_DE": first + 1, "N_CIV_D_A": first + 2 * (lots - 1) + 1, "VITESSEMAX": street.speed,
        "LONGUEUR": round(piece.length, 2), "geom_wkt": f"LINESTRING ({coordinates})",
    }  # fmt: skip


def parts(name: str) -> tuple[str, str, str, str]:
    """« Boulevard », « de la », « Colline », « O »."""
    direction = ""
    if match := re.search(r" (Est|Ouest|Nord|Sud)$", name):
        direction, name = match[1][0], name[: match.start()]
    if match := re.match(r"([0-9]+(?:re|e)) (Rue|Avenue)$", name):
        return match[2], "", match[1], direction
    if name.startswith("Grande Allée"):
        return "", "", name, direction
    generic, _, rest = name.partition(" ")
    match = re.match(r"(de la |de l'|du |des |de |d')?(.+)", rest)
    return generic, (match[1] or "").strip(), match[2], direction


def write_streets(rows: list[dict[str, object]]) -> None:
    columns = ["ID", *rows[0]]
    with (DATA / "streets.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({"ID": f"D{number:05d}", **row} for number, row in enumerate(rows, start=1))


def write_places(rows: list[dict[str, str]], cells: dict[str, Polygon], segment_rows: list[dict[str, object]]) -> None:
    """One or two public places in each neighbourhood, beside one of its streets."""
    chance = random.Random("parvis places")
    lines = [shapely.from_wkt(row["geom_wkt"]) for row in segment_rows]
    kinds = itertools.cycle(PLACE_KINDS)
    features = []
    for row in rows:
        cell = in_degrees(cells[row["id"]])
        inside = [n for n, line in enumerate(lines) if cell.contains(line)]
        for segment in chance.sample(inside, 2 if int(row["id"]) % 4 else 1):
            features.append(place(next(kinds), row["quartier"], segment_rows[segment], lines[segment], len(features)))
    write_features("public-places", features)


def place(
    kind: tuple[str, str], quarter: str, row: dict[str, object], line: LineString, number: int
) -> tuple[dict[str, object], Point]:
    title, description = kind
    middle = line.interpolate(0.5, normalized=True)
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    length = math.hypot((x1 - x0) * EAST_M, (y1 - y0) * NORTH_M)
    shift = 25 / length  # metres to the left, which is where even numbers are
    point = Point(
        round(middle.x - (y1 - y0) * NORTH_M * shift / EAST_M, 6),
        round(middle.y + (x1 - x0) * EAST_M * shift / NORTH_M, 6),
    )
    civic = int(row["N_CIV_G_DE"]) + (int(row["N_CIV_G_A"]) - int(row["N_CIV_G_DE"])) // 4 * 2
    is_named_after_street = description == "Parc" and not str(row["SPECIFIQUE"])[0].isdigit()
    own_name = f"{row['LIAISON']} {row['SPECIFIQUE']}".replace("' ", "'").strip() if is_named_after_street else quarter
    name = f"{title} {own_name}"
    details = {"ID": f"L{number + 1:03d}", "NOM_TOPOGRAPHIE": name, "NO_CIVIQUE": civic, "RUE": row["NOM_TOPOGR"]}
    return {**details, "DESCRIPTION": description}, point


if __name__ == "__main__":
    main()
