"""From what people type to the services that they may mean: both languages, synonyms, beginnings, typing mistakes.

A city has some hundred services: they're read at each search (one query) and analysed once for each content, in memory.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from parvis.catalogue.models import Service
from parvis.shared.text import STOP_WORDS, fold, stem, words

TYPED_MAX = 300  # characters looked at: what follows would tell no more
WORDS_MAX = 40
NAME, SYNONYM, CATEGORY = 1.0, 0.9, 0.35  # how much a word says by where it stands
SAME, SAME_STEM, BEGINNING, MISTYPED = 1.0, 0.9, 0.75, 0.6  # how alike two words are
KEPT = 0.4  # answers that score under this share of the best one are noise
_ENGLISH_STOP_WORDS = frozenset([
    "my", "a", "an", "is", "are", "was", "not", "on", "at", "it", "there", "for", "with", "has", "been", "i", "this",
    "that", "from", "they", "or", "by",
])  # fmt: skip

Row = tuple[int, str, str, str, str, str, str]


@dataclass(frozen=True)
class _Index:
    """Every word of the catalogue with the services that say it."""

    places: dict[str, dict[int, float]]  # word → service → weight of the best place where it stands
    stems: dict[str, frozenset[str]]  # stem → words
    rarity: dict[str, float]  # word → how much finding it tells
    phrases: dict[int, tuple[frozenset[str], ...]]  # service → its names and synonyms, as sets of stems


def services(typed: str, limit: int = 8) -> list[Service]:
    """The active services that the text may mean, best first; [] when nothing is alike."""
    ranked = [pk for pk, _score in rank(typed)[:limit]]
    found = Service.objects.select_related("category", "department").in_bulk(ranked)
    return [found[pk] for pk in ranked if pk in found]


def rank(typed: str) -> list[tuple[int, float]]:
    """(service id, score), best first. A code such as VOI-NID finds its service alone."""
    rows = tuple(
        Service.objects.filter(is_active=True)
        .order_by("id")
        .values_list("id", "code", "name_fr", "name_en", "synonyms_fr", "synonyms_en", "category__name_fr")
    )
    exact = [(row[0], 1.0) for row in rows if fold(row[1]) == fold(typed.strip())]
    return exact or _rank(_index(rows), typed[:TYPED_MAX])


def _rank(index: _Index, typed: str) -> list[tuple[int, float]]:
    asked = _telling(words(typed))[:WORDS_MAX]
    scores: dict[int, float] = defaultdict(float)
    for position, word in enumerate(asked):
        best: dict[int, float] = {}
        for other, likeness in _alike(index, word, is_last=position == len(asked) - 1).items():
            for service, weight in index.places[other].items():
                best[service] = max(best.get(service, 0.0), likeness * weight * index.rarity[other])
        for service, score in best.items():
            scores[service] += score
    stems = {stem(word) for word in asked}
    for service in scores:
        scores[service] += _phrase_bonus(index.phrases[service], stems)
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return [pair for pair in ranked if pair[1] >= KEPT * ranked[0][1]]


def _phrase_bonus(phrases: Iterable[frozenset[str]], stems: set[str]) -> float:
    """A whole name or synonym inside the question says much more than its words one by one."""
    return max((1.5 * len(phrase) for phrase in phrases if phrase <= stems), default=0.0)


def _alike(index: _Index, word: str, *, is_last: bool) -> dict[str, float]:
    """Words of the catalogue that `word` may be; the last one typed may be unfinished."""
    likeness = {word: SAME} if word in index.places else {}
    for other in index.stems.get(stem(word), ()):
        likeness.setdefault(other, SAME_STEM)
    if len(word) >= (2 if is_last else 4):
        for other in index.places:
            if other.startswith(word):
                likeness.setdefault(other, BEGINNING)
    return likeness or _mistyped(index, word)


def _mistyped(index: _Index, word: str) -> dict[str, float]:
    """Words within one mistake of five letters or two of nine."""
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import extract

    if len(word) < 5:
        return {}
    allowed = 1 if len(word) < 9 else 2
    near = extract(word, index.places.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=5)
    return {other: MISTYPED for other, _distance, _key in near}


def _telling(found: list[str]) -> list[str]:
    return [word[:30] for word in found if word not in STOP_WORDS and word not in _ENGLISH_STOP_WORDS]


@lru_cache(maxsize=4)
def _index(rows: tuple[Row, ...]) -> _Index:
    places: dict[str, dict[int, float]] = defaultdict(dict)
    phrases: dict[int, tuple[frozenset[str], ...]] = {}
    for pk, _code, name_fr, name_en, synonyms_fr, synonyms_en, category in rows:
        synonyms = [*synonyms_fr.splitlines(), *synonyms_en.splitlines()]
        for weight, lines in ((NAME, [name_fr, name_en]), (SYNONYM, synonyms), (CATEGORY, [category])):
            for word in _telling([word for line in lines for word in words(line)]):
                places[word][pk] = max(places[word].get(pk, 0.0), weight)
        sets = (frozenset(stem(word) for word in _telling(words(line))) for line in [name_fr, name_en, *synonyms])
        phrases[pk] = tuple(each for each in sets if each)
    return _Index(dict(places), _by_stem(places), _rarity(places, len(rows)), phrases)


def _by_stem(places: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word in places:
        found[stem(word)].add(word)
    return {root: frozenset(group) for root, group in found.items()}


def _rarity(places: dict[str, dict[int, float]], count: int) -> dict[str, float]:
    """A word said by one service tells more than one said by ten; its forms count together."""
    said = Counter[str]()
    for word, by_service in places.items():
        said[stem(word)] += len(by_service)
    return {word: math.log(1 + count / said[stem(word)]) for word in places}
