"""What the geocoder answers with."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.places.models import Precision


@dataclass(frozen=True)
class Neighbour:
    """The town to call when a place lies outside the city."""

    name: str
    phone: str = ""
    website: str = ""


@dataclass(frozen=True)
class Location:
    """Where something is, found but not yet kept (see keeping.keep)."""

    label: str  # "1045, rue Saint-Jean": for the person and for staff
    public_label: str  # "Rue Saint-Jean, près de la rue d’Aiguillon": never a civic number
    lon: float | None
    lat: float | None
    precision: Precision
    street_id: int | None = None
    segment_id: int | None = None
    borough_id: int | None = None
    neighbourhood_id: int | None = None
    neighbour: Neighbour | None = None  # set: outside the city, and this is who to call
    beyond_limits: bool = False  # the city's limits are known and this is outside of them
    public_lon: float | None = None  # what may be published: the middle of the segment, or the public place
    public_lat: float | None = None

    @property
    def is_outside(self) -> bool:
        """Outside the city, whether or not we know the neighbour to call."""
        return self.beyond_limits or self.neighbour is not None


@dataclass(frozen=True)
class Suggestion:
    """One line under the address box. `query` is what to give to find() when the person takes it."""

    label: str
    kind: str  # address, street, crossing, place, point
    query: str
    lon: float | None = None
    lat: float | None = None
