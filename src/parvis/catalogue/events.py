"""What the catalogue room writes in the ledger: codes and names of fields, never a text."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.ledger.events import Event, event


@event("category.saved", "Catégorie enregistrée")
@dataclass(frozen=True)
class CategorySaved(Event):
    """A family of services was made or renamed. Subject: the category."""

    code: str
    is_new: bool


@event("service.created", "Service ajouté au catalogue")
@dataclass(frozen=True)
class ServiceCreated(Event):
    """People can ask for something new. Subject: the service."""

    code: str


@event("service.changed", "Service modifié")
@dataclass(frozen=True)
class ServiceChanged(Event):
    """Subject: the service."""

    code: str
    fields: tuple[str, ...]  # names of the columns that changed


@event("service.retired", "Service retiré du catalogue")
@dataclass(frozen=True)
class ServiceRetired(Event):
    """It is no longer offered; its cases go on. Subject: the service."""

    code: str


@event("service.restored", "Service remis au catalogue")
@dataclass(frozen=True)
class ServiceRestored(Event):
    """It is offered again. Subject: the service."""

    code: str


@event("question.saved", "Question enregistrée")
@dataclass(frozen=True)
class QuestionSaved(Event):
    """A service asks something new, or otherwise. Subject: the service."""

    key: str
    is_new: bool


@event("question.removed", "Question retirée")
@dataclass(frozen=True)
class QuestionRemoved(Event):
    """Answers given before stay with their reports. Subject: the service."""

    key: str


@event("question.moved", "Questions réordonnées")
@dataclass(frozen=True)
class QuestionMoved(Event):
    """Subject: the service."""

    keys: tuple[str, ...]  # the new order


@event("rule.saved", "Règle d’aiguillage enregistrée")
@dataclass(frozen=True)
class RuleSaved(Event):
    """Subject: the rule."""

    is_new: bool
    position: int
    service: str  # codes; '' means any
    category: str
    zone: str
    team: str


@event("rule.removed", "Règle d’aiguillage retirée")
@dataclass(frozen=True)
class RuleRemoved(Event):
    """Subject: the rule, which is no more."""

    team: str


@event("calendar.saved", "Calendrier enregistré")
@dataclass(frozen=True)
class CalendarSaved(Event):
    """Subject: the calendar."""

    code: str
    is_new: bool
    fields: tuple[str, ...]


@event("calendar.day_saved", "Jour particulier enregistré")
@dataclass(frozen=True)
class ExceptionalDaySaved(Event):
    """The city opens or closes on a day unlike the others. Subject: the calendar."""

    day: str  # ISO date
    is_open: bool


@event("calendar.day_removed", "Jour particulier retiré")
@dataclass(frozen=True)
class ExceptionalDayRemoved(Event):
    """The day follows the rule again. Subject: the calendar."""

    day: str
