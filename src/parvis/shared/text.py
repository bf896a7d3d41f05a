"""Words made comparable: the one analyser that feeds both databases' indexes and the gazetteer."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_WORD = re.compile(r"[a-z0-9]+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
STOP_WORDS = frozenset(
    [
        "a", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "elle", "en", "et", "eux", "il", "ils",
        "je", "la", "le", "les", "leur", "lui", "ma", "mais", "me", "mes", "moi", "mon", "ne", "nos", "notre",
        "nous", "on", "ou", "par", "pas", "pour", "qu", "que", "qui", "sa", "se", "ses", "son", "sur", "ta", "te",
        "tes", "toi", "ton", "tu", "un", "une", "vos", "votre", "vous", "c", "d", "j", "l", "m", "n", "s", "t",
        "y", "est", "the", "of", "and", "to", "in", "is",
    ]
)  # fmt: skip


def clean(text: str) -> str:
    """Drop NUL, control and text-direction characters, settle line ends and accents; keep the rest as typed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text).strip()


def fold(text: str) -> str:
    """Lower case without accents or ligatures: 'Boulevard René-Lévesque' → 'boulevard rene-levesque'."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a text, in order, elisions cut: "l'égout d'été" → ['egout', 'ete']."""
    return _WORD.findall(fold(_ELISION.sub(" ", text)))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("french")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The French Snowball stem of one folded word."""
    return str(_stemmer().stemWord(word))


def terms(text: str) -> list[str]:
    """What the search index stores and asks for: stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]
