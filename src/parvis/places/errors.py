"""PlacesError
├── BadPosition   a longitude or latitude that is no point on Earth
└── BadFile       an import that can't be read at all (a bad row is a reject, not an error)
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


class PlacesError(Exception):
    code = "places"

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code)
        self.data = data

    @property
    def sentence(self) -> str:
        """What happened and what to do next, in the reader's language."""
        return _("Ce lieu n’a pas pu être lu. Indiquez une adresse ou un point sur la carte.")

    def __str__(self) -> str:
        return self.sentence


class BadPosition(PlacesError):
    """The position isn't a number, is infinite, or lies outside -180…180 and -90…90 degrees."""

    code = "bad_position"

    @property
    def sentence(self) -> str:
        return _(
            "Cette position n’existe pas. Donnez une longitude de -180 à 180 et une latitude de -90 à 90, "
            "ou choisissez un point sur la carte."
        )


class BadFile(PlacesError):
    """The file can't be read, or isn't of the expected form. `reason` says what was missing."""

    code = "bad_file"

    @property
    def sentence(self) -> str:
        return _("Ce fichier n’a pas pu être lu : %(reason)s Vérifiez son format et recommencez.") % {
            "reason": self.data.get("reason", "")
        }
