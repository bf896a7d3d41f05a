"""What the ledger tells of this room."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.ledger.events import Event, event


@event("places.imported", "Répertoire des lieux mis à jour")
@dataclass(frozen=True)
class PlacesImported(Event):
    """A file brought new or changed zones, streets or public places."""

    what: str  # zones:borough, streets, places
    added: int
    changed: int
    rejected: int
