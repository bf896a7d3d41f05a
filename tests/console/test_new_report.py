"""« Nouvelle demande »: a report taken for somebody on one page, through the same door as everyone's."""

import uuid

import pytest
from people import PHILOMENE, make_case, make_segment, make_service, make_street, make_zone

from parvis.cases.models import Case, Report
from parvis.catalogue.models import Question
from parvis.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def pothole():
    """A pothole asks how deep, then which lane; somebody may be hurt."""
    make_segment(make_street("Rue de la Maquette"))
    service = make_service(emergency="screen", screen_question_fr="Quelqu’un est-il blessé ?", screen_route="911")
    options = [{"value": "p", "fr": "Moins de 5 cm"}, {"value": "g", "fr": "Plus de 5 cm"}]
    Question.objects.create(
        service=service, key="fond", kind="choice", label_fr="Quelle profondeur ?", options=options, is_required=True
    )
    Question.objects.create(
        service=service,
        key="voie",
        kind="text",
        label_fr="Quelle voie ?",
        position=1,
        condition={"key": "fond", "in": ["g"]},
    )
    return service


def typed(pothole, **fields):
    words = {
        "service": pothole.pk, "address": "12 rue de la Maquette", "description": "Un trou profond", "channel": "phone",
        "language": "fr", "name": "Philomène Tremblotte", "phone": "418-555-0111", "email": "", "wants_notices": "on",
        "answers.fond": "g", "answers.voie": "gauche", "screen_answer": "no", "key": str(uuid.uuid4()),
    }  # fmt: skip
    return words | fields


def test_a_call_becomes_a_report_whose_number_is_read_aloud(pothole, signed_in):
    client = signed_in()
    answer = client.post("/console/nouvelle", typed(pothole))
    report = Report.objects.get()
    assert answer.headers["Location"] == f"/console/nouvelle/{report.number}"
    assert (report.channel, report.answers, report.person.phone) == (
        "phone",
        {"fond": "g", "voie": "gauche"},
        "+14185550111",
    )
    assert "Maquette" in report.place.label
    assert Entry.objects.get(kind="report.submitted").actor == f"agent:{client.agent.pk}"
    html = client.get(answer.headers["Location"]).content.decode()
    for group in (report.number[:2], report.number[2:6], report.number[6:]):
        assert f'<span class="number-group">{group}</span>' in html
    assert "Nous visons une réponse" in html


def test_pressing_twice_makes_one_report(pothole, signed_in):
    client, words = signed_in(), typed(pothole)
    addresses = {client.post("/console/nouvelle", words).headers["Location"] for _ in range(2)}
    assert (len(addresses), Report.objects.count()) == (1, 1)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(pothole, signed_in):
    answer = signed_in().post("/console/nouvelle", typed(pothole, email="philomene@", **{"answers.fond": ""}))
    form = answer.context["form"]
    assert answer.status_code == 400
    assert set(form.errors) == {"answers.fond", "email"}
    html = answer.content.decode()
    for words in ("12 rue de la Maquette", "Un trou profond", "philomene@", "418-555-0111"):
        assert words in html
    assert Report.objects.count() == 0


@pytest.mark.parametrize(("fields", "wrong"), [
    ({"service": ""}, "service"), ({"service": "999999"}, "service"), ({"service": "abc"}, "service"),
    ({"address": "rue inconnue de tous"}, "address"), ({"address": ""}, "address"), ({"channel": "pigeon"}, "channel"),
    ({"description": "x" * 4001}, "description"), ({"key": "abc"}, "key"), ({"join": "abc"}, "join"),
])  # fmt: skip
def test_a_bad_field_is_refused(fields, wrong, pothole, signed_in):
    answer = signed_in().post("/console/nouvelle", typed(pothole, **fields))
    assert (answer.status_code, wrong in answer.context["form"].errors) == (400, True)
    assert Report.objects.count() == 0


def test_an_emergency_is_flagged_and_told(pothole, signed_in):
    client = signed_in()
    asked = client.post("/console/nouvelle/questions", {"service": pothole.pk}).content.decode()
    assert "Quelqu’un est-il blessé ?" in asked
    assert "transférez l’appel au 911" in asked
    answer = client.post("/console/nouvelle", typed(pothole, screen_answer="yes"), follow=True)
    assert Case.objects.get().is_emergency is True
    assert "Transférez l’appel au 911" in answer.content.decode()


def test_only_the_questions_that_matter_are_asked(pothole, signed_in):
    client = signed_in()

    def asked(**answers):
        answer = client.post("/console/nouvelle/questions", {"service": pothole.pk, **answers})
        return [field.name for field in answer.context["form"].asked]

    assert asked() == ["answers.fond"]
    assert asked(**{"answers.fond": "g"}) == ["answers.fond", "answers.voie"]


def test_what_is_already_reported_is_seen_and_joined(pothole, signed_in):
    client = signed_in()
    client.post("/console/nouvelle", typed(pothole))
    case = Case.objects.get()
    seen = client.post("/console/nouvelle/autour", typed(pothole))
    assert [one.case_id for one in seen.context["near"]] == [case.pk]
    assert [report.case_id for report in seen.context["known"]] == [case.pk]
    client.post("/console/nouvelle", typed(pothole, join=case.pk, name="Gertrude Voisine", phone="418-555-0122"))
    case.refresh_from_db()
    assert (case.reports_count, Case.objects.count()) == (2, 1)


def test_without_script_the_form_is_checked_without_being_sent(pothole, signed_in):
    answer = signed_in().post("/console/nouvelle", typed(pothole, check="1", **{"answers.fond": ""}))
    assert (answer.status_code, dict(answer.context["form"].errors)) == (200, {})
    assert "Quelle profondeur" in answer.content.decode()
    assert Report.objects.count() == 0


def test_services_answer_the_persons_own_words(pothole, signed_in):
    make_service("ECL", name_fr="Lampadaire éteint", synonyms_fr="lumière")
    html = signed_in().get("/console/nouvelle/services?find=crevasse").content.decode()
    assert "Nid-de-poule" in html
    assert "Lampadaire" not in html
    everything = signed_in().get("/console/nouvelle/services").content.decode()
    assert "Lampadaire" in everything


def test_a_place_is_suggested_as_it_is_typed(pothole, signed_in):
    html = signed_in().get("/console/nouvelle/lieux?address=12+maquet").content.decode()
    assert "Maquette" in html


def test_who_may_not_read_people_learns_nothing_from_a_phone(pothole, signed_in):
    make_case(service=pothole, contact=PHILOMENE, answers={"fond": "p"})
    answer = signed_in().post("/console/nouvelle/autour", {"phone": "418-555-0111"})
    assert len(answer.context["known"]) == 1
    assert answer.content.decode().count("Philomène") == 0


def test_an_unknown_number_is_not_found(signed_in):
    for number in ("0000000000", "abc", "%00", "26-4718-3093"):
        assert signed_in().get(f"/console/nouvelle/{number}").status_code == 404


def test_words_that_mean_two_places_ask_which(pothole, signed_in):
    make_segment(make_street("Avenue de la Maquette"), mid_lon=-71.25)
    client = signed_in()
    words = typed(pothole, address="12 maquette")
    asked = client.post("/console/nouvelle", words)
    labels = [found.label for _n, found in asked.context["form"].candidates]
    assert (asked.status_code, len(labels)) == (400, 2)
    client.post("/console/nouvelle", words | {"choice": "1"})
    assert Report.objects.get().place.label == labels[1]


def test_a_place_outside_the_city_names_whom_to_call(pothole, signed_in):
    make_zone("city", "V", box=(-71.3, 46.8, -71.1, 46.9), name="Ville")
    make_zone("neighbour", "N", box=(-71.6, 46.8, -71.3, 46.9), name="Bourg-Voisin", phone="418-555-0199")
    words = typed(pothole, address="46.85, -71.45")
    seen = signed_in().post("/console/nouvelle/autour", words).content.decode()
    assert "Bourg-Voisin" in seen
    assert signed_in().post("/console/nouvelle", words).status_code == 400
    assert Report.objects.count() == 0
