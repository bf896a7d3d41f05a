"""The `parvis` command: `parvis serve`, `parvis demo`, `parvis import zones FILE`… and every Django command."""

from __future__ import annotations

import os
import sys

import django

import parvis

TWO_WORDS = {"import", "ledger", "train", "evaluate", "phone"}  # `parvis ledger verify` is the command ledger_verify
# The demonstration lives in a folder of its own and says so on every page, whatever surrounds it.
DEMONSTRATION = {
    "PARVIS_DATA": "parvis-demo",
    "PARVIS_DEMO": "yes",
    "PARVIS_CITY": "Ville de Québec",
    "PARVIS_CITY_SHORT": "Québec",
    "PARVIS_EMAIL": "311@ville.example",
}


USAGE = """parvis {version}: the front door through which residents reach their city.

  parvis serve                     open your own city; an empty folder becomes one (--port, --host)
  parvis demo                      an invented city to look around in
  parvis import WHAT FILE          bring in {imports}
  parvis doctor                    is everything well? what to do if not
  parvis backup FILE               database, photos and key in one file; `parvis restore FILE` puts them back
  parvis work                      more workers for background jobs (PostgreSQL)
  parvis ledger verify             has any line of the ledger been changed since?

  parvis COMMAND --help            all that a command takes
  parvis help --commands           every command, Django's own included
Settings come from the environment: see docs/reference/settings.md.
"""


def main(arguments: list[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    words = list(sys.argv[1:] if arguments is None else arguments) or ["help"]
    if words[0] in ("demo", "demo_grow"):
        for key, value in DEMONSTRATION.items():
            os.environ.setdefault(key, value)
    if words in (["--version"], ["version"]):
        print(parvis.__version__)
        return
    _read_settings()
    if words in (["help"], ["--help"], ["-h"]):
        print(USAGE.format(version=parvis.__version__, imports=", ".join(_second_words("import"))), end="")
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["parvis", *_joined(words)])


def _read_settings() -> None:
    """A setting that can't be is told in a sentence, not in a traceback."""
    import dj_database_url
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        _ = settings.DATA
    except ImproperlyConfigured as error:
        sys.exit(f"parvis: {error}")
    except OSError as error:
        sys.exit(
            f"parvis: {error.filename} can't be made or read ({error.strerror}): set PARVIS_DATA to another folder."
        )
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError):  # it may hold a password: not quoted
        sys.exit(
            "parvis: DATABASE_URL can't be read; it takes postgres://user:password@host/name, or nothing (SQLite)."
        )


def _joined(words: list[str]) -> list[str]:
    """`ledger verify` is the command ledger_verify."""
    first = words[0]
    if first not in TWO_WORDS:
        return words
    if len(words) > 1 and not words[1].startswith("-"):
        return [f"{first}_{words[1]}", *words[2:]]
    if second := _second_words(first):
        sys.exit(f"parvis {first} takes one of: {', '.join(second)}. Each tells more with --help.")
    return words


def _second_words(first: str) -> list[str]:
    from django.core.management import get_commands

    django.setup()
    return sorted(name.removeprefix(f"{first}_") for name in get_commands() if name.startswith(f"{first}_"))


if __name__ == "__main__":
    main()
