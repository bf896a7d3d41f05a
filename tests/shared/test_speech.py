"""Dates, delays and telephone numbers as people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from parvis.shared import clock
from parvis.shared.formats import speech

NOON = datetime(2026, 12, 1, 18, 5, tzinfo=UTC)  # 13 h 05 à Québec
plain = str.maketrans("\u00a0\u202f", "  ")


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "mardi 1er décembre 2026 à 13 h 05"), ("en", "Tuesday, December 1, 2026 at 1:05 p.m.")],
)
def test_a_moment_is_said_on_the_city_s_clock(language, said):
    with override(language):
        assert speech.moment(NOON).translate(plain) == said


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "jeudi 24 décembre 2026"), ("en", "Thursday, December 24, 2026")]
)
def test_a_day_has_no_hour(language, said):
    with override(language):
        assert speech.day(date(2026, 12, 24)).translate(plain) == said


def test_late_in_the_evening_is_still_the_same_day():
    assert speech.day(datetime(2026, 12, 2, 3, 0, tzinfo=UTC)).translate(plain) == "mardi 1er décembre 2026"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [("08:00", "8 h", "8:00 a.m."), ("00:30", "0 h 30", "12:30 a.m."), ("12:00", "12 h", "12:00 p.m.")],
)
def test_hours(value, french, english):
    at = datetime.fromisoformat(f"2026-06-01T{value}")
    assert speech.hour(at).translate(plain) == french
    with override("en"):
        assert speech.hour(at).translate(plain) == english


@pytest.mark.parametrize(
    ("delta", "french", "english"),
    [
        (timedelta(seconds=-20), "à l’instant", "just now"),
        (timedelta(minutes=-5), "il y a 5 minutes", "5 minutes ago"),
        (timedelta(days=3), "dans 3 jours", "in 3 days"),
    ],
)
def test_delays_are_counted_from_the_house_s_clock(delta, french, english):
    with clock.moved_to(NOON):
        assert speech.ago(NOON + delta).translate(plain) == french
        with override("en"):
            assert speech.ago(NOON + delta).translate(plain) == english


def test_a_date_may_be_today():
    with clock.moved_to(NOON):
        assert speech.ago(date(2026, 12, 1)) == "aujourd’hui"


@pytest.mark.parametrize(
    ("stored", "said", "dialled"),
    [
        ("+14185550123", "418 555-0123", "tel:+14185550123"),
        ("418 555-0123", "418 555-0123", "tel:+14185550123"),
        ("911", "911", "tel:911"),
        ("311", "311", "tel:311"),
        ("+33123456789", "+33123456789", "tel:+33123456789"),
    ],
)
def test_telephone_numbers(stored, said, dialled):
    assert (speech.phone(stored).translate(plain), speech.dialled(stored)) == (said, dialled)
