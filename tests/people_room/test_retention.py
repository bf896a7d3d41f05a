"""Where personal data live, and how a person disappears."""

import re

import pytest
from django.apps import apps
from django.db import models
from tests.people import make_report

from parvis.ledger import chain
from parvis.ledger.models import Entry
from parvis.people import consents, retention
from parvis.people.models import Person
from parvis.people.persons import ContactDetails, remember
from parvis.shared.jobs import run_until_empty

LOOKS_PERSONAL = re.compile(
    r"name|email|mail|phone|address|label|description|body|text|note|answer|recipient|subject|sentence|username"
    r"|title|comment|reason|error|data|args|fields|party|typed|^ip|lon$|lat$"
)
KINDS = (
    models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField, models.BinaryField,
    models.FloatField, models.FileField,
)  # fmt: skip

# Columns whose name suggests a person and that hold none, each with the reason that a person accepted.
REVIEWED = {
    "auth.Permission.name": "Django's own permission names, unused: roles are in people/permissions.py",
    "auth.Permission.codename": "the same",
    "auth.Group.name": "Django's own groups, unused",
    "contenttypes.ContentType.model": "a model's name",
    "contenttypes.ContentType.app_label": "a room's name",
    "sessions.Session.session_data": "a form being filled, or a sign-in: signed, gone in twelve hours",
    "ledger.Entry.subject": "kind and id of a row: case:42",
    "ledger.Entry.data": "ids, codes and lengths by rule; a test of each room looks for words in it",
    "shared.Job.args": "ids by rule: a reaction takes the id of an entry, a delivery the id of a notice",
    "shared.Job.kwargs": "the same",
    "shared.Job.error": "tracebacks; the delivery of notices cuts addresses out of what mail servers say",
    "people.Department.name_fr": "a direction of the city",
    "people.Department.name_en": "the same",
    "people.Team.name_fr": "a team of the city",
    "people.Team.name_en": "the same",
    "people.Agent.username": "chosen by the city for the office; the account keeps it so that no other takes it over",
    "places.Zone.name": "a borough, a neighbourhood",
    "places.Zone.phone": "the switchboard of a neighbouring city",
    "places.Street.name": "a street of the public gazetteer",
    "places.PublicPlace.name": "a park, a library",
    "places.PublicPlace.street_name": "where the park is",
    "places.PublicPlace.lon": "the same",
    "places.PublicPlace.lat": "the same",
    "places.Segment.mid_lon": "the middle of a public street",
    "places.Segment.mid_lat": "the same",
    "places.Place.public_label": "street and crossing, never a civic number: what strangers may read",
    "places.Place.lon": "kept for planning once the label is gone; see the eraser of cases",
    "places.Place.lat": "the same",
    "cases.Case.public_lon": "where strangers may see it",
    "cases.Case.public_lat": "the same",
    "cases.Case.waiting_reason": "a code",
    "cases.Case.outcome_party": "an organisation that a case belongs to",
    "notices.Notice.error": "what the mail server said, with addresses cut out (test_smtp.py)",
}


def every_column():
    for model in apps.get_models():
        for field in model._meta.local_fields:
            yield f"{model._meta.label}.{field.name}", field


def suspicious(field):
    if getattr(field, "personal", False) or field.is_relation or field.choices:
        return False
    return isinstance(field, KINDS) and LOOKS_PERSONAL.search(field.name) is not None


def catalogue_text(label):
    """The catalogue is the city's own text about services, asked of nobody."""
    return label.startswith("catalogue.")


def test_every_column_that_looks_personal_is_marked_or_reviewed():
    unmarked = [label for label, field in every_column() if suspicious(field) and not catalogue_text(label)]
    assert sorted(set(unmarked) - set(REVIEWED)) == []


def test_the_reviewed_list_holds_nothing_stale():
    known = {label for label, field in every_column()}
    assert sorted(set(REVIEWED) - known) == []


def test_the_test_would_see_a_column_added_tomorrow():
    class Neighbour(models.Model):
        home_address = models.CharField(max_length=10)
        contact_ip = models.GenericIPAddressField()
        size = models.CharField(max_length=10)

        class Meta:
            app_label = "people"
            managed = False

    seen = [field.name for field in Neighbour._meta.local_fields if suspicious(field)]
    del apps.all_models["people"]["neighbour"]
    apps.clear_cache()
    assert seen == ["home_address"]


def test_the_marks_are_the_registry():
    columns = {str(column) for column in retention.PERSONAL_COLUMNS}
    assert {
        "people.Person.name", "people.Person.email", "people.Person.phone", "people.Agent.name", "places.Place.label",
        "cases.Report.description", "cases.Report.answers", "cases.Message.body", "notices.Notice.recipient",
    } <= columns  # fmt: skip


@pytest.mark.django_db
def test_an_erased_person_is_an_empty_row_with_a_date():
    alix = remember(ContactDetails("Alix Exemple", "alix@courrier.example", "418-555-0123 poste 4"))
    consents.give(alix, consents.Purpose.NEWS, "news-1")
    erased = retention.erase(alix)
    assert (erased.name, erased.email, erased.phone, erased.phone_extension) == ("", "", "", "")
    assert erased.erased_at is not None
    assert erased.public_id == alix.public_id
    assert not consents.has_consent(erased, consents.Purpose.NEWS)
    assert Entry.objects.filter(kind="person.erased").values_list("data", flat=True)[0] == {"rows": 1}
    assert list(chain.breaks()) == []


@pytest.mark.django_db
def test_erasing_twice_changes_nothing():
    alix = remember(ContactDetails("Alix Exemple", "alix@courrier.example"))
    first = retention.erase(alix)
    assert retention.erase(alix).erased_at == first.erased_at
    assert Entry.objects.filter(kind="person.erased").count() == 1


@pytest.mark.django_db
def test_somebody_erased_comes_back_as_somebody_new():
    details = ContactDetails("Alix Exemple", "alix@courrier.example")
    gone = retention.erase(remember(details))
    assert remember(details) != gone


@pytest.mark.django_db
def test_a_room_above_erases_what_the_marks_cannot_find(monkeypatch):
    asked = []

    def eraser(person):
        asked.append((person.pk, Person.objects.get(pk=person.pk).email))
        return 3

    monkeypatch.setattr(retention, "ERASERS", [eraser])
    alix = retention.erase(remember(ContactDetails(email="alix@courrier.example")))
    assert asked == [(alix.pk, "")]  # after the marked columns, so that an index is made anew without them
    assert Entry.objects.get(kind="person.erased").data == {"rows": 4}


@pytest.mark.django_db
def test_nothing_of_a_person_is_left_in_any_marked_column_that_points_to_them():
    """The words ‹corneille› and ‹alix› are said in every room, and gone from each row about the person."""
    report = make_report(
        contact=ContactDetails("Alix Corneille", "alix@corneille.example"), description="Alix a vu une corneille"
    )
    run_until_empty()
    report.answers = {"quoi": "une corneille"}
    report.save()
    assert left_of("corneille", "alix") == {
        "people.Person.name", "people.Person.email", "cases.Report.description", "cases.Report.answers",
        "notices.Notice.recipient",
    }  # fmt: skip
    retention.erase(report.person)
    assert left_of("corneille", "alix") == set()
    report.refresh_from_db()
    assert (report.description, report.answers, report.number != "") == ("", {}, True)


def left_of(*words):
    """Labels of the marked columns, in any room, in which one of the words stands."""
    return {
        str(column)
        for column in retention.PERSONAL_COLUMNS
        for value in column.model.objects.values_list(column.name, flat=True)
        if any(word in str(value).lower() for word in words)
    }
