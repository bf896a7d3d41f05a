"""The worked table of docs/explain/due-dates.md, and its edges."""

from datetime import date, timedelta

import pytest
from tests.catalogue.calendars import ALWAYS, OFFICE, QUEBEC, at, storm_on, told

from parvis.catalogue.errors import NeverOpen
from parvis.catalogue.hours import Hours, read_week
from parvis.catalogue.working_time import due_at, is_open, next_opening


@pytest.mark.parametrize(
    ("received", "value", "unit", "due"),
    [
        # Business days: the day of receipt never counts, the last one ends at closing time.
        ("2026-11-24 10:00", 2, "business_days", "Thu 2026-11-26 19:00"),
        ("2026-11-24 18:59", 2, "business_days", "Thu 2026-11-26 19:00"),
        ("2026-11-24 20:30", 2, "business_days", "Thu 2026-11-26 19:00"),
        ("2026-11-27 10:00", 2, "business_days", "Tue 2026-12-01 19:00"),  # over a weekend
        ("2026-11-28 10:00", 2, "business_days", "Tue 2026-12-01 19:00"),  # received on Saturday
        ("2026-06-23 10:00", 1, "business_days", "Thu 2026-06-25 19:00"),  # over the Fête nationale
        ("2026-12-23 10:00", 1, "business_days", "Thu 2026-12-24 13:00"),  # a half day counts, and ends at its closing
        ("2026-12-24 10:00", 1, "business_days", "Mon 2026-12-28 19:00"),  # Christmas, its morrow, a weekend
        # Business hours: the clock runs only while somebody is there.
        ("2026-11-24 10:00", 4, "business_hours", "Tue 2026-11-24 14:00"),
        ("2026-11-24 17:00", 4, "business_hours", "Wed 2026-11-25 10:00"),
        ("2026-11-24 15:00", 4, "business_hours", "Tue 2026-11-24 19:00"),  # at closing rather than at the next opening
        ("2026-11-27 22:00", 4, "business_hours", "Mon 2026-11-30 12:00"),
        ("2026-12-24 12:00", 2, "business_hours", "Mon 2026-12-28 09:00"),
        # Calendar days: weekends count, and a closed last day moves to the next open one.
        ("2026-11-24 10:00", 2, "calendar_days", "Thu 2026-11-26 19:00"),
        ("2026-11-24 10:00", 4, "calendar_days", "Mon 2026-11-30 19:00"),
        ("2026-11-24 10:00", 5, "calendar_days", "Mon 2026-11-30 19:00"),
        ("2026-11-24 10:00", 6, "calendar_days", "Mon 2026-11-30 19:00"),
        ("2026-11-24 10:00", 7, "calendar_days", "Tue 2026-12-01 19:00"),
        # Immediate: no date.
        ("2026-11-24 10:00", 0, "immediate", "none"),
    ],
)
def test_the_table(received: str, value: int, unit: str, due: str) -> None:
    assert told(due_at(at(received), value, unit, OFFICE)) == due


def test_a_crew_that_works_day_and_night_counts_every_hour() -> None:
    assert told(due_at(at("2026-12-25 23:30"), 2, "business_hours", ALWAYS)) == "Sat 2026-12-26 01:30"
    assert told(due_at(at("2026-12-25 23:30"), 1, "business_days", ALWAYS)) == "Sat 2026-12-26 23:59"


def test_the_night_when_clocks_go_forward_is_an_hour_short() -> None:
    assert told(due_at(at("2026-03-07 22:00"), 6, "business_hours", ALWAYS)) == "Sun 2026-03-08 05:00"


def test_the_night_when_clocks_go_back_is_an_hour_long() -> None:
    assert told(due_at(at("2026-10-31 22:00"), 6, "business_hours", ALWAYS)) == "Sun 2026-11-01 03:00"


def test_office_hours_keep_their_wall_time_when_clocks_move() -> None:
    for friday, monday in (("2026-03-06", "2026-03-09"), ("2026-10-30", "2026-11-02")):
        assert told(due_at(at(f"{friday} 18:00"), 2, "business_hours", OFFICE)) == f"Mon {monday} 09:00"


def test_an_opening_in_the_hour_that_spring_skips_loses_only_that_night() -> None:
    night = Hours(read_week({"6": [["02:00", "03:00"]], "0": [["02:15", "02:45"]]}), False, zone=QUEBEC)
    assert night.day(date(2026, 3, 8)).spans == ()
    assert told(next_opening(at("2026-03-08 00:00"), night)) == "Mon 2026-03-09 02:15"


def test_a_storm_day_moves_what_was_due_on_it() -> None:
    closed = storm_on(date(2026, 11, 26))
    assert told(due_at(at("2026-11-24 10:00"), 2, "business_days", closed)) == "Fri 2026-11-27 19:00"
    assert told(due_at(at("2026-11-24 10:00"), 2, "calendar_days", closed)) == "Fri 2026-11-27 19:00"


def test_a_saturday_opened_for_a_storm_counts() -> None:
    opened = storm_on(date(2026, 11, 28), "09:00", "12:00")
    assert told(due_at(at("2026-11-27 10:00"), 1, "business_days", opened)) == "Sat 2026-11-28 12:00"
    assert told(due_at(at("2026-11-27 18:00"), 3, "business_hours", opened)) == "Sat 2026-11-28 11:00"
    assert is_open(at("2026-11-28 09:00"), opened)
    assert not is_open(at("2026-11-28 12:00"), opened)


def test_a_half_day_on_a_weekend_opens_nothing() -> None:
    assert not is_open(at("2028-12-24 10:00"), OFFICE)  # a Sunday


def test_a_calendar_that_never_opens_says_so() -> None:
    never = Hours(read_week({}), False, zone=QUEBEC)
    for unit in ("business_hours", "business_days", "calendar_days"):
        with pytest.raises(NeverOpen):
            due_at(at("2026-11-24 10:00"), 1, unit, never)


@pytest.mark.parametrize("value", [365, 1825, 8760])
def test_a_far_target_is_found_quickly(value: int) -> None:
    due = due_at(at("2026-11-24 10:00"), value, "business_days", OFFICE)
    assert due is not None
    assert is_open(due - timedelta(hours=1), OFFICE)


def test_the_holidays_of_quebec_and_the_citys_own() -> None:
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    closed = [day for day in year if day.weekday() < 5 and OFFICE.day(day).closure]
    assert [f"{day:%m-%d} {OFFICE.day(day).closure.name_fr}" for day in closed] == [
        "01-01 Jour de l’An",
        "01-02 Lendemain du jour de l’An",
        "04-03 Vendredi saint",
        "04-06 Lundi de Pâques",
        "05-18 Journée nationale des patriotes",
        "06-24 Fête nationale du Québec",
        "07-01 Fête du Canada",
        "08-03 Congé municipal",
        "09-07 Fête du Travail",
        "10-12 Action de grâce",
        "12-24 Veille de Noël",
        "12-25 Jour de Noël",
        "12-31 Veille du jour de l’An",
    ]


def test_a_canada_day_on_a_sunday_is_kept_on_the_monday() -> None:
    assert not is_open(at("2029-07-02 10:00"), OFFICE)
    assert is_open(at("2029-07-03 10:00"), OFFICE)
