"""What people agreed to, one purpose at a time, kept as proof (Act respecting Access, RLRQ c. A-2.1, s. 53.1)."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from parvis.ledger.record import record
from parvis.people import events
from parvis.people.models import Consent, Person
from parvis.shared import clock


class Purpose(models.TextChoices):
    """Why the city would use somebody's details beyond their own ask."""

    SURVEY = "survey", _("Répondre à un sondage de satisfaction")
    NEWS = "news", _("Recevoir les nouvelles de la Ville")
    PHOTO = "photo", _("Publier la photo")


def give(person: Person, purpose: str, wording: str) -> Consent:
    """Write down an agreement. `wording` is the version of the sentence that was shown, e.g. "survey-1".

    Agreeing again in the same words changes nothing; in other words, the earlier agreement ends there.
    Raises ValueError for a purpose that isn't in the list.
    """
    purpose = Purpose(purpose).value
    with transaction.atomic():
        _locked(person)
        standing = _standing(person, purpose).first()
        if standing is not None and standing.wording == wording:
            return standing
        _standing(person, purpose).update(withdrawn_at=clock.now())
        given = Consent.objects.create(person=person, purpose=purpose, wording=wording, given_at=clock.now())
        record(events.ConsentGiven(purpose, wording), subject=person)
        return given


def withdraw(person: Person, purpose: str) -> bool:
    """End an agreement, as easily as it was given. False when there was none."""
    with transaction.atomic():
        _locked(person)
        ended = _standing(person, Purpose(purpose).value).update(withdrawn_at=clock.now())
        if ended:
            record(events.ConsentWithdrawn(purpose), subject=person)
        return bool(ended)


def has_consent(person: Person, purpose: str) -> bool:
    return _standing(person, Purpose(purpose).value).exists()


def _standing(person: Person, purpose: str) -> models.QuerySet[Consent]:
    return Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
