"""Signing in by password or by a link, and what happens to those who guess."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from parvis.ledger.models import Entry
from parvis.people import accounts, signing_in, throttling
from parvis.people.errors import SignInLocked, SignInRefused
from parvis.people.models import SignInCounter
from parvis.shared import clock

pytestmark = pytest.mark.django_db
PHRASE = "trois-corneilles-au-marché"
MONDAY = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)


@pytest.fixture
def sam():
    return accounts.create_agent("sam.exemple", name="Sam Exemple", role="first_line", password=PHRASE)


def guess(times=1, name="sam.exemple", address="192.0.2.1"):
    for _each in range(times):
        with pytest.raises(SignInRefused) as refused:
            signing_in.sign_in(name, "mauvais", address=address)
    return refused.value


def test_the_right_password_opens(sam):
    assert signing_in.sign_in(" Sam.Exemple", PHRASE, address="192.0.2.1") == sam
    assert Entry.objects.filter(kind="agent.signed_in").values_list("data", flat=True)[0] == {"way": "password"}


def test_a_wrong_password_an_unknown_name_and_a_closed_account_look_the_same(sam):
    wrong, unknown = guess(), guess(name="personne")
    accounts.close_account(sam)
    with pytest.raises(SignInRefused) as closed:
        signing_in.sign_in("sam.exemple", PHRASE, address="192.0.2.1")
    assert {type(each) for each in (wrong, unknown, closed.value)} == {SignInRefused}
    assert len({each.sentence for each in (wrong, unknown, closed.value)}) == 1


def test_five_wrong_passwords_shut_the_door_for_five_minutes(sam):
    with clock.moved_to(MONDAY):
        assert guess(5).code == "sign_in_refused"
        with pytest.raises(SignInLocked) as locked:
            signing_in.sign_in("sam.exemple", PHRASE, address="192.0.2.1")
        assert locked.value.minutes == 5
        assert locked.value.sentence == "Trop d’essais. Attendez 5 minutes, ou demandez un lien à l’administration."
        assert signing_in.sign_in("sam.exemple", PHRASE, address="192.0.2.2") == sam  # the person, elsewhere
    with clock.moved_to(MONDAY + timedelta(minutes=4, seconds=30)), pytest.raises(SignInLocked) as locked:
        signing_in.sign_in("sam.exemple", PHRASE, address="192.0.2.1")
    assert locked.value.sentence == "Trop d’essais. Attendez 1 minute, ou demandez un lien à l’administration."
    with clock.moved_to(MONDAY + timedelta(minutes=5)):
        assert signing_in.sign_in("sam.exemple", PHRASE, address="192.0.2.1") == sam


def test_an_unknown_name_is_locked_like_any_other():
    guess(5, name="personne")
    assert guess(name="personne").code == "sign_in_locked"


def test_the_right_password_forgets_the_wrong_ones(sam):
    for _day in range(3):
        guess(4)
        assert signing_in.sign_in("sam.exemple", PHRASE, address="192.0.2.1") == sam


def test_old_tries_are_forgotten(sam):
    with clock.moved_to(MONDAY):
        guess(4)
    with clock.moved_to(MONDAY + timedelta(minutes=16)):
        assert guess(4).code == "sign_in_refused"


def test_guessing_one_name_from_everywhere_is_slowed_down(sam):
    for n in range(50):
        guess(address=f"192.0.2.{n}")
    assert guess(address="198.51.100.1").code == "sign_in_locked"


def test_guessing_many_names_from_one_address_is_slowed_down():
    for n in range(100):
        guess(name=f"nom{n}")
    assert guess(name="encore").code == "sign_in_locked"


def test_a_morning_at_the_call_centre_locks_nobody(sam):
    for _each in range(120):
        throttling.count_attempt("sam.exemple", "192.0.2.1")
        throttling.forgive("sam.exemple", "192.0.2.1")
    assert signing_in.sign_in("sam.exemple", PHRASE, address="192.0.2.1") == sam


def test_who_tried_cannot_be_read_back_and_is_forgotten_in_a_day(sam):
    with clock.moved_to(MONDAY):
        guess()
    assert all(re.fullmatch("[0-9a-f]{64}", counter.key) for counter in SignInCounter.objects.all())
    with clock.moved_to(MONDAY + timedelta(days=1, minutes=1)):
        guess(name="autre", address="192.0.2.9")
    assert SignInCounter.objects.count() == 3


def test_a_link_signs_in_once(sam):
    token = signing_in.one_time_sign_in(sam)
    assert signing_in.redeem(token) == sam
    assert signing_in.redeem(token) is None
    assert [entry.kind for entry in Entry.objects.filter(subject=f"agent:{sam.pk}")][1:] == [
        "agent.link_made",
        "agent.signed_in",
    ]


def test_two_links_die_with_the_first_use(sam):
    first, second = signing_in.one_time_sign_in(sam), signing_in.one_time_sign_in(sam)
    assert signing_in.redeem(second) == sam
    assert signing_in.redeem(first) is None


def test_a_link_lives_half_an_hour(sam):
    with clock.moved_to(MONDAY):
        token = signing_in.one_time_sign_in(sam)
    with clock.moved_to(MONDAY + timedelta(minutes=30)):
        assert signing_in.redeem(token) is None
    with clock.moved_to(MONDAY + timedelta(minutes=29, seconds=59)):
        assert signing_in.redeem(token) == sam


@pytest.mark.parametrize(
    "spoil",
    [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "", lambda t: "x" * 9000, lambda t: t + "\x00é"],
)
def test_a_forged_link_opens_nothing(sam, spoil):
    assert signing_in.redeem(spoil(signing_in.one_time_sign_in(sam))) is None


def test_a_link_dies_with_the_account_or_the_password(sam):
    closed, changed = signing_in.one_time_sign_in(sam), signing_in.one_time_sign_in(sam)
    accounts.close_account(sam)
    assert signing_in.redeem(closed) is None
    accounts.reopen(sam)
    accounts.set_password(sam, "quatre-corneilles-au-marché")
    assert signing_in.redeem(changed) is None
