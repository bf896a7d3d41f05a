"""Is somebody there, until when, and why not?"""

from datetime import date

import pytest
from django.utils.translation import override
from tests.catalogue.calendars import at
from tests.people import make_service, make_team

from parvis.catalogue import opening, promises
from parvis.catalogue.hours import OFFICE_HOURS, ROUND_THE_CLOCK, Hours
from parvis.catalogue.models import Calendar, ExceptionalDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def city_hours() -> Calendar:
    return Calendar.objects.create(code="bureau", name_fr="Heures", hours=OFFICE_HOURS, is_default=True)


def sentence(moment: str, **options) -> str:
    return opening.status(at(moment), **options).sentence.replace("\u00a0", " ")


def test_the_state_is_told_with_what_comes_next(city_hours: Calendar) -> None:
    assert sentence("2026-11-24 10:00") == "Ouvert jusqu’à 19 h."
    assert sentence("2026-11-24 19:00") == "Fermé. Ouvre le mercredi 25 novembre 2026 à 8 h."
    assert sentence("2026-11-28 10:00") == "Fermé. Ouvre le lundi 30 novembre 2026 à 8 h."
    assert sentence("2026-06-24 10:00") == "Fermé (Fête nationale du Québec). Ouvre le jeudi 25 juin 2026 à 8 h."


def test_it_is_told_in_english_too(city_hours: Calendar) -> None:
    with override("en"):
        assert sentence("2026-06-24 10:00") == (
            "Closed (Saint Jean Baptiste Day). Opens on Thursday, June 25, 2026 at 8:00 a.m."
        )
        assert sentence("2026-11-24 10:00") == "Open until 7:00 p.m."


def test_an_exceptional_day_gives_its_own_reason(city_hours: Calendar) -> None:
    storm = {"calendar": city_hours, "reason_fr": "Tempête", "reason_en": "Storm"}
    ExceptionalDay.objects.create(day=date(2026, 11, 28), hours=[["09:00", "12:00"]], **storm)
    ExceptionalDay.objects.create(day=date(2026, 11, 30), hours=[], **storm)
    assert sentence("2026-11-28 10:00") == "Ouvert (Tempête) jusqu’à 12 h."
    assert sentence("2026-11-30 10:00") == "Fermé (Tempête). Ouvre le mardi 1er décembre 2026 à 8 h."


def test_a_crew_day_and_night_is_always_there(city_hours: Calendar) -> None:
    crew = make_team("EAU-URG")
    calendar = Calendar.objects.create(code="nuit", name_fr="Nuit", hours=ROUND_THE_CLOCK, observes_holidays=False)
    calendar.teams.add(crew)
    assert sentence("2026-12-25 03:00", team=crew) == "Ouvert en tout temps."
    assert opening.status(at("2026-12-25 03:00")).is_open is False


def test_a_city_without_a_calendar_has_office_hours() -> None:
    assert sentence("2026-11-24 10:00") == "Ouvert jusqu’à 19 h."
    assert Hours.of(make_team()) == Hours.of(None)


def test_an_edited_calendar_shows_at_once(city_hours: Calendar) -> None:
    assert opening.status(at("2026-11-24 10:00")).is_open
    Calendar.objects.update(hours={"1": [["12:00", "13:00"]]})
    assert not opening.status(at("2026-11-24 10:00")).is_open


def test_a_calendar_that_never_opens_is_told_without_a_date() -> None:
    Calendar.objects.create(code="jamais", name_fr="Jamais", hours={}, is_default=True)
    assert sentence("2026-11-24 10:00") == "Fermé."


def test_hours_cost_one_query(city_hours: Calendar, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        opening.status(at("2026-11-24 10:00"))


def test_a_promise_is_a_date_that_people_can_hold_us_to() -> None:
    due = at("2026-12-01 19:00")
    days, hours = make_service(), make_service("EAU-FUI", target_unit="business_hours", target_value=2)
    none = make_service("PRO-GRH", target_unit="immediate", target_value=0)
    cases = [(service, day) for service, day in ((days, due), (hours, due), (none, None))]
    said = [promises.sentence(*case, tongue).replace("\u00a0", " ") for case in cases for tongue in ("fr", "en")]
    assert said == [
        "d’ici le mardi 1er décembre 2026", "by Tuesday, December 1, 2026",
        "d’ici le mardi 1er décembre 2026 à 19 h", "by Tuesday, December 1, 2026 at 7:00 p.m.",
        "dès que possible", "as soon as possible",
    ]  # fmt: skip


def test_a_delay_is_told_before_anything_is_asked() -> None:
    def target(language: str, **fields) -> str:
        return promises.target(make_service(f"X-{fields}"[:30].upper(), **fields), language)

    assert target("fr", target_value=1) == "en 1 jour ouvrable"
    assert target("en", target_value=10) == "within 10 business days"
    assert target("fr", target_value=5, target_unit="calendar_days") == "en 5 jours"
    assert target("en", target_value=2, target_unit="business_hours") == "within 2 business hours"
    assert target("fr", target_value=0, target_unit="immediate") == ""
    after = {"target_value": 24, "target_unit": "business_hours", "target_after_operation": True}
    assert target("fr", **after) == "en 24 heures ouvrables après l’opération de déneigement"


def test_a_new_exceptional_day_shows_at_once(city_hours: Calendar) -> None:
    assert opening.status(at("2026-11-24 10:00")).is_open
    storm = ExceptionalDay(calendar=city_hours, day=date(2026, 11, 24), hours=[], reason_fr="Verglas")
    storm.save()
    assert sentence("2026-11-24 10:00") == "Fermé (Verglas). Ouvre le mercredi 25 novembre 2026 à 8 h."
    storm.delete()
    assert opening.status(at("2026-11-24 10:00")).is_open
