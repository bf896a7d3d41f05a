"""NoticeError
├── UnknownKind       there is no letter of that name
└── NotDelivered      a letter didn't leave
    ├── Refused       for good: the mail server won't have it (5xx). Trying again is useless until a person mends it
    └── Unreachable   for now: the server is away, busy, or our own settings are wrong (4xx, network, sign-in)

Each carries a stable `code` and a translated `sentence` that ends with what to do next, and names no person.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_ADDRESS = re.compile(r"<?[^\s<>]*@[^\s<>]*>?")


class NoticeError(Exception):
    code = "notice"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UnknownKind(NoticeError):
    code = "unknown_kind"

    def __init__(self, kind: str) -> None:
        super().__init__(_("Il n’y a pas de lettre « %(kind)s ». Choisissez dans la liste.") % {"kind": kind[:40]})


class NotDelivered(NoticeError):
    code = "not_delivered"


class Refused(NotDelivered):
    code = "refused"

    def __init__(self, answer: str) -> None:
        """`answer`: what the server said; addresses are cut out of it."""
        super().__init__(
            _("Le serveur de courriel refuse : %(answer)s. Vérifiez l’adresse avec la personne, puis relancez.")
            % {"answer": without_addresses(answer)}
        )


class Unreachable(NotDelivered):
    code = "unreachable"

    def __init__(self, answer: str) -> None:
        super().__init__(
            _("Le courriel n’est pas parti : %(answer)s. Vérifiez le serveur de courriel, puis relancez.")
            % {"answer": without_addresses(answer)}
        )


def without_addresses(answer: str) -> str:
    """What a server said, on one line, short, with every address replaced by ‹…›."""
    return " ".join(_ADDRESS.sub("…", answer).split())[:90].rstrip(" .")
