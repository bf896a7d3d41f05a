"""A profile: which column of a file is what, in words that a city can write without code."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from parvis.cases.states import Outcome, State
from parvis.catalogue.models import Service

SHIPPED = ("boston", "montreal", "paris", "nyc")
COLUMNS = frozenset(
    (
        "external_id", "opened_at", "closed_at", "due_at", "service", "category", "nature", "department",
        "description", "address", "lon", "lat", "state", "outcome", "channel", "weekday",
    )
)  # fmt: skip


class BadProfile(Exception):
    """The profile can't be used; the message names the file, the key and what it takes."""


@dataclass(frozen=True)
class Rule:
    """The first rule whose pattern is found in the text gives the value."""

    pattern: re.Pattern[str]
    value: str


@dataclass(frozen=True)
class Profile:
    """How to read one kind of file. Columns are named in the order of trying; the first filled one wins."""

    name: str
    title: str
    time_zone: ZoneInfo
    date_formats: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    states: dict[str, str]
    default_state: str
    outcomes: tuple[Rule, ...]
    default_outcome: str
    default_sentence: str
    channels: tuple[Rule, ...]
    default_channel: str
    natures: dict[str, str]
    services: dict[str, str]  # their name of a service → a code of our catalogue
    weekdays: tuple[str, ...]  # Monday's name first, where the file knows the day of the week but not the date
    visibility: str
    encoding: str = "utf-8-sig"
    delimiter: str = ","


def load(name_or_path: str) -> Profile:
    """A shipped profile by name, or any TOML file by path. Raises BadProfile."""
    path = Path(name_or_path)
    if name_or_path in SHIPPED:
        content = resources.files("parvis.cases").joinpath("profiles", f"{name_or_path}.toml").read_text("utf-8")
    elif path.is_file():
        content = path.read_text("utf-8")
    else:
        raise BadProfile(f"No profile {name_or_path!r}: take one of {', '.join(SHIPPED)}, or the path of a TOML file.")
    try:
        return _profile(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        raise BadProfile(f"{name_or_path}: {error}") from None
    except KeyError as error:
        raise BadProfile(f"{name_or_path}: the key {error} is missing.") from None
    except (AttributeError, TypeError, ValueError, LookupError, re.error) as error:
        raise BadProfile(f"{name_or_path}: {error}") from None


def _profile(raw: dict[str, Any]) -> Profile:
    columns = {key: _several(names) for key, names in raw["columns"].items()}
    unknown = set(columns) - COLUMNS
    if unknown:
        raise ValueError(f"[columns] has {', '.join(sorted(unknown))}; it takes {', '.join(sorted(COLUMNS))}.")
    missing = {"opened_at", "service"} - set(columns)
    if missing:
        raise ValueError(f"[columns] must name {' and '.join(sorted(missing))}.")
    states, outcomes, channels = raw.get("states", {}), raw.get("outcomes", {}), raw.get("channels", {})
    for value in (*states.values(), raw.get("default_state", "received")):
        State(value)
    default_outcome = raw.get("default_outcome", Outcome.ANSWERED)
    for value in (*outcomes.values(), default_outcome):
        Outcome(value)
    return Profile(
        name=re.sub(r"[^a-z0-9_-]", "", raw["name"].lower())[:30], title=raw["title"],
        time_zone=ZoneInfo(raw["time_zone"]), date_formats=_several(raw["date_formats"]), columns=columns,
        states=states, default_state=raw.get("default_state", "received"), outcomes=_rules(outcomes),
        default_outcome=default_outcome, default_sentence=raw.get("default_sentence", ""), channels=_rules(channels),
        default_channel=raw.get("default_channel", "other"), natures=raw.get("natures", {}),
        services=raw.get("services", {}), weekdays=_several(raw.get("weekdays", [])),
        visibility=Service.Visibility(raw.get("visibility", "never")), encoding=raw.get("encoding", "utf-8-sig"),
        delimiter=raw.get("delimiter", ","),
    )  # fmt: skip


def _several(names: str | list[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _rules(table: dict[str, str]) -> tuple[Rule, ...]:
    return tuple(Rule(re.compile(pattern, re.IGNORECASE), value) for pattern, value in table.items())
