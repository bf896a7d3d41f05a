"""What people agreed to, in which words, until when."""

import pytest

from parvis.ledger.models import Entry
from parvis.people import consents
from parvis.people.consents import Purpose
from parvis.people.models import Consent, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def alix():
    return Person.objects.create(name="Alix Exemple")


def test_an_agreement_is_kept_with_its_words_and_ends_when_asked(alix):
    given = consents.give(alix, Purpose.SURVEY, "survey-1")
    assert consents.give(alix, Purpose.SURVEY, "survey-1") == given
    assert consents.has_consent(alix, Purpose.SURVEY)
    assert not consents.has_consent(alix, Purpose.NEWS)
    assert consents.withdraw(alix, Purpose.SURVEY)
    assert not consents.withdraw(alix, Purpose.SURVEY)
    assert not consents.has_consent(alix, Purpose.SURVEY)
    assert [entry.kind for entry in Entry.objects.all()] == ["consent.given", "consent.withdrawn"]
    assert Consent.objects.get().wording == "survey-1"  # the proof stays


def test_new_words_end_the_agreement_to_the_old_ones(alix):
    old = consents.give(alix, Purpose.SURVEY, "survey-1")
    new = consents.give(alix, Purpose.SURVEY, "survey-2")
    old.refresh_from_db()
    assert (old.withdrawn_at is not None, new.withdrawn_at) == (True, None)


def test_a_purpose_that_is_not_in_the_list_is_a_mistake_of_ours(alix):
    with pytest.raises(ValueError, match="selling"):
        consents.give(alix, "selling", "x")
