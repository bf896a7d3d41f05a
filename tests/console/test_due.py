"""Due dates as staff read them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override
from people import TUESDAY_10H

from parvis.cases.models import Case
from parvis.console import due
from parvis.shared import clock


def words(due_at, language="fr", **fields):
    with clock.moved_to(TUESDAY_10H), override(language):
        mark = due.of(Case(due_at=due_at, **fields))
        return mark.level, mark.words.replace("\u00a0", " ")


@pytest.mark.parametrize(("later", "level", "said", "in_english"), [
    (timedelta(days=-2), "late", "en retard de 2 jours", "2 days late"),
    (timedelta(days=-1), "late", "en retard de 1 jour", "1 day late"),
    (timedelta(hours=-5), "late", "en retard de 5 heures", "5 hours late"),
    (timedelta(hours=-11), "late", "en retard de 11 heures", "11 hours late"),  # last evening: not yet a whole day
    (timedelta(minutes=-1), "late", "en retard de 1 minute", "1 minute late"),
    (timedelta(hours=6), "today", "échéance aujourd’hui, 16 h", "due today, 4:00 p.m."),
    (timedelta(hours=30, minutes=30), "soon", "échéance demain, 16 h 30", "due tomorrow, 4:30 p.m."),
    (timedelta(days=3), "soon", "échéance vendredi, 13 mars", "due Friday, March 13"),
    (timedelta(days=22), "later", "échéance le 1er avril", "due April 1"),
    (timedelta(days=365), "later", "échéance le 10 mars 2027", "due March 10, 2027"),
])  # fmt: skip
def test_a_due_date_in_words(later, level, said, in_english):
    assert words(TUESDAY_10H + later) == (level, said)
    assert words(TUESDAY_10H + later, "en") == (level, in_english)


def test_the_day_is_the_citys_not_the_worlds():
    tonight = datetime(2026, 3, 11, 3, 30, tzinfo=UTC)  # still Tuesday 23 h 30 in Québec
    assert words(tonight) == ("today", "échéance aujourd’hui, 23 h 30")


def test_a_stopped_clock_and_no_target_are_not_late():
    long_ago = TUESDAY_10H - timedelta(days=40)
    assert words(long_ago, clock_paused_at=long_ago) == ("paused", "délai suspendu")
    assert words(None) == ("none", "sans échéance")


def test_a_closed_case_was_kept_or_missed():
    closed = {"state": "closed", "closed_at": TUESDAY_10H}
    assert words(TUESDAY_10H + timedelta(days=1), **closed) == ("kept", "terminé à temps")
    assert words(TUESDAY_10H - timedelta(days=1), **closed) == ("missed", "terminé en retard")
