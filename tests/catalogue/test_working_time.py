"""What holds for every calendar, every moment and every delay."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.calendars import OFFICE, QUEBEC, at

from parvis.catalogue.closures import MUNICIPAL_DAYS, Closure
from parvis.catalogue.hours import Hours, read_week
from parvis.catalogue.models import Service
from parvis.catalogue.working_time import add_working_time, due_at, is_open, next_opening, working_time_between
from parvis.shared import clock

moments = st.integers(0, 6 * 365 * 24 * 60).map(lambda m: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=m))
# Around the two nights when clocks move, where mistakes live.
uneasy = st.sampled_from(["2026-03-08 07:00", "2026-11-01 06:00", "2027-03-14 07:00", "2027-11-07 06:00"]).flatmap(
    lambda text: st.integers(-3000, 3000).map(
        lambda m: datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(minutes=m)
    )
)
anytime = moments | uneasy
minutes = st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(
    lambda found: tuple(zip(sorted(found)[::2], sorted(found)[1::2], strict=False))
)
weeks = (
    st.lists(minutes | st.just(()), min_size=7, max_size=7).filter(lambda week: sum(map(bool, week)) >= 2).map(tuple)
)
exceptions = st.dictionaries(st.dates(date(2025, 1, 1), date(2030, 12, 31)), minutes | st.just(()), max_size=5).map(
    lambda days: tuple((day, spans, Closure("Exception", "Exception")) for day, spans in days.items())
)
calendars = st.builds(
    Hours,
    weekly=weeks,
    observes_holidays=st.booleans(),
    municipal=st.frozensets(st.sampled_from(sorted(MUNICIPAL_DAYS))),
    exceptional=exceptions,
    zone=st.just(QUEBEC),
    _days=st.builds(dict),
)
delays = st.integers(1, 60_000).map(lambda m: timedelta(minutes=m))
units = st.sampled_from([unit for unit in Service.Unit.values if unit != "immediate"])


def lies_in_opening_hours(moment: datetime, hours: Hours) -> bool:
    """Closing time itself is still in time."""
    return is_open(moment, hours) or is_open(moment - timedelta(minutes=1), hours)


@given(calendars, anytime, delays)
def test_added_time_is_the_time_between(hours: Hours, start: datetime, delay: timedelta) -> None:
    assert working_time_between(start, add_working_time(start, delay, hours), hours) == delay


@given(calendars, st.tuples(anytime, anytime, anytime).map(sorted))
def test_time_between_adds_up(hours: Hours, three: list[datetime]) -> None:
    first, second, third = three
    parts = working_time_between(first, second, hours) + working_time_between(second, third, hours)
    assert parts == working_time_between(first, third, hours) <= third - first


@given(calendars, anytime, anytime)
def test_time_doesnt_run_backwards(hours: Hours, one: datetime, other: datetime) -> None:
    assert working_time_between(max(one, other), min(one, other), hours) == timedelta()


@given(calendars, anytime, st.integers(0, 600), st.integers(0, 40), units)
def test_who_asks_later_waits_no_less(hours: Hours, start: datetime, later: int, value: int, unit: str) -> None:
    assert due_at(start, value, unit, hours) <= due_at(start + timedelta(minutes=later), value, unit, hours)


@given(calendars, anytime, st.integers(0, 40), st.integers(0, 10), units)
def test_a_longer_target_isnt_due_sooner(hours: Hours, start: datetime, value: int, more: int, unit: str) -> None:
    assert start <= due_at(start, value, unit, hours) <= due_at(start, value + more, unit, hours)


@given(calendars, anytime, st.integers(1, 40), units)
def test_nothing_is_due_while_nobody_is_there(hours: Hours, start: datetime, value: int, unit: str) -> None:
    assert lies_in_opening_hours(due_at(start, value, unit, hours), hours)


@given(calendars, anytime)
def test_the_next_opening_is_open_and_nothing_opens_before(hours: Hours, start: datetime) -> None:
    opens = next_opening(start, hours)
    assert is_open(opens, hours)
    assert working_time_between(start, opens, hours) == timedelta()


@settings(max_examples=20)
@given(st.integers(0, 23), st.integers(1, 15), units)
def test_five_years_under_a_moved_clock(hour: int, value: int, unit: str) -> None:
    """Every day of five years: a due date on an open weekday, never on a holiday, in the order of the questions."""
    previous = at("2025-12-31 00:00")
    for step in range(0, 5 * 365, 3):
        with clock.moved_to(at("2026-01-01 00:00") + timedelta(days=step, hours=hour)):
            due = due_at(clock.now(), value, unit, OFFICE)
        day = due.astimezone(QUEBEC).date()
        assert day.weekday() < 5
        assert OFFICE.day(day).spans
        assert due >= previous
        previous = due


def test_two_ways_to_write_a_week_are_read_alike() -> None:
    assert read_week({"0": [["13:00", "17:00"], ["08:00", "12:00"]]}) == ((((480, 720)), ((780, 1020))), *[()] * 6)
