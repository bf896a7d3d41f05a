"""Who asked: found again by e-mail or phone, remembered the first time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from parvis.ledger import context
from parvis.ledger.record import record
from parvis.people import events
from parvis.people.errors import BadContact
from parvis.people.models import Person
from parvis.people.normalising import Phone, normalise_email, normalise_phone, read_phone
from parvis.shared import clock, text

__all__ = ["ContactDetails", "check", "known_at", "normalise_email", "normalise_phone", "remember"]
NAME_MAX = 120


@dataclass(frozen=True)
class ContactDetails:
    """What a person says of themselves, as typed: each part may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "fr"

    @property
    def is_empty(self) -> bool:
        return not (self.name.strip() or self.email.strip() or self.phone.strip())


@dataclass(frozen=True)
class _Known:
    """The same in the forms that are stored."""

    name: str
    email: str
    phone: Phone
    language: str


def check(details: ContactDetails) -> None:
    """Raises BadContact, with the field and a sentence, if these details can't be kept."""
    _read(details)


def remember(details: ContactDetails) -> Person:
    """Find the person by e-mail, else by phone; write down whoever is new. Two at once make one person.

    An empty column is filled. A name never replaces another: people who share an address or a line (a couple, a
    household) are two persons. A form that gives a known phone and a new e-mail makes a new person too, because
    whoever types a neighbour's number must not receive that neighbour's mail; a member of staff, who has the person
    on the line, may complete it. Raises BadContact.
    """
    known = _read(details)
    with transaction.atomic():
        _hold(known)
        person = _find(known)
        return _meet_again(person, known) if person else _meet(known)


def known_at(*, email: str = "", phone: str = "") -> list[Person]:
    """Every person reached by this e-mail or this phone, however written. Raises BadContact."""
    email, phone = normalise_email(email), normalise_phone(phone)
    by_email = list(Person.objects.filter(email=email).order_by("pk")) if email else []
    by_phone = Person.objects.filter(phone=phone).order_by("pk") if phone else []
    return by_email + [person for person in by_phone if person not in by_email]


def _read(details: ContactDetails) -> _Known:
    name = " ".join(text.clean(details.name).split())
    if len(name) > NAME_MAX:
        raise BadContact("name", _("Ce nom dépasse 120 caractères. Raccourcissez-le."))
    if details.is_empty:
        raise BadContact("email", _("Laissez un nom, un courriel ou un téléphone."))
    language = "en" if details.language.startswith("en") else "fr"
    return _Known(name, normalise_email(details.email), read_phone(details.phone), language)


def _hold(known: _Known) -> None:
    """Make whoever gives the same e-mail or phone wait for the end of this transaction.

    SQLite has one writer at a time already (BEGIN IMMEDIATE). Sorted: two that share both never wait on each other.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for key in sorted({known.email, known.phone.number} - {""}):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"people_person {key}"])


def _find(known: _Known) -> Person | None:
    locked = Person.objects.select_for_update().order_by("pk")
    if known.email:
        found = _best(locked.filter(email=known.email), known)
        if found:
            return found
    if not known.phone.number:
        return None
    sharers = locked.filter(phone=known.phone.number)
    if known.email:  # nobody has this e-mail: may it be written beside the phone of somebody known?
        sharers = sharers.filter(email="") if _is_staff_acting() else sharers.none()
    return _best(sharers, known)


def _is_staff_acting() -> bool:
    return context.current().actor.startswith("agent:")


def _best(candidates: Iterable[Person], known: _Known) -> Person | None:
    """The one whose name is the same, else one whose name doesn't contradict; None when all are somebody else."""
    fitting = [person for person in candidates if _may_be(person, known)]
    return min(fitting, key=lambda person: text.words(person.name) != text.words(known.name), default=None)


def _may_be(person: Person, known: _Known) -> bool:
    """A missing name contradicts nothing, nor does a shorter one: 'Alix' may be 'Alix Exemple'."""
    theirs, given = set(text.words(person.name)), set(text.words(known.name))
    if not (theirs <= given or given <= theirs):
        return False
    return not (person.phone_extension and known.phone.extension) or person.phone_extension == known.phone.extension


def _meet(known: _Known) -> Person:
    now = clock.now()
    person = Person.objects.create(
        name=known.name, email=known.email, phone=known.phone.number, phone_extension=known.phone.extension,
        language=known.language, created_at=now, last_contact_at=now,
    )  # fmt: skip
    record(events.PersonRemembered(bool(known.email), bool(known.phone.number), known.language), subject=person)
    return person


def _meet_again(person: Person, known: _Known) -> Person:
    filled = []
    for column, value in (("name", known.name), ("email", known.email), ("phone", known.phone.number)):
        if value and not getattr(person, column):
            setattr(person, column, value)
            filled.append(column)
    if known.phone.number == person.phone:
        person.phone_extension = person.phone_extension or known.phone.extension
    person.language, person.last_contact_at = known.language, clock.now()
    person.save()
    if filled:
        record(events.PersonCompleted(tuple(filled)), subject=person)
    return person
