"""The `parvis` command: `parvis serve`, `parvis demo`, `parvis work`, `parvis import zones FILE`, and every Django command."""

from __future__ import annotations

import os
import sys

TWO_WORDS = {
    "import",
    "ledger",
    "train",
    "evaluate",
    "phone",
}  # `parvis ledger verify` is the command ledger_verify


def main(arguments: list[str] | None = None) -> None:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    words = list(sys.argv[1:] if arguments is None else arguments) or ["help"]
    if words[0] in TWO_WORDS and len(words) > 1 and not words[1].startswith("-"):
        words[:2] = [f"{words[0]}_{words[1]}"]
    execute_from_command_line(["parvis", *words])


if __name__ == "__main__":
    main()
