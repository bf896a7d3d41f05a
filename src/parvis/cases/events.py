"""What the cases room writes in the ledger. Ids, codes and lengths only: never a word that a person wrote."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.ledger.events import Event, event


@event("report.submitted", "Demande reçue")
@dataclass(frozen=True)
class ReportSubmitted(Event):
    """A person's ask came in. Subject: the report."""

    case_id: int
    service: str
    language: str
    has_person: bool
    description_length: int
    photos: int


@event("report.joined", "Demande jointe à un dossier existant")
@dataclass(frozen=True)
class ReportJoined(Event):
    """A person's ask joined a case that others had opened. Subject: the report."""

    case_id: int
    reports_count: int


@event("report.moved", "Demande déplacée vers un autre dossier")
@dataclass(frozen=True)
class ReportMoved(Event):
    """A merge, its undoing or a separation took a report to another case. Subject: the report."""

    from_case_id: int
    to_case_id: int


@event("report.imported", "Demande reprise d’un autre système")
@dataclass(frozen=True)
class ReportImported(Event):
    """History from another system. Subject: the report."""

    case_id: int
    source: str
    external_id: str


@event("case.opened", "Dossier ouvert")
@dataclass(frozen=True)
class CaseOpened(Event):
    """Subject: the case, as all that follow."""

    service: str
    team: str
    due_at: str  # ISO 8601, or ""


@event("case.imported", "Dossier repris d’un autre système")
@dataclass(frozen=True)
class CaseImported(Event):
    source: str
    external_id: str
    state: str
    outcome: str


@event("case.assigned", "Dossier confié")
@dataclass(frozen=True)
class CaseAssigned(Event):
    team: str
    assignee_id: int | None


@event("case.accepted", "Prise en charge")
@dataclass(frozen=True)
class CaseAccepted(Event):
    team: str
    from_state: str


@event("case.returned", "Retour à l’aiguillage")
@dataclass(frozen=True)
class CaseReturned(Event):
    from_state: str


@event("case.planned", "Intervention planifiée")
@dataclass(frozen=True)
class CasePlanned(Event):
    planned_for: str  # ISO date
    from_state: str


@event("case.started", "Intervention commencée")
@dataclass(frozen=True)
class CaseStarted(Event):
    from_state: str


@event("case.waiting", "Mise en attente")
@dataclass(frozen=True)
class CaseWaiting(Event):
    reason: str
    pauses_clock: bool
    from_state: str


@event("case.closed", "Dossier terminé")
@dataclass(frozen=True)
class CaseClosed(Event):
    outcome: str
    sentence_length: int
    photos: int
    from_state: str


@event("case.reopened", "Dossier rouvert")
@dataclass(frozen=True)
class CaseReopened(Event):
    by_resident: bool
    previous_outcome: str


@event("case.due_changed", "Échéance modifiée")
@dataclass(frozen=True)
class CaseDueChanged(Event):
    due_at: str  # ISO 8601, or ""
    previous_due_at: str
    why: str  # "pause", "service", "team", "calendar"


@event("case.service_changed", "Service corrigé")
@dataclass(frozen=True)
class CaseServiceChanged(Event):
    service: str
    previous_service: str


@event("case.place_changed", "Lieu corrigé")
@dataclass(frozen=True)
class CasePlaceChanged(Event):
    place_id: int
    previous_place_id: int | None


@event("case.merged", "Dossier joint à un autre")
@dataclass(frozen=True)
class CaseMerged(Event):
    into_case_id: int
    merge_id: int
    reports: int


@event("case.gathered", "Demandes d’un autre dossier reçues")
@dataclass(frozen=True)
class CaseGathered(Event):
    from_case_id: int
    merge_id: int
    reports_count: int


@event("case.unmerged", "Jonction annulée")
@dataclass(frozen=True)
class CaseUnmerged(Event):
    other_case_id: int
    merge_id: int
    reports_count: int


@event("case.separated", "Demande séparée du dossier")
@dataclass(frozen=True)
class CaseSeparated(Event):
    report_id: int
    to_case_id: int


@event("case.replied", "Réponse publique")
@dataclass(frozen=True)
class CaseReplied(Event):
    message_id: int
    length: int


@event("case.noted", "Note interne")
@dataclass(frozen=True)
class CaseNoted(Event):
    message_id: int
    length: int


@event("case.photo_added", "Photo ajoutée")
@dataclass(frozen=True)
class CasePhotoAdded(Event):
    photo_id: str
    moment: str


@event("case.photo_published", "Photo rendue publique")
@dataclass(frozen=True)
class CasePhotoPublished(Event):
    photo_id: str


@event("case.emergency_raised", "Alerte d’urgence")
@dataclass(frozen=True)
class EmergencyRaised(Event):
    why: str  # "screen_question", "service"


@event("case.emergency_cleared", "Alerte d’urgence levée")
@dataclass(frozen=True)
class EmergencyCleared(Event):
    pass
