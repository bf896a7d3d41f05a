"""An administrator edits the catalogue without a developer."""

from dataclasses import replace
from datetime import date

import pytest
from tests.catalogue.calendars import at
from tests.people import make_category, make_department, make_service, make_team, make_zone

from parvis.catalogue import asking, defaults, editing, importing, opening, reading, routing
from parvis.catalogue.editing import CalendarDraft, ExceptionalDayDraft, QuestionDraft, RuleDraft, ServiceDraft
from parvis.catalogue.errors import BadEntry, Unknown
from parvis.catalogue.hours import OFFICE_HOURS, Hours
from parvis.catalogue.models import Calendar, Category, ExceptionalDay, Question, RoutingRule, Service
from parvis.ledger import chain
from parvis.ledger.models import Entry

pytestmark = pytest.mark.django_db
YES_NO = ({"value": "oui", "fr": "Oui", "en": "Yes"}, {"value": "non", "fr": "Non", "en": "No"})


def told() -> list[tuple[str, dict[str, object]]]:
    return [(entry.kind, entry.data) for entry in Entry.objects.order_by("id")]


def draft(**fields: object) -> ServiceDraft:
    bench = {
        "code": "PAR-BAN", "name_fr": "Banc brisé", "nature": "intervention", "target_value": 5,
        "target_unit": "business_days", "category_id": make_category().pk, "department_id": make_department().pk,
    }  # fmt: skip
    return ServiceDraft(**bench | fields)


def refused(verb, *args: object) -> dict[str, str]:
    before = Entry.objects.count()
    with pytest.raises(BadEntry) as bad:
        verb(*args)
    assert Entry.objects.count() == before
    return bad.value.errors


def test_a_service_is_added_changed_retired_and_restored() -> None:
    bench = editing.save_service(draft(season_months=(5, 6)))
    editing.save_service(replace(ServiceDraft.of(bench), target_value=7, season_months=()), bench.pk)
    editing.save_service(replace(ServiceDraft.of(bench), target_value=7, season_months=()), bench.pk)
    editing.retire_service(bench.pk)
    editing.retire_service(bench.pk)
    editing.restore_service(bench.pk)
    bench.refresh_from_db()
    assert (bench.target_value, bench.season_months, bench.is_active) == (7, [], True)
    assert told() == [
        ("service.created", {"code": "PAR-BAN"}),
        ("service.changed", {"code": "PAR-BAN", "fields": ["target_value", "season_months"]}),
        ("service.retired", {"code": "PAR-BAN"}),
        ("service.restored", {"code": "PAR-BAN"}),
    ]
    assert not list(chain.breaks())


def test_a_draft_of_every_shipped_service_is_accepted_as_it_stands() -> None:
    importing.load(reading.shipped())
    before = Entry.objects.count()
    for service in Service.objects.all():
        editing.save_service(ServiceDraft.of(service), service.pk)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "banc brisé"), ("code", ""), ("code", "A" * 31), ("name_fr", ""), ("name_fr", "a" * 161),
        ("nature", "vœu"), ("target_value", 0), ("target_value", -1), ("target_value", 99999), ("target_unit", "lunes"),
        ("priority", 0), ("priority", 5), ("season_months", (13,)), ("location_mode", "x"), ("photo", "x"),
        ("visibility", "x"), ("open_data_place", "x"), ("emergency", "x"), ("screen_route", "x"),
        ("duplicate_radius_m", -1), ("duplicate_window_days", 99999), ("demand_weight", float("nan")),
        ("category_id", 999_999), ("department_id", 999_999),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_by_name(field: str, value: object) -> None:
    assert list(refused(editing.save_service, draft(**{field: value}))) == [field]
    assert not Service.objects.exists()


def test_an_emergency_question_needs_words_and_a_way_out() -> None:
    assert list(refused(editing.save_service, draft(emergency="screen"))) == ["screen_question_fr"]
    editing.save_service(draft(emergency="screen", screen_question_fr="Un blessé ?", screen_route="911"))


def test_a_code_is_taken_once_and_never_changes() -> None:
    bench = editing.save_service(draft())
    assert list(refused(editing.save_service, draft())) == ["code"]
    assert list(refused(editing.save_service, draft(code="PAR-2"), bench.pk)) == ["code"]


def test_what_is_gone_is_told() -> None:
    for verb in (editing.retire_service, editing.remove_question, editing.remove_rule, editing.remove_exceptional_day):
        with pytest.raises(Unknown):
            verb(999_999)
    with pytest.raises(Unknown):
        editing.save_service(draft(), 999_999)
    with pytest.raises(Unknown):
        editing.save_question(make_service().pk, QuestionDraft("a", "text", "A"), 999_999)


def test_a_category_is_made_and_renamed() -> None:
    editing.save_category("PAR", name_fr="Parcs")
    editing.save_category("PAR", name_fr="Parcs et jardins", name_en="Parks")
    editing.save_category("PAR", name_fr="Parcs et jardins", name_en="Parks")
    assert Category.objects.get(code="PAR").name_en == "Parks"
    assert told() == [
        ("category.saved", {"code": "PAR", "is_new": True}),
        ("category.saved", {"code": "PAR", "is_new": False}),
    ]
    assert list(refused(lambda: editing.save_category("par", name_fr=""))) == ["code", "name_fr"]


def keys(service: Service) -> list[str]:
    return list(service.questions.values_list("key", flat=True))


def test_questions_are_added_moved_changed_and_removed() -> None:
    pothole = make_service()
    first = editing.save_question(pothole.pk, QuestionDraft("taille", "integer", "Taille ?"))
    editing.save_question(pothole.pk, QuestionDraft("blesse", "choice", "Un blessé ?", options=YES_NO))
    third = editing.save_question(pothole.pk, QuestionDraft("voie", "text", "Quelle voie ?"))
    editing.move_question(third.pk, 0)
    editing.save_question(pothole.pk, QuestionDraft("taille", "integer", "Quelle taille ?", is_required=True), first.pk)
    assert keys(pothole) == ["voie", "taille", "blesse"]
    editing.remove_question(third.pk)
    assert keys(pothole) == ["taille", "blesse"]
    assert [kind for kind, _data in told()] == ["question.saved"] * 3 + [
        "question.moved",
        "question.saved",
        "question.removed",
    ]


def test_a_condition_holds_whatever_is_edited() -> None:
    pothole = make_service()
    hurt = editing.save_question(pothole.pk, QuestionDraft("blesse", "choice", "Un blessé ?", options=YES_NO))
    hangs = QuestionDraft("ou", "text", "Où ?", condition={"key": "blesse", "in": ["oui"]})
    where = editing.save_question(pothole.pk, hangs)
    assert [q.key for q in asking.questions_for(pothole, {"blesse": "oui"})] == ["blesse", "ou"]
    assert list(refused(editing.remove_question, hurt.pk)) == ["key"]
    assert list(refused(editing.move_question, where.pk, 0)) == ["position"]
    without_yes = QuestionDraft(
        "blesse", "choice", "?", options=({"value": "non", "fr": "Non"}, {"value": "nsp", "fr": "?"})
    )
    assert list(refused(editing.save_question, pothole.pk, without_yes, hurt.pk)) == ["options"]
    for condition in (
        {"key": "x", "in": ["oui"]},
        {"key": "blesse", "in": []},
        {"key": "blesse", "in": ["peut-être"]},
        {"key": "blesse"},
    ):
        assert list(refused(editing.save_question, pothole.pk, replace(hangs, condition=condition), where.pk)) == [
            "condition"
        ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (QuestionDraft("Clé", "text", "A"), "key"), (QuestionDraft("taille", "text", "A"), "key"),
        (QuestionDraft("a", "couleur", "A"), "kind"), (QuestionDraft("a", "text", ""), "label_fr"),
        (QuestionDraft("a", "text", "A" * 241), "label_fr"), (QuestionDraft("a", "choice", "A"), "options"),
        (QuestionDraft("a", "text", "A", options=YES_NO), "options"),
        (QuestionDraft("a", "choice", "A", options=(YES_NO[0], YES_NO[0])), "options"),
        (QuestionDraft("a", "choice", "A", options=({"value": "", "fr": "x"}, YES_NO[0])), "options"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused_by_field(wrong: QuestionDraft, field: str) -> None:
    pothole = make_service()
    editing.save_question(pothole.pk, QuestionDraft("taille", "integer", "Taille ?"))
    assert field in refused(editing.save_question, pothole.pk, wrong)


def test_a_key_never_changes_because_answers_bear_it() -> None:
    pothole = make_service()
    size = editing.save_question(pothole.pk, QuestionDraft("taille", "integer", "Taille ?"))
    assert list(refused(editing.save_question, pothole.pk, QuestionDraft("grosseur", "integer", "?"), size.pk)) == [
        "key"
    ]


def test_a_rule_is_saved_changed_and_removed() -> None:
    pothole, east, west, zone = make_service(), make_team("EST"), make_team("OUEST"), make_zone()
    rule = editing.save_rule(RuleDraft(east.pk, service_id=pothole.pk, zone_id=zone.pk, position=5))
    editing.save_rule(RuleDraft(west.pk, service_id=pothole.pk, zone_id=zone.pk, position=5), rule.pk)
    assert routing.team_for(pothole, [zone.pk]).team == west
    editing.remove_rule(rule.pk)
    assert not RoutingRule.objects.exists()
    said = {"position": 5, "service": "VOI-NID", "category": "", "zone": "A1"}
    assert told() == [
        ("rule.saved", said | {"is_new": True, "team": "EST"}),
        ("rule.saved", said | {"is_new": False, "team": "OUEST"}),
        ("rule.removed", {"team": "OUEST"}),
    ]
    assert list(refused(editing.save_rule, RuleDraft(999_999))) == ["team_id"]
    both = RuleDraft(east.pk, service_id=pothole.pk, category_id=pothole.category_id, position=-1)
    assert sorted(refused(editing.save_rule, both)) == ["category_id", "position"]


def test_a_calendar_opens_teams_and_the_city() -> None:
    crew = make_team("NUIT")
    office = editing.save_calendar(CalendarDraft("bureau", "Bureau", hours=OFFICE_HOURS, is_default=True))
    night = CalendarDraft("nuit", "Nuit", hours={"0": [("18:00", "24:00")]}, team_ids=(crew.pk,))
    editing.save_calendar(night)
    assert opening.status(at("2026-11-23 20:00"), crew).is_open
    assert not opening.status(at("2026-11-23 20:00")).is_open
    assert list(refused(editing.save_calendar, replace(night, code="bureau"))) == ["code"]
    assert list(refused(editing.save_calendar, CalendarDraft("bureau", "Bureau", hours=OFFICE_HOURS), office.pk)) == [
        "is_default"
    ]
    editing.save_calendar(CalendarDraft("ete", "Été", hours={"0": [["08:00", "12:00"]]}, is_default=True))
    assert Calendar.objects.get(is_default=True).code == "ete"


@pytest.mark.parametrize(
    "hours",
    [
        {}, None, {"0": []}, {"7": [["08:00", "09:00"]]}, {"0": [["09:00", "08:00"]]}, {"0": [["08:00"]]},
        {"0": [["08:00", "12:00"], ["11:00", "13:00"]]}, {"0": [["08:00", "25:00"]]}, {"0": [["8h", "9h"]]},
        {"0": [["08:60", "09:00"]]},
    ],
)  # fmt: skip
def test_hours_that_make_no_sense_are_refused(hours: object) -> None:
    assert list(refused(editing.save_calendar, CalendarDraft("x", "X", hours=hours))) == ["hours"]


def test_an_exceptional_day_is_saved_replaced_and_removed() -> None:
    office = editing.save_calendar(CalendarDraft("bureau", "Bureau", hours=OFFICE_HOURS, is_default=True))
    storm = ExceptionalDayDraft(date(2026, 11, 24), "Tempête")
    editing.save_exceptional_day(office.pk, storm)
    assert opening.status(at("2026-11-24 10:00")).reason == "Tempête"
    day = editing.save_exceptional_day(office.pk, replace(storm, hours=(("10:00", "12:00"),)))
    assert ExceptionalDay.objects.count() == 1
    assert opening.status(at("2026-11-24 10:00")).is_open
    editing.remove_exceptional_day(day.pk)
    assert opening.status(at("2026-11-24 10:00")).reason == ""
    assert told()[1:] == [
        ("calendar.day_saved", {"day": "2026-11-24", "is_open": False}),
        ("calendar.day_saved", {"day": "2026-11-24", "is_open": True}),
        ("calendar.day_removed", {"day": "2026-11-24"}),
    ]
    assert list(refused(editing.save_exceptional_day, office.pk, replace(storm, reason_fr=""))) == ["reason_fr"]
    assert list(refused(editing.save_exceptional_day, office.pk, replace(storm, hours=(("x", "y"),)))) == ["hours"]


def test_the_defaults_give_urgent_crews_a_calendar_day_and_night() -> None:
    importing.load(reading.shipped())
    defaults.load()
    lamp, leak = (Service.objects.get(code=code) for code in ("ECL-LAM", "EAU-FUI"))
    assert routing.team_for(lamp, []).team.code == "ECL"
    crew = routing.team_for(leak, []).team
    assert crew.code == "EAU-URG"
    assert opening.status(at("2026-12-25 03:00"), crew).is_open
    assert Hours.of(crew) != Hours.of(None)
    count = Entry.objects.count(), RoutingRule.objects.count()
    defaults.load()
    assert (Entry.objects.count(), RoutingRule.objects.count()) == count
    assert not list(chain.breaks())


def test_every_question_of_the_shipped_catalogue_can_be_edited_as_it_stands() -> None:
    importing.load(reading.shipped())
    for question in Question.objects.select_related("service"):
        same = QuestionDraft(question.key, question.kind, question.label_fr, question.label_en, question.is_required,
                             tuple(question.options), question.condition)  # fmt: skip
        editing.save_question(question.service_id, same, question.pk)
    assert not Entry.objects.filter(kind="question.saved").exists()
