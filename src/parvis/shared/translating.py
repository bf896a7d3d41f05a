"""Translations without GNU gettext: Babel compiles, collects and checks the English of each app.

French is the language of the source: people write `locale/en` only. Needs no database, and no Django to compile.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
ENGLISH = Path("locale/en/LC_MESSAGES/django.po")
# Function → which of its arguments are text; "c" marks the context. `event` is the ledger's decorator (kind, label).
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "event": (2,),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_HEADER = r"""msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
Identity = tuple[str, str | tuple[str, str]]  # context, text (or singular and plural)


@dataclass(frozen=True)
class Complaint:
    """Something to put right in an English catalogue."""

    app: str
    text: str  # the French
    reason: str

    def __str__(self) -> str:
        return f"{self.app}: {self.reason}: {self.text!r}"


def apps(package: Path = PACKAGE) -> list[Path]:
    """The folders that own translations: each holds an apps.py."""
    return sorted(path.parent for path in package.rglob("apps.py"))


def compile_all(package: Path = PACKAGE, *, only_stale: bool = False) -> list[Path]:
    """Write a .mo beside each .po; `only_stale` spares those newer than their .po. Returns what was written."""
    written = []
    for source in sorted(package.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if only_stale and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        catalogue = _read(source)
        _write_mo(target, catalogue)
        _write_mo(target.parents[2] / "fr/LC_MESSAGES/django.mo", _french_counts(catalogue))
        written.append(target)
    return written


def _write_mo(target: Path, catalogue: Catalog) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".part")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    partial.replace(target)


def _french_counts(english: Catalog) -> Catalog:
    """The sentences that count things, in French as they stand: so that zero is singular (« 0 dossier »), as in French
    and not as in the English rule that holds for a source without a catalogue.
    """
    french = Catalog(locale="fr")
    for message in english:
        if isinstance(message.id, tuple):
            french.add(message.id, message.id, context=message.context)
    return french


def collect(package: Path = PACKAGE) -> dict[str, int]:
    """Bring each app's .po up to date: new sentences at the end, empty; those that left the code go. Counts them."""
    fresh = {}
    for app in apps(package):
        wanted, catalogue = _sentences(app, package), _catalogue(app)
        present = {_identity(message) for message in catalogue if message.id}
        missing = [each for each in wanted if each not in present]
        stale = present - set(wanted)
        for context, text in stale:
            catalogue.delete(_first(text), context or None)
        for context, text in missing:
            catalogue.add(text, context=context or None)
        if missing or stale:
            _write(app, catalogue)
        fresh[app.relative_to(package).as_posix()] = len(missing)
    return fresh


def check(package: Path = PACKAGE) -> Iterator[Complaint]:
    """What is missing, fuzzy, no longer in the code, at odds with its placeholders, or said in two ways by two apps."""
    said: dict[Identity, tuple[str, object]] = {}
    for app in apps(package):
        name = app.relative_to(package).as_posix()
        wanted = _sentences(app, package)
        messages = {_identity(message): message for message in _catalogue(app) if message.id}
        for identity in wanted:
            reason = _fault(messages.get(identity))
            if reason:
                yield Complaint(name, _first(identity[1]), reason)
        for identity in messages.keys() - set(wanted):
            yield Complaint(name, _first(identity[1]), "no longer in the code")
        yield from _quarrels(name, messages, said)


def _fault(message: Message | None) -> str:
    if message is None or not all(_strings(message.string)):
        return "without English"
    if message.fuzzy:
        return "marked fuzzy"
    wanted = {place for text in _strings(message.id) for place in _PLACEHOLDER.findall(text)}
    given = {place for text in _strings(message.string) for place in _PLACEHOLDER.findall(text)}
    return "" if wanted == given else f"its placeholders differ ({_differing(wanted, given)})"


def _differing(wanted: set[str], given: set[str]) -> str:
    return ", ".join(sorted(wanted ^ given))


def _quarrels(
    name: str, messages: dict[Identity, Message], said: dict[Identity, tuple[str, object]]
) -> Iterator[Complaint]:
    """Django merges the catalogues of all apps: the same French with two different English texts would be a lottery."""
    for identity, message in messages.items():
        other, string = said.setdefault(identity, (name, message.string))
        if string != message.string and all(_strings(message.string)):
            yield Complaint(name, _first(identity[1]), f"said otherwise by {other} (use a context: pgettext)")


def _sentences(app: Path, package: Path) -> dict[Identity, None]:
    """Every marked sentence of an app, in reading order (a dict, for order without repeats)."""
    return dict.fromkeys(_marked(app, package))


def _marked(app: Path, package: Path) -> Iterator[Identity]:
    for path in _own_files(app, package):
        if path.suffix == ".py":
            with path.open("rb") as file:
                yield from _extracted(file)
        elif "templates" in path.parts:
            yield from _extracted(_as_python(path))


def _own_files(app: Path, package: Path) -> Iterator[Path]:
    """The files of an app, without those of apps inside it. config is no app: shared speaks for it."""
    folders = [app, package / "config"] if app == package / "shared" else [app]
    inner = [other for other in apps(package) if app in other.parents]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "locale" not in path.parts and not any(each in path.parents for each in inner):
                yield path


def _as_python(path: Path) -> Iterable[bytes]:
    """A template turned into calls that an extractor of Python understands; brackets make its indentation harmless."""
    from django.utils.translation.template import templatize

    try:
        text = templatize(path.read_text("utf-8"), origin=str(path))
    except UnicodeDecodeError:  # a picture among the templates
        return iter(())
    from io import BytesIO

    return BytesIO(f"(\n{text}\n)\n".encode())


def _extracted(file: object) -> Iterator[Identity]:
    for _line, text, _comments, context in extract("python", file, keywords=KEYWORDS, options={"encoding": "utf-8"}):
        yield context or "", (text[0], text[1]) if isinstance(text, tuple) else text


def _identity(message: Message) -> Identity:
    text = message.id
    return message.context or "", (text[0], text[1]) if isinstance(text, (tuple, list)) else text


def _first(text: str | tuple[str, str]) -> str:
    return text if isinstance(text, str) else text[0]


def _strings(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text or ""),)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain="django", abort_invalid=True)


def _catalogue(app: Path) -> Catalog:
    path = app / ENGLISH
    return _read(path) if path.exists() else Catalog(locale="en", domain="django", fuzzy=False)


def _write(app: Path, catalogue: Catalog) -> None:
    path = app / ENGLISH
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(_HEADER.encode())
        write_po(file, catalogue, width=110, no_location=True, ignore_obsolete=True, omit_header=True)


if __name__ == "__main__":  # `make setup` compiles before there is any setting or data folder
    compile_all(only_stale="--stale" in sys.argv)
