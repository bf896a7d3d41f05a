"""An administrator keeps the catalogue without a developer, and residents see it at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from people import make_category, make_department, make_service, make_team, make_zone

from parvis.catalogue import reading
from parvis.catalogue.models import Calendar, Category, ExceptionalDay, Question, RoutingRule, Service
from parvis.ledger.models import Entry
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(signed_in):
    return signed_in(Role.ADMINISTRATOR)


def a_service(**fields):
    """The service form as a browser sends it."""
    return {
        "code": "EAU-BOR", "category": make_category().pk, "name_fr": "Borne-fontaine brisée", "name_en": "Hydrant",
        "nature": "intervention", "department": make_department().pk, "target_value": 5, "target_unit": "business_days",
        "priority": 2, "location_mode": "point", "visibility": "exact", "open_data_place": "segment", "photo": "opt",
        "emergency": "never", "screen_route": "", "target_basis": "", "duplicate_radius_m": 30, "demand_weight": 0,
        "duplicate_window_days": 30, "anonymous_allowed": "on", "synonyms_fr": "hydrant\nborne incendie", **fields,
    }  # fmt: skip


def a_question(*options, **fields):
    """The question form with its table of proposed answers."""
    rows = [option if isinstance(option, tuple) else (option, "", "") for option in options]
    form = {"label_fr": "Qu’est-ce qui est brisé ?", "label_en": "What is broken?", "kind": "choice", **fields}
    form |= {"options-TOTAL_FORMS": len(rows), "options-INITIAL_FORMS": 0}
    for number, (french, english, rank) in enumerate(rows):
        form |= {f"options-{number}-fr": french, f"options-{number}-en": english, f"options-{number}-rank": rank}
    return form


def new_service(administrator, **fields):
    response = administrator.post(reverse("console:new_service"), a_service(**fields))
    assert response.status_code == 302, response.context["form"].errors
    return Service.objects.get(code=fields.get("code", "EAU-BOR"))


def test_a_new_service_is_offered_to_residents_and_machines_at_once(administrator):
    service = new_service(administrator)
    administrator.post(
        reverse("console:new_question", args=[service.pk]),
        a_question(("Le capuchon", "The cap", ""), ("Le corps", "The barrel", ""), is_required="on"),
    )
    definition = Client().get("/open311/v2/services/EAU-BOR.json?locale=en").json()
    assert definition["attributes"][0]["description"] == "What is broken?"
    assert [word["name"] for word in definition["attributes"][0]["values"]] == ["The cap", "The barrel"]
    assert "Borne-fontaine brisée" in Client().get("/signaler", {"q": "hydrant"}).content.decode()
    kinds = Entry.objects.filter(subject=f"service:{service.pk}").order_by("version").values_list("kind", "actor")
    me = f"agent:{administrator.agent.pk}"
    assert list(kinds) == [("service.created", me), ("question.saved", me)]


def test_every_field_of_a_service_can_be_edited_and_is_kept(administrator):
    service = new_service(administrator)
    changes = a_service(
        name_fr="Borne d’incendie brisée", season_months=["11", "12"], emergency="screen", screen_route="911",
        screen_question_fr="L’eau jaillit-elle ?", urgent_line="on", referral_fr="Voir aussi l’arrondissement.",
        target_unit="immediate", target_value=0, visibility="never", synonyms_en="hydrant", demand_weight="1.5",
    )  # fmt: skip
    del changes["code"], changes["anonymous_allowed"]
    assert administrator.post(reverse("console:catalogue_service", args=[service.pk]), changes).status_code == 302
    wanted = {
        "name_fr": "Borne d’incendie brisée", "season_months": [11, 12], "screen_route": "911", "urgent_line": True,
        "anonymous_allowed": False, "code": "EAU-BOR", "demand_weight": 1.5, "target_unit": "immediate",
        "visibility": "never", "synonyms_en": "hydrant", "referral_fr": "Voir aussi l’arrondissement.",
    }  # fmt: skip
    kept = model_to_dict(Service.objects.get(pk=service.pk))
    assert {name: kept[name] for name in wanted} == wanted


def test_a_new_service_starts_from_the_cautious_choices(administrator):
    form = administrator.get(reverse("console:new_service")).context["form"]
    started = {name: form[name].value() for name in ("visibility", "photo", "priority", "location_mode", "emergency")}
    assert started == {
        "visibility": "never", "photo": "opt", "priority": 3, "location_mode": "address", "emergency": "never",
    }  # fmt: skip


def test_the_form_shows_a_service_as_it_stands(administrator):
    service = new_service(administrator, season_months=["1"], target_value=12)
    form = administrator.get(reverse("console:catalogue_service", args=[service.pk])).context["form"]
    shown = {name: form[name].value() for name in ("name_fr", "target_value", "season_months", "priority", "photo")}
    assert shown == {
        "name_fr": "Borne-fontaine brisée", "target_value": 12, "season_months": [1], "priority": 2, "photo": "opt",
    }  # fmt: skip
    saved_as_shown = {name: form[name].value() for name in form.fields} | {"anonymous_allowed": "on"}
    saved_as_shown = {name: value for name, value in saved_as_shown.items() if value not in (False, None)}
    count = Entry.objects.count()
    administrator.post(reverse("console:catalogue_service", args=[service.pk]), saved_as_shown)
    assert Entry.objects.count() == count  # nothing changed, nothing to tell


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_fr": ""}, "name_fr"),
        ({"code": "eau bor"}, "code"),
        ({"target_value": "0"}, "target_value"),
        ({"target_value": "-1"}, "target_value"),
        ({"target_value": "9" * 30}, "target_value"),
        ({"emergency": "screen"}, "screen_question_fr"),
        ({"nature": "x"}, "nature"),
        ({"category": "999"}, "category"),
        ({"season_months": ["13"]}, "season_months"),
        ({"duplicate_radius_m": "99999"}, "duplicate_radius_m"),
        ({"demand_weight": "NaN"}, "demand_weight"),
        ({"name_fr": "nul\x00"}, "name_fr"),
        ({"name_fr": "x" * 161}, "name_fr"),
    ],
)
def test_a_wrong_field_gets_a_sentence_and_what_was_typed_stays(administrator, wrong, field):
    response = administrator.post(reverse("console:new_service"), a_service(synonyms_fr="gardé", **wrong))
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert ">\ngardé</textarea>" in response.content.decode()
    assert Service.objects.count() == 0


def test_a_code_is_chosen_once(administrator):
    service = new_service(administrator)
    administrator.post(reverse("console:catalogue_service", args=[service.pk]), a_service(code="AUTRE"))
    assert Service.objects.get().code == "EAU-BOR"
    assert administrator.post(reverse("console:new_service"), a_service()).status_code == 400


def test_a_retired_service_leaves_the_city_s_offer_and_comes_back(administrator):
    service = new_service(administrator)
    administrator.post(reverse("console:retire_service", args=[service.pk]))
    assert Client().get("/open311/v2/services.json").json() == []
    assert administrator.get(reverse("console:catalogue"), {"retired": "on"}).context["page"].rows == [service]
    administrator.post(reverse("console:restore_service", args=[service.pk]))
    assert len(Client().get("/open311/v2/services.json").json()) == 1


def test_proposed_answers_are_reordered_reworded_added_and_removed(administrator):
    service = make_service()
    form = a_question(("Un", "", 1), ("Deux", "", 2), ("Trois", "", 3), ("", "", ""))
    administrator.post(reverse("console:new_question", args=[service.pk]), form)
    question = Question.objects.get()
    assert [option["value"] for option in question.options] == ["un", "deux", "trois"]
    form = a_question(("Une", "", 3), ("", "", 2), ("Trois", "Three", 1), ("Un", "", ""))
    form |= {"options-0-value": "un", "options-1-value": "deux", "options-2-value": "trois"}
    administrator.post(reverse("console:question", args=[question.pk]), form)
    assert Question.objects.get().options == [
        {"value": "trois", "fr": "Trois", "en": "Three"},
        {"value": "un", "fr": "Une"},
        {"value": "un_2", "fr": "Un"},  # answers given before keep their value
    ]


def test_a_question_may_hang_on_the_answer_to_another(administrator):
    service = make_service()
    administrator.post(reverse("console:new_question", args=[service.pk]), a_question("Oui", "Non"))
    first = Question.objects.get()
    form = a_question(label_fr="Combien ?", kind="integer", condition=[f"{first.key}=oui"])
    assert administrator.post(reverse("console:new_question", args=[service.pk]), form).status_code == 302
    second = Question.objects.exclude(pk=first.pk).get()
    assert (second.key, second.condition) == ("combien", {"key": first.key, "in": ["oui"]})
    administrator.post(reverse("console:remove_question", args=[first.pk]))  # refused: another depends on it
    administrator.post(reverse("console:move_question", args=[first.pk]), {"down": "1"})  # refused likewise
    assert list(service.questions.all()) == [first, second]
    administrator.post(reverse("console:remove_question", args=[second.pk]))
    assert list(service.questions.all()) == [first]


def test_questions_move_up_and_down(administrator):
    service = make_service()
    for label in ("A ?", "B ?", "C ?"):
        administrator.post(reverse("console:new_question", args=[service.pk]), a_question(label_fr=label, kind="text"))
    order = list(service.questions.all())
    administrator.post(reverse("console:move_question", args=[order[2].pk]), {"up": "1"})
    administrator.post(reverse("console:move_question", args=[order[0].pk]), {"up": "1"})  # already first
    assert [question.label_fr for question in service.questions.all()] == ["A ?", "C ?", "B ?"]


@pytest.mark.parametrize(
    "wrong",
    [
        a_question("Une seule"),
        a_question(("", "English only", "")),
        a_question("Oui", "Non", kind="x"),
        a_question("Oui", "Non", label_fr=""),
        {"label_fr": "Sans table ?", "kind": "choice"},
        a_question("Oui", "Non") | {"options-TOTAL_FORMS": "100000"},
    ],
)
def test_a_wrong_question_is_told_and_not_kept(administrator, wrong):
    service = make_service()
    assert administrator.post(reverse("console:new_question", args=[service.pk]), wrong).status_code == 400
    assert Question.objects.count() == 0


def test_the_preview_speaks_both_languages(administrator):
    service = make_service()
    administrator.post(reverse("console:new_question", args=[service.pk]), a_question("Oui", ("Non", "No", "")))
    page = administrator.get(reverse("console:service_preview", args=[service.pk])).content.decode()
    assert [word for word in ("Nid-de-poule", "Pothole", "What is broken?", "Non", "No") if word not in page] == []


def test_families_are_named_and_ranked(administrator):
    form = {"code": "EAU", "name_fr": "Eau", "name_en": "Water", "position": 3}
    administrator.post(reverse("console:new_category"), form)
    water = Category.objects.get()
    administrator.post(reverse("console:category", args=[water.pk]), form | {"name_fr": "Eau et égouts"})
    water.refresh_from_db()
    assert (water.code, water.name_fr, water.position) == ("EAU", "Eau et égouts", 3)
    assert administrator.post(reverse("console:new_category"), form).status_code == 400


def test_a_routing_rule_names_what_where_and_who(administrator):
    service, zone, team = make_service(), make_zone(), make_team()
    form = {"position": 10, "service": service.pk, "zone": zone.pk, "team": team.pk}
    administrator.post(reverse("console:new_rule"), form)
    rule = RoutingRule.objects.get()
    assert (rule.position, rule.service, rule.zone, rule.team) == (10, service, zone, team)
    both = form | {"category": service.category_id}
    assert administrator.post(reverse("console:rule", args=[rule.pk]), both).status_code == 400
    administrator.post(reverse("console:rule", args=[rule.pk]), form | {"position": 20})
    assert RoutingRule.objects.get().position == 20
    administrator.post(reverse("console:remove_rule", args=[rule.pk]))
    assert RoutingRule.objects.count() == 0


def test_the_routing_table_costs_the_same_for_one_rule_or_thirty(administrator, django_assert_max_num_queries):
    team = make_team()
    for position in range(30):
        RoutingRule.objects.create(position=position, zone=make_zone(code=f"Z{position}"), team=team)
    with django_assert_max_num_queries(16):
        rows = administrator.get(reverse("console:routing")).context["rows"]
    assert [rule.position for rule, _subject in rows] == list(range(30))


def test_opening_hours_are_written_as_people_say_them(administrator):
    form = {
        "code": "ete",
        "name_fr": "Été",
        "day0": "8 h 30 à 12 h, 13 h à 16 h 30",
        "day4": "08:00–13:00",
        "is_default": "on",
    }
    assert administrator.post(reverse("console:new_calendar"), form).status_code == 302
    calendar = Calendar.objects.get()
    assert calendar.hours == {"0": [["08:30", "12:00"], ["13:00", "16:30"]], "4": [["08:00", "13:00"]]}
    shown = administrator.get(reverse("console:calendar", args=[calendar.pk])).context["form"]
    assert shown["day0"].value() == "08:30–12:00, 13:00–16:30"


@pytest.mark.parametrize(
    "typed", ["huit heures", "8 h", "18 h à 8 h", "8 h à 12 h, 11 h à 13 h", "25 h à 26 h", "8 h 75 à 9 h"]
)
def test_hours_that_cannot_be_are_refused(administrator, typed):
    response = administrator.post(reverse("console:new_calendar"), {"code": "x", "name_fr": "X", "day0": typed})
    assert (response.status_code, Calendar.objects.count()) == (400, 0)


def test_a_storm_closes_one_day(administrator):
    calendar = Calendar.objects.create(
        code="ville", name_fr="Ville", hours={"0": [["08:00", "19:00"]]}, is_default=True
    )
    form = {"jour-day": "2099-01-05", "jour-hours": "", "jour-reason_fr": "Tempête", "jour-reason_en": "Storm"}
    administrator.post(reverse("console:save_day", args=[calendar.pk]), form)
    day = ExceptionalDay.objects.get()
    assert (day.day.isoformat(), day.hours, day.reason_fr) == ("2099-01-05", [], "Tempête")
    assert administrator.post(reverse("console:save_day", args=[calendar.pk]), {"jour-day": "x"}).status_code == 400
    administrator.post(reverse("console:remove_day", args=[day.pk]))
    assert ExceptionalDay.objects.count() == 0


def test_the_catalogue_is_searched_without_accents(administrator):
    make_service("A", name_fr="Égout bouché", synonyms_fr="")
    make_service("B", name_fr="Nid-de-poule", synonyms_fr="trou dans la rue")
    found = {q: codes(administrator, q) for q in ("egout", "TROU", "rien")}
    assert found == {"egout": ["A"], "TROU": ["B"], "rien": []}


def codes(administrator, typed):
    page = administrator.get(reverse("console:catalogue"), {"q": typed}).context["page"]
    return [service.code for service in page.rows]


def test_the_catalogue_list_costs_the_same_for_one_or_thirty_services(administrator, django_assert_max_num_queries):
    for number in range(30):
        make_service(f"S-{number}")
    with django_assert_max_num_queries(16):
        assert len(administrator.get(reverse("console:catalogue")).context["page"].rows) == 30


def test_a_catalogue_file_is_tried_then_taken_in(administrator):
    def send(content, **pressed):
        file = SimpleUploadedFile("catalogue.csv", content)
        return administrator.post(reverse("console:catalogue_file"), {"file": file, **pressed})

    content = reading.shipped().read_bytes()
    trial = send(content, **{"try": "1"})
    assert (trial.context["done"].created, Service.objects.count(), Entry.objects.count()) == (73, 0, 0)
    assert send(content).context["done"].created == 73
    assert Service.objects.count() == 73
    assert {entry.actor for entry in Entry.objects.all()} == {f"agent:{administrator.agent.pk}"}
    wrong = send(b"code;nom\nx;y\n")
    assert (wrong.status_code, Service.objects.count()) == (400, 73)
    assert [send(bad).status_code for bad in (b"", b"\x00\xff\xfe", b"MZ" * 5000)] == [400, 400, 400]
