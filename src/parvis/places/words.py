"""The words of addresses made comparable: abbreviations spelled out, ordinals as one token, articles dropped.

Both the names in the gazetteer and what people type go through `canonical`, so that « boul. R.-Lévesque O. »,
« 1ère av. » and « Ste-Foy » meet « Boulevard René-Lévesque Ouest », « 1re Avenue » and « Sainte-Foy ».
"""

from __future__ import annotations

import re
import unicodedata

from parvis.shared.text import clean, fold

LONGEST_TEXT = 200  # characters looked at: no address is longer

ARTICLES = frozenset(["de", "la", "le", "les", "du", "des", "d", "l", "a", "au", "aux", "et", "the", "of"])

DIRECTIONS = {
    "e": "est", "est": "est", "east": "est",
    "o": "ouest", "w": "ouest", "ouest": "ouest", "west": "ouest",
    "n": "nord", "nord": "nord", "north": "nord",
    "s": "sud", "sud": "sud", "south": "sud",
}  # fmt: skip

ABBREVIATIONS = {
    "all": "allee", "aut": "autoroute", "autor": "autoroute", "hwy": "autoroute", "highway": "autoroute",
    "av": "avenue", "ave": "avenue", "aven": "avenue",
    "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard", "bl": "boulevard", "boul": "boulevard",
    "car": "carre", "ch": "chemin", "chem": "chemin", "che": "chemin", "road": "chemin",
    "conc": "concession", "crois": "croissant", "dom": "domaine", "esc": "escalier", "imp": "impasse", "mtee": "montee",
    "pass": "passage", "pl": "place", "prom": "promenade", "r": "rue", "street": "rue", "rg": "rang", "rle": "ruelle",
    "rt": "route", "rte": "route", "sent": "sentier", "sq": "square", "terr": "terrasse", "tsse": "terrasse",
    "st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes",
    "bibl": "bibliotheque", "biblio": "bibliotheque", "card": "cardinal", "cpt": "capitaine", "dr": "docteur",
    "ec": "ecole", "gd": "grand", "gde": "grande", "gen": "general", "hon": "honorable", "mgr": "monseigneur",
    "nd": "notre dame", "pres": "president", "prof": "professeur", "qc": "quebec", "univ": "universite",
}  # fmt: skip

GENERICS = {
    "acces", "allee", "autoroute", "avenue", "boulevard", "bretelle", "carre", "chaussee", "chemin", "concession",
    "cote", "cours", "croissant", "domaine", "escalier", "impasse", "montee", "parc", "passage", "passerelle", "place",
    "pont", "promenade", "quai", "rang", "route", "rue", "ruelle", "sentier", "square", "stationnement", "terrasse",
    "voie",
}  # fmt: skip

# Beside or between streets: a place is told by one of them only when no street is near.
PATHS = {
    "bande cyclable", "bassin retention", "bretelle", "entree sortie", "escalier", "lien pietonnier", "parc bus",
    "passerelle", "passerelle cyclopedestre", "piste cyclable", "piste cyclo pietonne", "sentier", "stationnement",
    "trottoir hors rue",
}  # fmt: skip

_ORDINAL = re.compile(r"([0-9]{1,3})(?:e|re|er|ere|nd|nde|eme|ieme|iem|st|rd|th)")
_ORDINAL_ENDS = frozenset(["re", "er", "ere", "eme", "ieme", "nd", "nde"])
_ORDINAL_WORDS = {
    "premier": 1, "premiere": 1, "second": 2, "seconde": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4,
    "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10, "onzieme": 11,
    "douzieme": 12, "treizieme": 13, "quatorzieme": 14, "quinzieme": 15, "seizieme": 16, "vingtieme": 20,
    "trentieme": 30, "quarantieme": 40, "cinquantieme": 50, "soixantieme": 60, "first": 1, "third": 3, "unieme": 1,
}  # fmt: skip
_TENS = {"dix": 10, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_NOTRE_DAME = re.compile(r"\bn\.? ?-?d\.?[ -](?=d)")  # « N.-D.-des-Anges »
_ELISION = re.compile(r"\b([dl]|qu)['’`](?=\w)")
_TOKEN = re.compile(r"[a-z0-9]+")


def plain(text: str) -> str:
    """Folded, ASCII digits whatever the script, no control characters, at most 200 characters: ready to be parsed."""
    settled = clean(text[: 4 * LONGEST_TEXT]).replace("½", " 1/2")
    folded = fold(settled)[:LONGEST_TEXT].replace("’", "'").replace("⁄", "/")
    return "".join(str(unicodedata.decimal(c)) if c > "\x7f" and c.isdecimal() else c for c in folded)


def tokens(text: str) -> list[str]:
    """The words and numbers of a plain() text in order, elisions cut."""
    return _TOKEN.findall(_ELISION.sub(" ", _NOTRE_DAME.sub("notre dame ", text)))


def canonical(words: list[str], *, is_unfinished: bool = False) -> list[str]:
    """Words spelled out, ordinals joined, articles dropped. Its own output comes back unchanged.

    `is_unfinished`: the last word may be the beginning of another one: « rené-l », « rue la », « rue s ».
    """
    if is_unfinished and words and _may_go_on(words[-2] if len(words) > 1 else "", words[-1]):
        return [*canonical(words[:-1]), words[-1]]
    result: list[str] = []
    position = 0
    while position < len(words):
        ordinal, taken = _ordinal(words, position)
        if ordinal:
            result.append(ordinal)
        else:
            before = result[-1] if result else ""
            result += _spelled_out(words[position], is_leading=not before or before.isdigit())
        position += taken
    return result


def key(name: str) -> str:
    """The canonical words of a name as one string, for look-up."""
    return " ".join(canonical(tokens(plain(name))))


def is_ordinal(word: str) -> bool:
    """Whether a canonical token is a rank: '41e'."""
    return word[:-1].isdigit() and word.endswith("e")


def _may_go_on(before: str, last: str) -> bool:
    return last in ARTICLES | DIRECTIONS.keys() and (len(last) == 1 or (last in ARTICLES and before not in ARTICLES))


def _spelled_out(word: str, *, is_leading: bool) -> list[str]:
    """`is_leading`: where « r. » is a street and not an initial, and « e » a letter and not a direction."""
    if word in ARTICLES:
        return []
    if word == "r" and not is_leading:
        return [word]
    if word in DIRECTIONS and not (is_leading and len(word) == 1):
        return [DIRECTIONS[word]]
    return ABBREVIATIONS.get(word, word).split()


def _ordinal(words: list[str], position: int) -> tuple[str, int]:
    """The rank that starts here and how many words it takes: '1ère', '1 re', 'vingt-deuxième'. ('', 1) when none."""
    word = words[position]
    following = words[position + 1] if position + 1 < len(words) else ""
    after = words[position + 2] if position + 2 < len(words) else ""
    if match := _ORDINAL.fullmatch(word):
        return f"{int(match[1])}e", 1
    if word.isdigit() and len(word) <= 3 and (following in _ORDINAL_ENDS or _is_lone_e(following, after)):
        return f"{int(word)}e", 2
    if word in _TENS:
        return _spoken_ordinal(_TENS[word], following, after)
    return (f"{_ORDINAL_WORDS[word]}e", 1) if word in _ORDINAL_WORDS and word != "unieme" else ("", 1)


def _is_lone_e(word: str, after: str) -> bool:
    """« 41 e rue »: the e belongs to the number; « 41 e » alone is east."""
    return word == "e" and ABBREVIATIONS.get(after, after) in ("rue", "avenue")


def _spoken_ordinal(tens: int, following: str, after: str) -> tuple[str, int]:
    """« vingt et unième », « trente-deuxième »."""
    if following == "et" and after == "unieme":
        return f"{tens + 1}e", 3
    if _ORDINAL_WORDS.get(following, 99) < 10:
        return f"{tens + _ORDINAL_WORDS[following]}e", 2
    return "", 1
