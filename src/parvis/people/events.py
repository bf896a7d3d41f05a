"""What the people room writes in the ledger. Ids, codes and counts only: never a name, an address or a number."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.ledger.events import Event, event


@event("person.remembered", "Personne inscrite")
@dataclass(frozen=True)
class PersonRemembered(Event):
    """Somebody gave a way to be reached for the first time. Subject: the person."""

    has_email: bool
    has_phone: bool
    language: str


@event("person.completed", "Coordonnées complétées")
@dataclass(frozen=True)
class PersonCompleted(Event):
    """Somebody known gave what was missing. Subject: the person."""

    fields: tuple[str, ...]  # names of columns that were empty


@event("person.erased", "Renseignements personnels effacés")
@dataclass(frozen=True)
class PersonErased(Event):
    """Subject: the person, of whom only the id is left."""

    rows: int  # rows of any table that were emptied, the person's own included


@event("consent.given", "Consentement donné")
@dataclass(frozen=True)
class ConsentGiven(Event):
    """Subject: the person."""

    purpose: str
    wording: str


@event("consent.withdrawn", "Consentement retiré")
@dataclass(frozen=True)
class ConsentWithdrawn(Event):
    """Subject: the person."""

    purpose: str


@event("agent.created", "Compte créé")
@dataclass(frozen=True)
class AgentCreated(Event):
    """Subject: the agent, as all that follow."""

    role: str
    department: str
    teams: tuple[str, ...]


@event("agent.details_changed", "Compte modifié")
@dataclass(frozen=True)
class AgentDetailsChanged(Event):
    fields: tuple[str, ...]


@event("agent.role_changed", "Rôle changé")
@dataclass(frozen=True)
class AgentRoleChanged(Event):
    role: str
    previous_role: str


@event("agent.teams_changed", "Équipes changées")
@dataclass(frozen=True)
class AgentTeamsChanged(Event):
    teams: tuple[str, ...]
    previous_teams: tuple[str, ...]


@event("agent.password_changed", "Mot de passe changé")
@dataclass(frozen=True)
class AgentPasswordChanged(Event):
    pass


@event("agent.link_made", "Lien de connexion créé")
@dataclass(frozen=True)
class AgentLinkMade(Event):
    minutes: int


@event("agent.signed_in", "Connexion")
@dataclass(frozen=True)
class AgentSignedIn(Event):
    way: str  # "password", "link"


@event("agent.closed", "Compte fermé")
@dataclass(frozen=True)
class AgentClosed(Event):
    pass


@event("agent.reopened", "Compte rouvert")
@dataclass(frozen=True)
class AgentReopened(Event):
    pass


@event("department.saved", "Direction enregistrée")
@dataclass(frozen=True)
class DepartmentSaved(Event):
    """Subject: the department."""

    code: str
    is_new: bool


@event("team.saved", "Équipe enregistrée")
@dataclass(frozen=True)
class TeamSaved(Event):
    """Subject: the team."""

    code: str
    is_new: bool
    is_active: bool
    zones: int
