"""The `parvis` command: `parvis serve`, `parvis demo`, `parvis import zones FILE`… and every Django command."""

from __future__ import annotations

import os
import sys

TWO_WORDS = {"import", "ledger", "train", "evaluate", "phone"}  # `parvis ledger verify` is the command ledger_verify
# The demonstration lives in a folder of its own and says so on every page, whatever surrounds it.
DEMONSTRATION = {
    "PARVIS_DATA": "parvis-demo",
    "PARVIS_DEMO": "yes",
    "PARVIS_CITY": "Ville de Québec",
    "PARVIS_CITY_SHORT": "Québec",
    "PARVIS_EMAIL": "311@ville.example",
}


def main(arguments: list[str] | None = None) -> None:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    words = list(sys.argv[1:] if arguments is None else arguments) or ["help"]
    if words[0] in ("demo", "demo_grow"):
        for key, value in DEMONSTRATION.items():
            os.environ.setdefault(key, value)
    if words[0] in TWO_WORDS and len(words) > 1 and not words[1].startswith("-"):
        words[:2] = [f"{words[0]}_{words[1]}"]
    execute_from_command_line(["parvis", *words])


if __name__ == "__main__":
    main()
