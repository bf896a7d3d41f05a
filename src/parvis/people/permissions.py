"""What each role may do: one table, the only place that says so."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    FIRST_LINE = "first_line", "Agent·e de première ligne"
    SUPERVISOR = "supervisor", "Superviseur·e"
    SECOND_LINE = "second_line", "Deuxième ligne"
    CREW = "crew", "Équipe de terrain"
    PLANNER = "planner", "Planification"
    COUNCIL = "council", "Conseil (lecture)"
    ADMINISTRATOR = "administrator", "Administration"


# Each permission with the sentence that staff read.
PERMISSIONS = {
    "console.open": "Ouvrir la console",
    "case.read": "Lire les dossiers de toute la ville",
    "case.read_own": "Lire les dossiers de ses équipes ou de sa direction",
    "person.read": "Lire le nom et les coordonnées des personnes",
    "case.create": "Enregistrer une demande pour quelqu'un",
    "case.accept": "Prendre en charge et assigner",
    "case.work": "Planifier, commencer, mettre en attente, fermer",
    "case.reopen": "Rouvrir un dossier",
    "case.merge": "Joindre et séparer des dossiers",
    "case.reply": "Répondre aux personnes",
    "case.note": "Écrire une note interne",
    "case.bulk": "Agir sur plusieurs dossiers à la fois",
    "case.clear_emergency": "Lever une alerte d'urgence",
    "numbers.read": "Lire les chiffres",
    "catalogue.edit": "Modifier le catalogue",
    "people.edit": "Gérer les comptes et les équipes",
    "jobs.manage": "Voir et relancer les tâches",
    "ledger.read": "Lire le registre",
}

_READER = {"console.open", "numbers.read"}
_FIRST = {
    "console.open",
    "case.read",
    "person.read",
    "case.create",
    "case.accept",
    "case.work",
    "case.reopen",
    "case.merge",
    "case.reply",
    "case.note",
}

GRANTS: dict[str, frozenset[str]] = {
    Role.FIRST_LINE: frozenset(_FIRST),
    Role.SUPERVISOR: frozenset(
        _FIRST | {"case.bulk", "case.clear_emergency", "numbers.read", "ledger.read", "jobs.manage"}
    ),
    Role.SECOND_LINE: frozenset(
        {
            "console.open",
            "case.read_own",
            "person.read",
            "case.accept",
            "case.work",
            "case.reopen",
            "case.merge",
            "case.reply",
            "case.note",
            "case.bulk",
        }
    ),
    Role.CREW: frozenset({"console.open", "case.read_own", "case.work", "case.note"}),
    Role.PLANNER: frozenset(_READER | {"case.read"}),
    Role.COUNCIL: frozenset(_READER),
    Role.ADMINISTRATOR: frozenset(PERMISSIONS),
}


def allows(role: Role, permission: str) -> bool:
    """Raises KeyError for a permission that isn't in the table: a typing mistake must not deny in silence."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return permission in GRANTS[role]
