"""How places are written: « 1045, rue Saint-Jean » for the person and the staff, « Rue Saint-Jean, près de la rue
d’Aiguillon » for everybody. The second never holds a civic number. Place names stay French in every language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parvis.places import civics
from parvis.places.gazetteer import Gazetteer, StreetRow
from parvis.places.words import plain

_MASCULINE = {
    "acces", "boulevard", "carre", "chemin", "cours", "croissant", "domaine", "escalier", "lien", "parc", "passage",
    "pont", "pont-tunnel", "quai", "rang", "sentier", "square", "stationnement", "trait-carre", "trottoir",
}  # fmt: skip
_FEMININE = {
    "allee", "autoroute", "avenue", "bretelle", "chaussee", "concession", "cote", "grande", "impasse", "montee",
    "passerelle", "piste", "place", "promenade", "route", "rue", "ruelle", "terrasse", "voie",
}  # fmt: skip
_RANK = re.compile(r"[0-9]+(?:e|re) ")
_VOWELS = "aeiouyh"


def written(name: str) -> str:
    """A name with typographic apostrophes."""
    return name.replace("'", "’").strip()


@lru_cache(maxsize=16384)
def after_number(name: str) -> str:
    """A street as it stands after a civic number: « rue Saint-Jean », but « 1re Avenue » and « Grande Allée Est »."""
    first = plain(name).split(" ")[0]
    lowered = first in _MASCULINE | _FEMININE and first != "grande"
    return written(name[:1].lower() + name[1:] if lowered else name)


def address(number: int, name: str, suffix: str = "", unit: str = "") -> str:
    """« 1045 A, rue Saint-Jean, app. 4 »."""
    civic = f"{number} {suffix}" if suffix == "1/2" else f"{number}{suffix}"
    return f"{civic}, {after_number(name)}" + (f", app. {unit}" if unit else "")


def crossing(first: str, second: str) -> str:
    """« Rue Saint-Jean et rue d’Aiguillon »."""
    return f"{written(name_alone(first))} et {after_number(second)}"


def name_alone(name: str) -> str:
    """A street at the start of a line."""
    return written(name[:1].upper() + name[1:])


@lru_cache(maxsize=16384)
def near(name: str) -> str:
    """« près de la rue d’Aiguillon », « près du boulevard Charest Est », « près de l’avenue Cartier »."""
    first = plain(name).split(" ")[0]
    written_name = after_number(name)
    if _RANK.match(name) or first == "grande":
        return f"près de la {written_name}"
    if first in _MASCULINE | _FEMININE and first[0] in _VOWELS:
        return f"près de l’{written_name}"
    if first in _MASCULINE:
        return f"près du {written_name}"
    return f"près de la {written_name}" if first in _FEMININE else f"près de {written_name}"


def public(gazetteer: Gazetteer, spot: civics.Spot) -> str:
    """The street and the crossing nearest to a spot: what strangers may read."""
    street = gazetteer.streets[gazetteer.segments.street[spot.segment]]
    other = nearest_crossing(gazetteer, spot)
    name = name_alone(street.name)
    return f"{name}, {near(other.name)}" if other else name


def nearest_crossing(gazetteer: Gazetteer, spot: civics.Spot) -> StreetRow | None:
    """The other street at the nearer end of the segment, else at its farther end; None when both are dead ends."""
    line = gazetteer.segments.lines[spot.segment]
    start, end = line.coords[0], line.coords[-1]
    x = (spot.lon - start[0]) ** 2 + (spot.lat - start[1]) ** 2
    y = (spot.lon - end[0]) ** 2 + (spot.lat - end[1]) ** 2
    for place in (0, 1) if x <= y else (1, 0):
        if found := _other_street(gazetteer, spot.segment, place):
            return found
    return None


def _other_street(gazetteer: Gazetteer, segment: int, place: int) -> StreetRow | None:
    """The longest other street at one end of a segment; paths and the same name (Est, Ouest) don't help."""
    segments = gazetteer.segments
    own = gazetteer.streets[segments.street[segment]]
    others = {int(segments.street[s]) for s in segments.at_end(int(segments.ends[segment, place]))}
    candidates = [gazetteer.streets[street] for street in sorted(others) if not gazetteer.streets[street].is_path]
    return next((street for street in candidates if street.stem != own.stem), None)
