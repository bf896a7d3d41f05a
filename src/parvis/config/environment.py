"""Every setting that a city may change, read once from the environment.

Each has a default that works on a laptop. A wrong value stops the start with a sentence that quotes the key,
the value and the accepted form.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def text(value: str) -> str:
    return value


def folder(value: str) -> Path:
    if not value.strip():
        raise ValueError
    return Path(value).expanduser().resolve()


def flag(value: str) -> bool:
    try:
        return {
            "1": True,
            "true": True,
            "yes": True,
            "oui": True,
            "0": False,
            "false": False,
            "no": False,
            "non": False,
            "": False,
        }[value.lower()]
    except KeyError:
        raise ValueError from None


def whole(value: str) -> int:
    return int(value)


def words(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def point(value: str) -> tuple[float, float]:
    lon, lat = (float(part) for part in value.split(","))
    if not (abs(lon) <= 180 and abs(lat) <= 85):
        raise ValueError
    return lon, lat


def colour(value: str) -> str:
    if len(value) == 7 and value[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in value[1:]):
        return value
    raise ValueError


def web_address(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError
    return value.rstrip("/")


ACCEPTED: dict[Callable[[str], Any], str] = {
    text: "any text",
    folder: "a folder",
    flag: "yes or no",
    whole: "a whole number",
    words: "words separated by commas",
    point: "a longitude and a latitude such as -71.25,46.84",
    colour: "a colour such as #1d4f91",
    web_address: "an address that begins with https:// or http://",
}


@dataclass(frozen=True)
class Setting:
    key: str
    default: str
    read: Callable[[str], Any]
    what: str


SETTINGS = (
    Setting("PARVIS_DATA", "parvis-data", folder, "Folder of the database, secret key, photos and outbox."),
    Setting(
        "DATABASE_URL",
        "",
        text,
        "Database; empty means SQLite in the data folder. `postgres://user:password@host/name` for PostgreSQL.",
    ),
    Setting(
        "PARVIS_URL",
        "",
        web_address,
        "Public address of the site, used in messages. Required to bind beyond this machine.",
    ),
    Setting("PARVIS_HOSTS", "", words, "Extra host names answered, beside the one of PARVIS_URL and this machine."),
    Setting(
        "PARVIS_SECRET_KEY",
        "",
        text,
        "Signing key; empty means one made on the first start and kept in the data folder (mode 0600).",
    ),
    Setting("PARVIS_DEBUG", "no", flag, "Developer's pages. Never on a public machine."),
    Setting("PARVIS_DEMO", "no", flag, "Shows the banner of the demonstration city."),
    Setting("PARVIS_CITY", "Ville de Parvis", text, "Name of the city, as residents read it."),
    Setting("PARVIS_CITY_SHORT", "Parvis", text, "Short name of the city, in titles."),
    Setting("PARVIS_PHONE", "311", text, "Number that residents call."),
    Setting("PARVIS_EMAIL", "", text, "Address that residents write to; shown where set."),
    Setting("PARVIS_COLOUR", "#1d4f91", colour, "Main colour of the city."),
    Setting("PARVIS_LOGO", "", text, "Path of a logo file (SVG or PNG); empty shows the name alone."),
    Setting("PARVIS_TIME_ZONE", "America/Toronto", text, "Time zone in which times are spoken."),
    Setting("PARVIS_MAP_CENTRE", "-71.2500,46.8400", point, "Longitude and latitude on which the map opens."),
    Setting("PARVIS_MAP_ZOOM", "11", whole, "Zoom at which the map opens (8 region, 12 city, 16 street)."),
    Setting(
        "PARVIS_SMTP_URL",
        "",
        text,
        "Mail server, `smtp://user:password@host:587?tls=yes`; empty writes messages as files in the outbox.",
    ),
    Setting("PARVIS_MAIL_FROM", "ne-pas-repondre@parvis.example", text, "Sender of messages."),
    Setting("PARVIS_PHOTO_MAX_MB", "15", whole, "Largest photo accepted, in megabytes."),
    Setting("PARVIS_PHOTO_MAX_COUNT", "5", whole, "How many photos one report may carry."),
    Setting("PARVIS_WORKERS", "2", whole, "Threads that run background jobs inside `parvis serve`."),
)


def read(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return every setting by key, parsed. Raises ImproperlyConfigured on the first wrong value."""
    values = {}
    for setting in SETTINGS:
        value = environ.get(setting.key, setting.default)
        try:
            values[setting.key] = setting.read(value)
        except (ValueError, IndexError):
            raise ImproperlyConfigured(
                f"{setting.key} has the value {value!r}; it takes {ACCEPTED[setting.read]}. {setting.what}"
            ) from None
    return values
