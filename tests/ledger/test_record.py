"""One line per change, in the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

import pytest
from django.db import IntegrityError, connection, transaction

from parvis.ledger import chain, context
from parvis.ledger.errors import AppendOnlyError, NotPlainData, OutsideTransaction
from parvis.ledger.events import REGISTRY, Event, event
from parvis.ledger.models import Entry
from parvis.ledger.record import record
from parvis.people.models import Person
from parvis.shared import clock

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 16, 0, 0, 123456, tzinfo=UTC)


class Season(Enum):
    WINTER = "winter"


if "tests.lamp" not in REGISTRY:  # pytest may import this file twice

    @event("tests.lamp", "Lampadaire touché")
    @dataclass(frozen=True)
    class LampTouched(Event):
        what: object = None


def tell(what: object = None, *, subject: Person, at: datetime | None = None) -> Entry:
    with transaction.atomic():
        return record(REGISTRY["tests.lamp"](what), subject=subject, at=at)


@pytest.fixture
def somebody() -> Person:
    return Person.objects.create()


def test_each_line_follows_the_one_before_it(somebody):
    first, second = tell("on", subject=somebody), tell("off", subject=somebody)

    assert [(e.version, e.previous_hash) for e in (first, second)] == [(1, ""), (2, first.hash)]
    assert list(chain.breaks()) == []


def test_a_line_says_who_did_it_through_which_door_in_which_click(somebody):
    with context.acting(actor="agent:5", channel="console"), context.acting(correlation="click-1"):
        entry = tell(subject=somebody)

    assert (entry.actor, entry.channel, entry.correlation) == ("agent:5", "console", "click-1")
    assert context.current().actor == "system"


def test_what_is_recorded_comes_back_equal_from_the_database(somebody):
    told = {
        "day": date(2026, 3, 10), "moment": NOON, "price": Decimal("12.50"), "season": Season.WINTER,
        "zones": (3, 1), "share": 0.1, "tiny": 1e-9, "whole": 5.0, "big": 2**70, "text": "é😀\u2028", "none": None,
    }  # fmt: skip
    written = tell(told, subject=somebody, at=NOON)

    read = Entry.objects.get(pk=written.pk)
    assert read.data == written.data == {
        "what": {
            "day": "2026-03-10", "moment": "2026-03-10T16:00:00.123456Z", "price": "12.50", "season": "winter",
            "zones": [3, 1], "share": 0.1, "tiny": 1e-9, "whole": 5.0, "big": 2**70, "text": "é😀\u2028", "none": None,
        }
    }  # fmt: skip
    assert read.at == NOON
    assert list(chain.breaks()) == []


@pytest.mark.parametrize("what", [object(), "a\x00b", 1e15, -0.0, [{"deep": -1e20}], "\ud800"])
def test_what_a_database_would_change_is_refused(somebody, what):
    with pytest.raises(NotPlainData):
        tell(what, subject=somebody)


def test_a_naive_moment_is_refused(somebody):
    with pytest.raises(ValueError, match="time zone"):
        tell(subject=somebody, at=datetime(2026, 3, 10))  # noqa: DTZ001


def test_a_moved_clock_dates_the_line(somebody):
    with clock.moved_to(NOON):
        assert tell(subject=somebody).at == NOON


def test_the_line_goes_with_the_change_that_is_undone(somebody):
    with transaction.atomic():
        record(REGISTRY["tests.lamp"]("on"), subject=somebody)
        transaction.set_rollback(True)

    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused():
    with pytest.raises(OutsideTransaction):
        record(REGISTRY["tests.lamp"]("on"), subject=Person(pk=1))


def test_python_refuses_to_change_or_delete_a_line(somebody):
    entry = tell("on", subject=somebody)

    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET actor = 'agent:9'", "DELETE FROM ledger_entry"])
def test_the_database_refuses_too(somebody, statement):
    tell("on", subject=somebody)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_one_version_of_a_subject_stands_once(somebody):
    entry = tell("on", subject=somebody)
    entry.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)
