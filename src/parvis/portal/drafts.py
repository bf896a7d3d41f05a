"""A report being written, kept on the server between the pages of the form: nothing typed is lost.

It lives in the visitor's session for as long as the cookie does (12 hours after the last step). A visitor may write
two or three at once, in as many windows: each page of the form carries the key of its own draft.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from parvis.places.geocoding import Location, Neighbour
from parvis.places.models import Precision
from parvis.shared import clock

KEPT = 3  # drafts at once; the oldest gives way
REMEMBERED = 10  # reports sent from this browser, for a reload of the last page
SHOWN_S = 30 * 60  # how long a reload shows it
Typed = dict[str, Any]  # field name → text, or list of texts


@dataclass
class Draft:
    """What one visitor has typed so far. `key` is also the idempotency key: sent twice, it makes one report."""

    key: str
    service: str  # code
    typed: dict[str, Typed] = field(default_factory=dict)  # step → what was typed, checked or not
    done: list[str] = field(default_factory=list)  # steps that were checked and passed
    place: dict[str, Any] | None = None  # a Location, as plain data
    join_case_id: int | None = None
    photos: list[str] = field(default_factory=list)

    @property
    def location(self) -> Location | None:
        return _location(self.place) if self.place else None

    @location.setter
    def location(self, found: Location | None) -> None:
        self.place = asdict(found) if found else None

    def value(self, step: str, name: str) -> str:
        """One text typed at a step; '' if it wasn't."""
        return str(self.typed.get(step, {}).get(name, ""))

    def complete(self, step: str) -> None:
        if step not in self.done:
            self.done.append(step)

    def undo(self, step: str) -> None:
        if step in self.done:
            self.done.remove(step)


def _location(plain: dict[str, Any]) -> Location:
    neighbour = Neighbour(**plain["neighbour"]) if plain["neighbour"] else None
    return Location(**plain | {"precision": Precision(plain["precision"]), "neighbour": neighbour})


def begin(session: SessionBase, service_code: str) -> Draft:
    """Start a draft, or take up again the one that this visitor has on the same service."""
    for draft in reversed(_all(session)):
        if draft.service == service_code:
            return save(session, draft)
    return save(session, Draft(key=uuid.uuid4().hex, service=service_code))


def current(request: HttpRequest) -> Draft | None:
    """The draft of the page that was sent (its `draft` field), else the last one touched. None once it expired."""
    drafts = _all(request.session)
    key = request.POST.get("draft", "")
    if key:
        return next((draft for draft in drafts if draft.key == key), None)
    return drafts[-1] if drafts else None


def save(session: SessionBase, draft: Draft) -> Draft:
    others = [other for other in _all(session) if other.key != draft.key]
    session["drafts"] = [asdict(kept) for kept in [*others, draft][-KEPT:]]
    return draft


def drop(session: SessionBase, draft: Draft) -> None:
    session["drafts"] = [asdict(other) for other in _all(session) if other.key != draft.key]


def holds_photo(session: SessionBase, photo_id: str) -> bool:
    """Is this picture in one of this visitor's unsent drafts?"""
    return any(photo_id in draft.photos for draft in _all(session))


def _all(session: SessionBase) -> list[Draft]:
    """Drafts that this version can read: one written before an upgrade that changed their form counts as expired."""
    readable = []
    for plain in session.get("drafts", []):
        try:
            draft = Draft(**plain)
            _ = draft.location
        except (TypeError, KeyError, ValueError):
            continue
        readable.append(draft)
    return readable


@dataclass(frozen=True)
class Sent:
    """A report that this browser sent: what its last page needs, again after a reload."""

    key: str
    number: str
    secret: str
    at: float = 0.0  # seconds since 1970

    @property
    def is_fresh(self) -> bool:
        """The next person at a library's computer must not find it."""
        return clock.now().timestamp() - self.at < SHOWN_S


def remember_sent(session: SessionBase, sent: Sent) -> None:
    sent = replace(sent, at=clock.now().timestamp())
    others = [asdict(one) for one in _sent(session) if one.key != sent.key]
    session["sent"] = [*others, asdict(sent)][-REMEMBERED:]


def sent_with(session: SessionBase, key: str) -> Sent | None:
    """The report that a draft became, if this browser sent it lately."""
    return next((one for one in _sent(session) if one.key == key), None)


def last_sent(session: SessionBase) -> Sent | None:
    return next(reversed(_sent(session)), None)


def _sent(session: SessionBase) -> list[Sent]:
    every = [Sent(**one) for one in session.get("sent", [])]
    return [one for one in every if one.is_fresh]
