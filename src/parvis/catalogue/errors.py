"""CatalogueError
├── BadAnswers   answers to a service's questions: `errors` names each key with a sentence
├── BadEntry     what an administrator typed: `errors` names each field with a sentence
├── Unknown      the service, question, rule, calendar or day isn't there (any more)
├── BadFile      a catalogue file: `faults` tells each line and why; nothing was written
└── NeverOpen    a calendar that doesn't open within three years: no delay can be counted on it

Each carries a stable `code` and a translated `sentence` that ends with what to do next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


class CatalogueError(Exception):
    code = "catalogue"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadAnswers(CatalogueError):
    code = "bad_answers"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(_("Certaines réponses sont à corriger. Voyez les questions indiquées."))
        self.errors = dict(errors)


class BadEntry(CatalogueError):
    code = "bad_entry"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(_("Rien n’a été enregistré. Corrigez les champs indiqués, puis recommencez."))
        self.errors = dict(errors)


class Unknown(CatalogueError):
    code = "unknown"

    def __init__(self) -> None:
        super().__init__(_("Cet élément du catalogue n’existe pas ou n’existe plus. Rechargez la page."))


@dataclass(frozen=True)
class Fault:
    """One reason to refuse a file. Line 1 is the header; 0 concerns the whole file."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("Ligne %(line)d : %(sentence)s") % vars(self) if self.line else self.sentence


class BadFile(CatalogueError):
    code = "bad_file"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("Ce fichier n’a pas été importé : rien n’a changé. Corrigez-le, puis recommencez."))
        self.faults = tuple(faults)


class NeverOpen(CatalogueError):
    code = "never_open"

    def __init__(self) -> None:
        super().__init__(_("Ce calendrier n’ouvre jamais. Donnez-lui des heures d’ouverture."))
