"""What people type, taken apart: civic number, unit, street words, crossing, town, point.

One text may be read in several ways (« 3 avenue » is civic 3 of some avenue, or the third avenue). parse() gives every
reading that makes sense, and the gazetteer says which one exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from parvis.places.words import DIRECTIONS, canonical, is_ordinal, key, plain, tokens

HIGHEST_CIVIC = 99_999
_HALF = 0.9


@dataclass(frozen=True)
class Reading:
    """One way to understand a text. `words` are canonical; `other_words` name the second street of a crossing."""

    words: tuple[str, ...]
    civic: int | None = None
    suffix: str = ""  # A, 1/2
    unit: str = ""  # apartment, office
    other_words: tuple[str, ...] = ()
    weight: float = 1.0  # less for what is only half of the text


@dataclass(frozen=True)
class Typed:
    """A whole text taken apart. `point` is (first, second) number in the order typed; `town` a known other town."""

    readings: tuple[Reading, ...] = ()
    point: tuple[float, float] | None = None
    town: str = ""


@dataclass(frozen=True)
class Towns:
    """Names that are no street: canonical key → as written. `ours` are dropped, `others` say that it's outside."""

    ours: frozenset[str] = frozenset()
    others: dict[str, str] = field(default_factory=dict)


_NUMBER = r"[0-9]{1,5}"
_POSTAL = re.compile(r"\b[abceghj-nprstvxy][0-9][abceghj-nprstv-z](?:[ -]?[0-9][abceghj-nprstv-z][0-9])?\b")
_UNIT = re.compile(
    r"(?:\b(?:app|apt|appt|appartement|apartment|bureau|bur|suite|local|loc|unite|unit|porte|logement|log|etage)\b\.?"
    r"\s*(?:no\.?|#)?|#)\s*([0-9]{1,5}[a-z]?|[a-z])\b"
)
_HOUSE_SIGN = re.compile(r"(?:#|\bno\.?|\bnumero|\bciv\.?|\bn°)\s*(?=[0-9])")
_COORDINATE = r"([+-]?[0-9]{1,3}[.,][0-9]+)\s*°?\s*([nsewo]?)"
_POINT = re.compile(rf"\(?\s*{_COORDINATE}\s*[,;/\s]\s*{_COORDINATE}\s*\)?")
_CIVIC_FIRST = re.compile(
    rf"\s*(?P<unit>{_NUMBER})?(?(unit)\s*-\s*)(?P<civic>{_NUMBER})"
    r"(?:\s*(?P<half>1/2)|\s?-?(?P<letter>[a-z])(?![a-z0-9.']))?(?=[\s,;-]|$)"
)
_CROSSING = re.compile(
    r"\s*(?:/|&|@|\+|\ba l'(?:angle|intersection)\s+d(?:e\b|u\b|es\b|')|\bau coin\s+d(?:e\b|u\b|es\b|')"
    r"|\b(?:angle|coin|intersection|croisement|corner)\b)\s*"
)
_AND = re.compile(r"\s+(?:et|and)\s+")


def parse(text: str, towns: Towns | None = None, *, is_unfinished: bool = False) -> Typed:
    """Every sensible reading of a text of any length and content. Never raises, looks at 200 characters.

    `is_unfinished`: somebody is still typing the last word.
    """
    towns = towns or Towns()
    settled = plain(text)
    if point := _point(settled):
        return Typed(point=point)
    settled, town = _without_towns(_POSTAL.sub(" ", settled), towns)
    readings = [*_crossings(settled, is_unfinished), *_addresses(settled, is_unfinished)]
    return Typed(tuple(_once(readings)), town=town)


def _point(text: str) -> tuple[float, float] | None:
    match = _POINT.fullmatch(text)
    if not match:
        return None
    first, first_side, second, second_side = match.groups()
    numbers = [float(first.replace(",", ".")), float(second.replace(",", "."))]
    for place, side in enumerate((first_side, second_side)):
        if side and side in "swo":
            numbers[place] = -abs(numbers[place])
    return (numbers[1], numbers[0]) if first_side and first_side in "ewo" else (numbers[0], numbers[1])


def _without_towns(text: str, towns: Towns) -> tuple[str, str]:
    """Drop our own town after a comma, note another one. « (Québec) » counts as after a comma."""
    parts = [part.strip() for part in re.split(r"[,;()]", text) if part.strip()]
    street = [part for part in parts if key(part) not in towns.others]
    street = street[:1] + [part for part in street[1:] if key(part) not in towns.ours]
    named = [towns.others[key(part)] for part in parts if key(part) in towns.others]
    is_town_first = bool(named) and key(parts[0]) in towns.others
    if is_town_first and [part for part in street if key(part) not in towns.ours]:
        return " , ".join(parts), ""  # « Lévis, 12 »: a street of that name
    return " , ".join(street), named[0] if named else ""


def _crossings(text: str, is_unfinished: bool) -> list[Reading]:
    """The reading as a crossing of two streets, then each street alone in case they don't cross.

    A bare « et » may also be part of a name: it only proposes.
    """
    without_half = re.sub(r"(?<=[0-9])\s+1/2\b", "", text)
    parts = [part for part in _CROSSING.split(without_half) if part.strip(" ,.-")]
    is_said = len(parts) > 1 or bool(_CROSSING.match(without_half))
    if len(parts) == 1:
        parts = _AND.split(parts[0], maxsplit=1)
    names = [tuple(canonical(tokens(part), is_unfinished=is_unfinished)) for part in parts[:2]]
    pair = [Reading(names[0], other_words=names[1])] if len(names) == 2 and all(names) else []
    return pair + [Reading(name, weight=_HALF) for name in names if is_said]


def _addresses(text: str, is_unfinished: bool) -> list[Reading]:
    """The readings with and without a civic number."""
    unit, rest = _unit(text)
    rest = _HOUSE_SIGN.sub(" ", rest)
    readings = [*_civic_first(rest, unit, is_unfinished), *_civic_inside(rest, unit)]
    words = tuple(canonical(tokens(rest), is_unfinished=is_unfinished))
    return [*readings, *_bare_ranks(words, unit), Reading(words, unit=unit)]


def _unit(text: str) -> tuple[str, str]:
    """The apartment or office, and the text without it. « Laurier #2700 » has a civic number, not a unit."""
    match = _UNIT.search(text)
    if not match:
        return "", text
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if match[0].startswith("#") and not re.search(rf"\b{_NUMBER}\b", rest):
        return "", text
    return match[1].upper(), rest


def _civic_first(text: str, unit: str, is_unfinished: bool) -> Iterable[Reading]:
    match = _CIVIC_FIRST.match(text)
    if not match:
        return
    civic, before = int(match["civic"]), match["unit"]
    letter = (match["letter"] or "").upper()
    words = tuple(canonical(tokens(text[match.end() :]), is_unfinished=is_unfinished))
    if before and _is_range(int(before), civic):
        civic, before = int(before), ""
    yield Reading(words, civic, "1/2" if match["half"] else letter, unit or before or "")
    if letter.lower() in DIRECTIONS and words and words[0] in ("rue", "avenue"):  # « 41 e rue »
        yield Reading((f"{civic}e", *words))


def _is_range(first: int, second: int) -> bool:
    """« 123-125 » is one building; « 4-1230 » is apartment 4."""
    return first < second <= first + 40


def _civic_inside(text: str, unit: str) -> Iterable[Reading]:
    """« rené-lévesque ouest 1045 boul »: any number that isn't the first word."""
    words = tokens(text)
    for place, word in enumerate(words):
        if place and word.isdigit() and 0 < int(word[:6]) <= HIGHEST_CIVIC:
            rest = words[:place] + words[place + 1 :]
            yield Reading(tuple(canonical(rest)), int(word), unit=unit)


def _bare_ranks(words: tuple[str, ...], unit: str) -> Iterable[Reading]:
    """« 3 avenue », « 500 1 avenue », « avenue 3 »: a small number beside the generic may be a rank."""
    for place, word in enumerate(words):
        beside = words[max(0, place - 1) : place] + words[place + 1 : place + 2]
        if word.isdigit() and 0 < int(word[:6]) < 200 and {"rue", "avenue"} & set(beside):
            before = words[place - 1] if place else ""
            civic = int(before) if before.isdigit() and len(before) <= 5 else None
            head = words[: place - 1] if civic else words[:place]
            yield Reading((*head, f"{int(word)}e", *words[place + 1 :]), civic, unit=unit)


def _once(readings: list[Reading]) -> list[Reading]:
    return [r for r in dict.fromkeys(readings) if any(_tells(word) for word in r.words)][:8]


def _tells(word: str) -> bool:
    """Whether a word says more than « rue » or « ouest »."""
    return is_ordinal(word) or word not in DIRECTIONS.values()
