"""PeopleError
├── BadContact           an e-mail, a phone or a name that can't be kept; `field` says which
├── AccountError         an account that can't be made or changed so
│   ├── BadUsername      not a sign-in name
│   ├── UsernameTaken    somebody has this name already
│   ├── WeakPassword     too short, too common, too near the person's own name
│   ├── UnknownChoice    a role, a team or a department that doesn't exist
│   └── LastAdministrator nobody would be left to manage the accounts
└── SignInRefused        the name and the password don't go together, or the account is closed: told alike on purpose
    └── SignInLocked     too many wrong passwords: wait

Each carries a stable `code`, a translated `sentence` that ends with what to do next, and data.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class PeopleError(Exception):
    code = "people"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadContact(PeopleError):
    code = "bad_contact"

    def __init__(self, field: str, sentence: str) -> None:
        """`field`: name, email or phone."""
        super().__init__(sentence)
        self.field = field


class AccountError(PeopleError):
    code = "account"

    def __init__(self, field: str, sentence: str) -> None:
        """`field`: the one of the form to correct, "" when none is."""
        super().__init__(sentence)
        self.field = field


class BadUsername(AccountError):
    code = "bad_username"

    def __init__(self) -> None:
        super().__init__(
            "username", _("Choisissez de 3 à 60 lettres sans accent, chiffres, points ou traits d’union, sans espace.")
        )


class UsernameTaken(AccountError):
    code = "username_taken"

    def __init__(self) -> None:
        super().__init__("username", _("Ce nom de connexion est déjà pris. Choisissez-en un autre."))


class WeakPassword(AccountError):
    code = "weak_password"

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("password", " ".join(reasons))
        self.reasons = reasons


class UnknownChoice(AccountError):
    code = "unknown_choice"

    def __init__(self, field: str) -> None:
        super().__init__(field, _("Ce choix n’existe pas. Choisissez dans la liste."))


class LastAdministrator(AccountError):
    code = "last_administrator"

    def __init__(self) -> None:
        super().__init__(
            "role", _("C’est le dernier compte d’administration ouvert. Donnez d’abord ce rôle à quelqu’un d’autre.")
        )


class SignInRefused(PeopleError):
    code = "sign_in_refused"

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or _("Ce nom et ce mot de passe ne vont pas ensemble. Réessayez, ou demandez un lien à l’administration.")
        )


class SignInLocked(SignInRefused):
    code = "sign_in_locked"

    def __init__(self, minutes: int) -> None:
        """`minutes`: how long to wait, rounded up."""
        super().__init__(
            ngettext(
                "Trop d’essais. Attendez %(minutes)d minute, ou demandez un lien à l’administration.",
                "Trop d’essais. Attendez %(minutes)d minutes, ou demandez un lien à l’administration.",
                minutes,
            )
            % {"minutes": minutes}
        )
        self.minutes = minutes
