"""Opening what cities publish, and telling what became of each row."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from parvis.places.errors import BadFile

T = TypeVar("T")


@dataclass(frozen=True)
class Reject:
    """A row that was left out. `row` counts from 1, without the header."""

    row: int
    code: str
    reason: str


@dataclass
class Outcome:
    """What became of a file."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    repaired: int = 0
    absent: int = 0  # rows that we keep although the file no longer has them
    rejects: list[Reject] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        return bool(self.added or self.changed)


def read_text(path: Path) -> str:
    """The whole of a UTF-8 file, unzipped if its name ends in .gz. Half characters are replaced, not refused."""
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
    except FileNotFoundError:
        raise BadFile(reason=_("il n’existe pas (%(path)s).") % {"path": path}) from None
    except (OSError, EOFError, zlib.error) as error:
        raise BadFile(reason=f"{error}.") from error
    return content.decode("utf-8-sig", errors="replace")


def features(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON FeatureCollection."""
    try:
        collection = json.loads(read_text(path))
        found = collection["features"]
    except (json.JSONDecodeError, KeyError, TypeError, RecursionError):
        raise BadFile(reason=_("ce n’est pas un GeoJSON avec une liste « features ».")) from None
    if not isinstance(found, list):
        raise BadFile(reason=_("ce n’est pas un GeoJSON avec une liste « features »."))
    return [_feature(each) for each in found]


def _feature(each: Any) -> dict[str, Any]:
    """A feature whose properties are a dict, whatever was there: what is missing shows as a reject later."""
    feature = dict(each) if isinstance(each, dict) else {}
    feature["properties"] = feature["properties"] if isinstance(feature.get("properties"), dict) else {}
    return feature


def rows(path: Path, needed: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a CSV with a header that has all `needed` columns (comma or semicolon)."""
    text = read_text(path)
    header = text[: text.find("\n")]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    csv.field_size_limit(10_000_000)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = [name for name in needed if name not in (reader.fieldnames or [])]
    if missing:
        raise BadFile(reason=_("il manque les colonnes %(names)s.") % {"names": ", ".join(missing)})
    try:
        return list(reader)
    except csv.Error as error:
        raise BadFile(reason=f"{error}.") from error


def progress(items: list[T], title: str) -> Iterator[T]:
    """The same items, with a bar when somebody watches."""
    from tqdm import tqdm

    yield from tqdm(items, desc=title, unit="", disable=not sys.stderr.isatty(), leave=False)
