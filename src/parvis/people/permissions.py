"""What each role may do: one table, the only place that says so.

A resident has no account and no role: the secret link of a report, or its number, opens what is theirs to see
(cases/access.py).
"""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The work that somebody does here. One each: whoever does two has the wider one."""

    FIRST_LINE = "first_line", _("Agent·e de première ligne")  # answers calls, the counter and mail
    SUPERVISOR = "supervisor", _("Superviseur·e")  # of the first line: emergencies, many cases at once, the numbers
    SECOND_LINE = "second_line", _("Deuxième ligne")  # a department: its own cases, all the way
    CREW = "crew", _("Équipe de terrain")  # the cases of its teams, without names or telephones
    PLANNER = "planner", _("Planification")  # reads everything but people, changes nothing
    COUNCIL = "council", _("Conseil (lecture)")  # elected officials, neighbourhood councils: numbers only
    ADMINISTRATOR = "administrator", _("Administration")


# Each permission with the sentence that staff read.
PERMISSIONS: dict[str, str | Promise] = {
    "console.open": _("Ouvrir la console"),
    "case.read": _("Lire les dossiers de toute la ville"),
    "case.read_own": _("Lire les dossiers de ses équipes ou de sa direction"),
    "person.read": _("Lire le nom et les coordonnées des personnes"),
    "person.erase": _("Effacer les renseignements d’une personne"),
    "case.create": _("Enregistrer une demande pour quelqu’un"),
    "case.accept": _("Prendre en charge et assigner"),
    "case.work": _("Planifier, commencer, mettre en attente, fermer"),
    "case.reopen": _("Rouvrir un dossier"),
    "case.merge": _("Joindre et séparer des dossiers"),
    "case.reply": _("Répondre aux personnes"),
    "case.note": _("Écrire une note interne"),
    "case.bulk": _("Agir sur plusieurs dossiers à la fois"),
    "case.clear_emergency": _("Lever une alerte d’urgence"),
    "photo.publish": _("Rendre une photo publique"),
    "numbers.read": _("Lire les chiffres"),
    "catalogue.edit": _("Modifier le catalogue"),
    "people.edit": _("Gérer les comptes et les équipes"),
    "jobs.manage": _("Voir et relancer les tâches"),
    "ledger.read": _("Lire le registre"),
}

_TREATS_CASES = {
    "console.open",
    "person.read",
    "case.create",
    "case.accept",
    "case.work",
    "case.reopen",
    "case.merge",
    "case.reply",
    "case.note",
    "photo.publish",
}
_FIRST_LINE = _TREATS_CASES | {"case.read"}
_SUPERVISES = {"case.bulk", "case.clear_emergency", "numbers.read", "ledger.read", "jobs.manage"}
_READS_NUMBERS = {"console.open", "numbers.read"}

GRANTS: dict[str, frozenset[str]] = {
    Role.FIRST_LINE: frozenset(_FIRST_LINE),
    Role.SUPERVISOR: frozenset(_FIRST_LINE | _SUPERVISES),
    Role.SECOND_LINE: frozenset(_TREATS_CASES | {"case.read_own", "case.bulk"}),
    Role.CREW: frozenset({"console.open", "case.read_own", "case.work", "case.note"}),
    Role.PLANNER: frozenset(_READS_NUMBERS | {"case.read"}),
    Role.COUNCIL: frozenset(_READS_NUMBERS),
    Role.ADMINISTRATOR: frozenset(PERMISSIONS),
}


def allows(role: Role, permission: str) -> bool:
    """Raises KeyError for a permission that isn't in the table: a typing mistake must not deny in silence."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return permission in GRANTS[role]
