"""Who asked: found again, never overwritten, never mixed up with whoever shares their telephone."""

import pytest

from parvis.ledger import context
from parvis.ledger.models import Entry
from parvis.people import persons
from parvis.people.errors import BadContact
from parvis.people.models import Person
from parvis.people.persons import ContactDetails, remember

pytestmark = pytest.mark.django_db

ALIX = ContactDetails(name="Alix Exemple", email="alix@courrier.example", phone="418-555-0123")


def told(person):
    return [
        (entry.kind, entry.data) for entry in Entry.objects.filter(subject=f"person:{person.pk}").order_by("version")
    ]


def test_somebody_new_is_remembered_in_one_form():
    person = remember(ContactDetails("  Alix   Exemple ", "ALIX@courrier.example", "(418) 555-0123 poste 7", "en"))
    assert (person.name, person.email, person.phone, person.phone_extension, person.language) == (
        "Alix Exemple", "alix@courrier.example", "+14185550123", "7", "en",
    )  # fmt: skip
    assert told(person) == [("person.remembered", {"has_email": True, "has_phone": True, "language": "en"})]


@pytest.mark.parametrize(
    "again",
    [
        ALIX,
        ContactDetails(email="Alix@Courrier.example"),
        ContactDetails(phone="1 418 555-0123"),
        ContactDetails(name="alix exemple", phone="4185550123"),
        ContactDetails(name="Alix", email="alix@courrier.example"),
    ],
)
def test_the_same_person_is_found_again(again):
    first = remember(ALIX)
    assert remember(again) == first
    assert Person.objects.count() == 1


def test_what_was_missing_is_filled_and_nothing_replaced():
    person = remember(ContactDetails(email="alix@courrier.example"))
    assert remember(ALIX) == person
    person.refresh_from_db()
    assert (person.name, person.phone) == ("Alix Exemple", "+14185550123")
    assert told(person)[1:] == [("person.completed", {"fields": ["name", "phone"]})]

    remember(ContactDetails(email="alix@courrier.example", phone="418-555-0199"))
    person.refresh_from_db()
    assert person.phone == "+14185550123"


def test_two_people_of_one_household_stay_two():
    alix = remember(ALIX)
    camille = remember(ContactDetails(name="Camille Exemple", phone="418-555-0123"))
    dominique = remember(ContactDetails(name="Dominique Modèle", email="alix@courrier.example"))
    assert len({alix, camille, dominique}) == 3
    alix.refresh_from_db()
    assert alix.name == "Alix Exemple"
    assert persons.known_at(email="ALIX@courrier.example", phone="418 555 0123") == [alix, dominique, camille]


def test_two_extensions_of_one_number_are_two_people():
    seven = remember(ContactDetails(phone="418-555-0123 poste 7"))
    eight = remember(ContactDetails(phone="418-555-0123 poste 8"))
    assert seven != eight
    assert remember(ContactDetails(phone="418-555-0123 poste 8")) == eight


def test_typing_a_neighbours_number_does_not_bring_their_mail():
    neighbour = remember(ContactDetails(phone="418-555-0123"))
    nosy = remember(ContactDetails(email="curieux@courrier.example", phone="418-555-0123"))
    assert nosy != neighbour
    neighbour.refresh_from_db()
    assert neighbour.email == ""


def test_staff_who_hear_the_person_may_add_the_email():
    caller = remember(ContactDetails(name="Alix Exemple", phone="418-555-0123"))
    with context.acting(actor="agent:7", channel="console"):
        assert remember(ALIX) == caller
    caller.refresh_from_db()
    assert caller.email == "alix@courrier.example"


def test_a_name_alone_is_a_new_person_each_time():
    assert remember(ContactDetails(name="Alix")) != remember(ContactDetails(name="Alix"))


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (ContactDetails(), "email"),
        (ContactDetails(email="alix@"), "email"),
        (ContactDetails(phone="12"), "phone"),
        (ContactDetails(name="A" * 121), "name"),
    ],
)
def test_what_cannot_be_kept_is_refused_before_anything_is_written(details, field):
    with pytest.raises(BadContact) as refusal:
        remember(details)
    assert refusal.value.field == field
    assert Person.objects.count() == 0
    with pytest.raises(BadContact):
        persons.check(details)


def test_the_ledger_holds_nothing_personal():
    remember(ContactDetails(email="alix@courrier.example"))
    remember(ALIX)
    written = " ".join(f"{entry.data} {entry.actor}" for entry in Entry.objects.all())
    assert not any(word in written.lower() for word in ("alix", "courrier", "555"))
