"""The reference pages, made from the code: `make docs` writes them and a test compares."""

from __future__ import annotations

import dataclasses
import inspect
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.utils.translation import override

from parvis.config.environment import ACCEPTED, SETTINGS
from parvis.config.flow import FLOW
from parvis.ledger.events import REGISTRY, Event
from parvis.people.permissions import GRANTS, PERMISSIONS, Role

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference"
_MADE = "<!-- Made from the code by `make docs`. -->"


def pages() -> dict[str, str]:
    """File name → its whole text. Words that staff read are told in French, the language of the source."""
    with override("fr"):
        return {
            "settings.md": _page("Settings", _SETTINGS, _settings()),
            "events.md": _page("Events of the ledger", _EVENTS, _events()),
            "permissions.md": _page("Permissions", _PERMISSIONS, _permissions()),
            "commands.md": _page("Commands", _COMMANDS, _commands()),
        }


_SETTINGS = """\
Read once from the environment at the start. Each has a default that works on a laptop; a wrong value stops the start
with a sentence."""
_EVENTS = """\
Each change writes one entry, in the same transaction. An entry holds ids, codes and lengths, never personal data. *Sets
off* names the reactions of `config/flow.py`."""
_PERMISSIONS = "What a member of staff may do comes from their role alone (`people/permissions.py`)."
_COMMANDS = "`parvis help COMMAND` tells the options. Every command of Django is there as well."


def _page(title: str, sentence: str, body: str) -> str:
    return f"# {title}\n\n{_MADE}\n\n{sentence}\n\n{body}\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _settings() -> str:
    rows = [[f"`{s.key}`", f"`{s.default}`" if s.default else "", ACCEPTED[s.read], s.what] for s in SETTINGS]
    return _table(["key", "default", "takes", "what it does"], rows)


def _events() -> str:
    sections = []
    for room in _rooms():
        kinds = {kind: event for kind, event in sorted(REGISTRY.items()) if event.__module__ == f"{room}.events"}
        if kinds:
            rows = [_event_row(kind, event) for kind, event in kinds.items()]
            head = ["kind", "staff read", "what it tells", "data", "sets off"]
            sections.append(f"## {room.removeprefix('parvis.')}\n\n{_table(head, rows)}")
    return "\n\n".join(sections)


def _rooms() -> list[str]:
    """The apps of the house, their events read."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("parvis.")]
    for name in names:
        if find_spec(f"{name}.events"):
            import_module(f"{name}.events")
    return names


def _event_row(kind: str, event: type[Event]) -> list[str]:
    data = ", ".join(f"`{field.name}`" for field in dataclasses.fields(event))
    reactions = ", ".join(f"`{reaction.__name__}`" for reaction in FLOW.get(kind, ()))
    told = inspect.cleandoc(event.__doc__ or "")
    told = "" if told.startswith(f"{event.__name__}(") else " ".join(told.split())  # else a dataclass's own
    return [f"`{kind}`", event.label, told, data, reactions]


def _permissions() -> str:
    head = ["permission", "what staff read", *(str(role.label) for role in Role)]
    rows = [
        [f"`{code}`", str(sentence), *("●" if code in GRANTS[role] else "" for role in Role)]
        for code, sentence in PERMISSIONS.items()
    ]
    return _table(head, rows)


def _commands() -> str:
    ours = {name: app for name, app in sorted(get_commands().items()) if str(app).startswith("parvis.")}
    rows = [[f"`parvis {_typed(name)}`", load_command_class(app, name).help] for name, app in ours.items()]
    return _table(["command", "what it does"], rows)


def _typed(name: str) -> str:
    """`import_zones` is typed `import zones`."""
    from parvis.__main__ import TWO_WORDS

    first, _sep, rest = name.partition("_")
    return f"{first} {rest}" if first in TWO_WORDS and rest else name
