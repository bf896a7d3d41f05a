"""`parvis ledger verify`: any line changed, added or taken out afterwards is found."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from tests.append_only import lifted

from parvis.ledger import chain
from parvis.ledger.chain import Break, Reason
from parvis.ledger.models import Entry
from parvis.ledger.record import record
from parvis.people.events import PersonErased
from parvis.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def history() -> list[Entry]:
    """Three lines about one person, one about another."""
    one, other = Person.objects.create(), Person.objects.create()
    with transaction.atomic():
        return [record(PersonErased(rows), subject=who) for rows, who in [(1, one), (2, one), (3, one), (4, other)]]


def tamper(statement: str) -> None:
    with lifted(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_sound_ledger_holds(history):
    out = StringIO()
    call_command("ledger_verify", stdout=out)

    assert out.getvalue() == "The ledger holds: 4 lines.\n"


def test_a_changed_line_is_found(history):
    tamper(f"UPDATE ledger_entry SET data = '{{\"rows\": 7}}' WHERE id = {history[1].pk}")

    assert list(chain.breaks()) == [Break(history[1].pk, history[1].subject, 2, Reason.HASH)]


def test_a_line_rehashed_by_a_forger_is_found_by_the_next(history):
    forged = history[1]
    hashed = chain.digest(
        at=forged.at, kind=forged.kind, subject=forged.subject, version=2, actor="agent:9", channel=forged.channel,
        correlation=forged.correlation, data=forged.data, previous_hash=forged.previous_hash,
    )  # fmt: skip
    tamper(f"UPDATE ledger_entry SET actor = 'agent:9', hash = '{hashed}' WHERE id = {forged.pk}")

    assert list(chain.breaks()) == [Break(history[2].pk, history[2].subject, 3, Reason.PREVIOUS)]


def test_a_line_taken_out_is_found(history):
    tamper(f"DELETE FROM ledger_entry WHERE id = {history[1].pk}")

    third = history[2]
    assert list(chain.breaks()) == [
        Break(third.pk, third.subject, 3, Reason.GAP),
        Break(third.pk, third.subject, 3, Reason.PREVIOUS),
    ]


def test_the_command_lists_the_breaks_and_fails(history):
    tamper(f"UPDATE ledger_entry SET actor = 'agent:9' WHERE id = {history[0].pk}")
    out = StringIO()

    with pytest.raises(CommandError, match="1 breaks in 4 lines"):
        call_command("ledger_verify", stdout=out)
    assert out.getvalue() == (
        f"{history[0].subject} version 1 (entry {history[0].pk}): it was changed after it was written.\n"
    )


def test_one_subject_can_be_verified_alone(history):
    tamper(f"UPDATE ledger_entry SET actor = 'agent:9' WHERE id = {history[0].pk}")
    out = StringIO()
    call_command("ledger_verify", subject=history[3].subject, stdout=out)

    assert out.getvalue() == "The ledger holds: 1 lines.\n"


def test_an_unknown_subject_is_told():
    with pytest.raises(CommandError, match="case:42"):
        call_command("ledger_verify", subject="person:0")
