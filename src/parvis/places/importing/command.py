"""What the three import commands have in common: arguments, the account of a file, the list of rejects."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.places.errors import BadFile
from parvis.places.importing.files import Outcome

_SHOWN_REJECTS = 20


class ImportCommand(BaseCommand):
    """One file in, one sentence out; rejects on the error stream, and in a file if asked."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file to read; .gz is unzipped")
        parser.add_argument("--rejects", type=Path, help="write rejected rows and reasons to this CSV file")

    def bring_in(self, path: Path, **options: Any) -> Outcome:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = self.bring_in(options["file"], **options)
        except BadFile as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(account(outcome))
        self._tell_rejects(outcome, options["rejects"])

    def _tell_rejects(self, outcome: Outcome, path: Path | None) -> None:
        for reject in outcome.rejects[:_SHOWN_REJECTS]:
            self.stderr.write(
                _("  ligne %(row)s (%(code)s) : %(reason)s")
                % {"row": reject.row, "code": reject.code or "?", "reason": reject.reason}
            )
        hidden = len(outcome.rejects) - _SHOWN_REJECTS
        if hidden > 0 and path is None:
            self.stderr.write(_("  … et %(count)s autres : ajoutez --rejects FICHIER.") % {"count": hidden})
        if path is not None:
            _write_rejects(outcome, path)


def account(outcome: Outcome) -> str:
    """« 35 lus : 35 ajoutés, 0 changé… » for the person at the terminal."""
    sentence = _(
        "%(read)s lus : %(added)s ajoutés, %(changed)s changés, %(unchanged)s inchangés, %(rejected)s rejetés."
    ) % {**vars(outcome), "rejected": len(outcome.rejects)}
    if outcome.repaired:
        sentence += " " + ngettext("%(count)s forme réparée.", "%(count)s formes réparées.", outcome.repaired) % {
            "count": outcome.repaired
        }
    if outcome.absent:
        sentence += " " + ngettext(
            "%(count)s absent du fichier, gardé.", "%(count)s absents du fichier, gardés.", outcome.absent
        ) % {"count": outcome.absent}
    return sentence


def _write_rejects(outcome: Outcome, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "code", "reason"])
        writer.writerows((reject.row, reject.code, reject.reason) for reject in outcome.rejects)
