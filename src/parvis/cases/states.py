"""States, outcomes and reasons to wait, each with the sentence that people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a case stands. The label is the public word (Reçue, Prise en charge…)."""

    RECEIVED = "received", _("Reçue")  # nobody has taken it
    ACCEPTED = "accepted", _("Prise en charge")  # a team owns it, the clock runs
    PLANNED = "planned", _("Planifiée")  # has a date
    IN_PROGRESS = "in_progress", _("En cours")  # somebody is at it
    WAITING = "waiting", _("En attente")  # on the resident, a third party or the weather
    CLOSED = "closed", _("Terminée")  # always with an outcome and a public sentence


OPEN_STATES = (State.RECEIVED, State.ACCEPTED, State.PLANNED, State.IN_PROGRESS, State.WAITING)


class Outcome(models.TextChoices):
    """Why a case ended: never just "closed"."""

    ANSWERED = "answered", _("Réponse donnée")
    REPAIRED = "repaired", _("Réparé")
    TEMPORARY_REPAIR = "temporary_repair", _("Réparation temporaire")
    COLLECTED = "collected", _("Ramassé")
    NOTHING_FOUND = "nothing_found", _("Rien trouvé sur place")
    NOT_OURS = "not_ours", _("Ne relève pas de la Ville")  # names who
    REFUSED = "refused", _("Refusée")  # names why
    WITHDRAWN = "withdrawn", _("Retirée à la demande de la personne")
    NO_REPLY = "no_reply", _("Sans réponse de la personne")


class WaitingReason(models.TextChoices):
    """What a case waits on. Only some pause the clock (PAUSES_CLOCK)."""

    RESIDENT = "resident", _("En attente d’une réponse de la personne")
    THIRD_PARTY = "third_party", _("En attente d’un tiers")
    WEATHER = "weather", _("En attente de la météo")
    PARTS = "parts", _("En attente de matériel")


PAUSES_CLOCK = frozenset({WaitingReason.RESIDENT, WaitingReason.THIRD_PARTY})
