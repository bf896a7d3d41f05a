"""CaseError
├── BadSubmission      one or more fields of a report are wrong: `errors` names each with a sentence
├── BadPhoto           a picture that can't be kept
├── NotFoundOrNotYours the case or report doesn't exist, or isn't this person's to see: told alike on purpose
├── IllegalMove        the workflow table has no such arrow for this person
├── MissingDetail      the arrow exists and asks for something that wasn't given
├── StaleVersion       somebody else changed the case in between
└── CannotJoin         these two can't be merged, joined or separated

Each carries a stable `code`, a translated `sentence` that ends with what to do next, and data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from parvis.cases.models import Case


class CaseError(Exception):
    code = "case"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadSubmission(CaseError):
    code = "bad_submission"

    def __init__(self, errors: dict[str, str]) -> None:
        """`errors`: field name (service, location, description, answers.<key>, email, phone, contact…) → sentence."""
        super().__init__(_("Votre demande n’est pas encore complète. Corrigez les champs indiqués."))
        self.errors = errors


class BadPhoto(CaseError):
    code = "bad_photo"


class NotFoundOrNotYours(CaseError):
    code = "not_found"

    def __init__(self) -> None:
        super().__init__(_("Ce dossier est introuvable. Vérifiez le numéro, ou appelez le 311."))


class IllegalMove(CaseError):
    code = "illegal_move"

    def __init__(self) -> None:
        super().__init__(_("Ce changement n’est pas permis ici. Rechargez la page pour voir les gestes possibles."))


class MissingDetail(CaseError):
    code = "missing_detail"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class StaleVersion(CaseError):
    code = "stale_version"

    def __init__(self, current: Case) -> None:
        super().__init__(
            _("Quelqu’un d’autre a changé ce dossier entre-temps. Comparez les deux versions avant d’enregistrer.")
        )
        self.current = current


class CannotJoin(CaseError):
    code = "cannot_join"
