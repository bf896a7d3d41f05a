"""An index of names that forgives: bag of words, prefixes of the last word, and typing mistakes.

A name's score is a Dice coefficient over words weighted by their rarity: « rue » says little, « Dorchester » a lot.
Everything is a few numpy operations over posting lists: under 5 ms for 6,000 names.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from parvis.places.words import ARTICLES, DIRECTIONS, GENERICS

MOST_WORDS = 10  # of one question; the rest is noise
_TYPO_CUTOFF = 74  # of 100: one wrong letter in four, two in eight
_TWIN_CUTOFF = 84  # for a word that is right by itself: « gabriel » may still mean « gabrielle »
_HELP = 0.1  # what a helpful word counts
_DIRECTION_WEIGHT = 1.2
_GENERIC_WEIGHT = 1.2  # at most: who omits « boulevard » has still said what matters
_BEGINNING_WEIGHT = 4.0  # of an unfinished word, whatever it ends up being
_MINOR_FACTOR = 0.92
_IMPORTANCE_SHARE = 0.05


@dataclass(frozen=True)
class Name:
    """One entry: its canonical words, and words that may help to tell it from others of the same name."""

    words: tuple[str, ...]
    helpful: tuple[str, ...] = ()
    is_minor: bool = False  # a cycle lane beside the street of the same name: after it
    importance: float = 0.0  # 0…1: between equals, the long street before the short one


@dataclass(frozen=True)
class Match:
    position: int  # of the entry in the list given to the index
    score: float  # 0…1


class NameIndex:
    """Immutable once built, so threads share it freely."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._size = len(names)
        self._scale = max(1.0, math.log(1001) / math.log(self._size + 1)) if names else 1.0  # a village weighs the same
        self._postings = _postings([set(name.words) for name in names])
        self._helpful = _postings([set(name.helpful) - set(name.words) for name in names])
        self._vocabulary = sorted(self._postings)
        self._weights = {word: self._rarity(word) for word in self._vocabulary}
        self._totals = np.array([sum(self._weights[w] for w in set(n.words)) for n in names], dtype=np.float32)
        self._factors = np.array([_factor(name) for name in names], dtype=np.float32)
        self._sorted_names = [" ".join(sorted(name.words)) for name in names]
        self._similar = lru_cache(maxsize=4096)(self._find_similar)
        self._begins = lru_cache(maxsize=1024)(self._find_beginning)

    def match(self, words: Sequence[str], *, limit: int = 8, is_unfinished: bool = False) -> list[Match]:
        """The best entries for canonical words. `is_unfinished`: the last word may be the beginning of one."""
        if not self._size or not words:
            return []
        scores = self.scores(words, is_unfinished=is_unfinished)
        count = min(limit, self._size)
        best = np.argpartition(-scores, count - 1)[:count] if count < self._size else np.arange(self._size)
        best = best[np.argsort(-scores[best], kind="stable")]
        return [Match(int(p), float(scores[p])) for p in best if scores[p] > 0]

    def knows(self, word: str) -> bool:
        """Whether some name holds exactly this word."""
        return word in self._postings

    def resembling(self, words: Sequence[str], *, limit: int = 3) -> list[Match]:
        """Entries that look like the words taken together: the last resort when no word is known."""
        asked = " ".join(sorted(words))
        found = process.extract(asked, self._sorted_names, scorer=fuzz.ratio, score_cutoff=84, limit=limit)
        return [Match(where, ratio / 100 * float(self._factors[where])) for _, ratio, where in found]

    def mend(self, words: Sequence[str]) -> list[str]:
        """Cut words that were glued (« stjoseph »), glue words that were cut (« bourg neuf »), where that helps."""
        result: list[str] = []
        for word in words:
            glued = f"{result[-1]}{word}" if result else ""
            if self.knows(glued) and not (self.knows(word) and self.knows(result[-1])):
                result[-1] = glued
            else:
                result += [word] if self.knows(word) else self._cut(word)
        return result

    def _cut(self, word: str) -> list[str]:
        for short, full in (("ste", "sainte"), ("st", "saint")):
            if word.startswith(short) and self.knows(word[len(short) :]):
                return [full, word[len(short) :]]
        for place in range(4, len(word) - 3):
            if self.knows(word[:place]) and self.knows(word[place:]):
                return [word[:place], word[place:]]
        return [word]

    def scores(self, words: Sequence[str], *, is_unfinished: bool = False) -> NDArray[np.float32]:
        """How well each entry answers to canonical words, 0…1, in the order of the entries."""
        asked = list(dict.fromkeys(words))[:MOST_WORDS]
        matched = np.zeros(self._size, dtype=np.float32)
        possible = np.zeros(self._size, dtype=np.float32)
        for number, word in enumerate(asked):
            brought, could_bring = self._one_word(word, is_unfinished and number == len(asked) - 1)
            matched += brought
            possible += could_bring
        name_share = 0.2 if is_unfinished else 0.5  # somebody who is still typing hasn't said the rest of the name
        whole = name_share * np.maximum(self._totals, matched) + (1 - name_share) * possible
        return np.minimum(1.0, matched / np.maximum(whole, 1e-6)) * self._factors

    def _one_word(self, word: str, is_last: bool) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What this word brings to each entry, and what it could have brought if it were spelled right and there."""
        readings = self._readings(word, is_last)
        weights = {w: _BEGINNING_WEIGHT if is_last else self._weights[w] for w, _ in readings}
        brought = np.zeros(self._size, dtype=np.float32)
        is_article = word in ARTICLES and len(word) > 1  # « parc des »: it may also be the beginning of a name
        missed = _HELP if is_article else max(weights.values(), default=self._rarity(word))
        possible = np.full(self._size, missed, dtype=np.float32)
        for candidate, quality in reversed(readings):  # the best reading last: it has the last word
            where = self._postings[candidate]
            brought[where] = quality * weights[candidate]
            possible[where] = weights[candidate]
        if (helped := self._helpful.get(word)) is not None:
            brought[helped] = possible[helped] = _HELP * possible[helped]
        return brought, possible

    def _readings(self, word: str, is_last: bool) -> list[tuple[str, float]]:
        """The words of the vocabulary that this one may stand for, each with a quality 0…1."""
        exact = [(word, 1.0)] if word in self._postings else []
        longer = list(self._begins(word)) if is_last else []
        known = exact + longer
        if len(word) < (5 if known else 3) or word.isdigit() or len(longer) > 3:
            return known
        similar = self._similar(word, is_last and not known, _TWIN_CUTOFF if known else _TYPO_CUTOFF)
        return known + [reading for reading in similar if reading[0] != word]

    def _find_beginning(self, word: str) -> tuple[tuple[str, float], ...]:
        start = bisect_left(self._vocabulary, word)
        end = bisect_left(self._vocabulary, word + "\x7f")
        longer = [(w, 0.8 + 0.18 * len(word) / len(w)) for w in self._vocabulary[start:end] if w != word]
        return tuple(sorted(longer, key=lambda reading: -reading[1]))

    def _find_similar(self, word: str, is_last: bool, cutoff: int) -> tuple[tuple[str, float], ...]:
        limit = 12 if is_last else 8
        choices = [w[: len(word) + 1] for w in self._vocabulary] if is_last else self._vocabulary
        found = process.extract(word, choices, scorer=fuzz.ratio, score_cutoff=cutoff, limit=limit)
        return tuple((self._vocabulary[where], (ratio / 100) ** 1.5 * 0.97) for _, ratio, where in found)

    def _rarity(self, word: str) -> float:
        """How much a word tells: log of (names / names with it), at least 0.4; directions tell little by themselves."""
        if word in DIRECTIONS:
            return _DIRECTION_WEIGHT
        known = self._postings.get(word)
        rarity = math.log((self._size + 1) / (1 if known is None else len(known))) * self._scale
        rarity = max(0.4, rarity)
        return min(rarity, _GENERIC_WEIGHT) if word in GENERICS else rarity


def _postings(sets: list[set[str]]) -> dict[str, NDArray[np.int32]]:
    """For each word, the positions of the sets that hold it."""
    found: dict[str, list[int]] = defaultdict(list)
    for position, words in enumerate(sets):
        for word in words:
            found[word].append(position)
    return {word: np.array(places, dtype=np.int32) for word, places in found.items()}


def _factor(name: Name) -> float:
    return (_MINOR_FACTOR if name.is_minor else 1.0) * (1 - _IMPORTANCE_SHARE * (1 - name.importance))
