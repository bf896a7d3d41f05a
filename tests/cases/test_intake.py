import pytest
from people import GERTRUDE, OSCAR, TUESDAY_10H, make_case, make_location, make_report, make_service, make_team

from parvis.cases.errors import BadSubmission
from parvis.cases.intake import Submission, submit
from parvis.cases.models import Case, Report
from parvis.cases.states import State
from parvis.ledger.models import Entry
from parvis.places.geocoding import Neighbour
from parvis.shared import clock, tracking

pytestmark = pytest.mark.django_db


def test_a_report_opens_a_case_with_a_number_and_a_line_in_the_ledger():
    with clock.moved_to(TUESDAY_10H):
        report = make_report(contact=GERTRUDE)
    assert tracking.read(report.spoken_number) == report.number
    assert report.number.startswith("26")
    assert (report.case.state, report.case.reports_count) == (State.RECEIVED, 1)
    assert report.person.email == "gertrude@voisine.example"
    kinds = list(Entry.objects.order_by("id").values_list("kind", flat=True))
    assert kinds[-2:] == ["case.opened", "report.submitted"]


def test_the_ledger_holds_no_word_that_the_person_wrote():
    make_report(contact=GERTRUDE, description="Mon mot de passe est zèbre")
    assert not Entry.objects.filter(data__icontains="zèbre").exists()
    assert "gertrude" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_double_submit_makes_one_report():
    first = make_report(idempotency_key="abc")
    second = make_report(idempotency_key="abc")
    assert first == second
    assert Report.objects.count() == 1


def test_a_neighbour_joins_and_is_counted():
    case = make_case(contact=GERTRUDE)
    joined = make_report(contact=OSCAR, join_case_id=case.pk)
    case.refresh_from_db()
    assert (joined.case, joined.is_me_too, case.reports_count) == (case, True, 2)


def test_joining_a_closed_case_opens_a_new_one():
    case = make_case()
    Case.objects.filter(pk=case.pk).update(state="closed", outcome="repaired", closed_at=clock.now())
    assert make_report(join_case_id=case.pk).case != case


def test_a_place_outside_the_city_is_refused_with_the_neighbour_s_name():
    away = make_location(neighbour=Neighbour(name="Lévis", phone="418-555-0100", website=""))
    with pytest.raises(BadSubmission) as refusal:
        make_report(location=away)
    assert "Lévis" in refusal.value.errors["location"]
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"location": None}, "location"),
        ({"description": "x" * 4001}, "description"),
        ({"service": "complaint", "description": " \u202e "}, "description"),
        ({"service": "named"}, "contact"),
    ],
)
def test_what_is_missing_is_told_by_field_and_nothing_is_kept(fields, wrong):
    services = {
        "complaint": lambda: make_service("PLA", nature="complaint"),
        "named": lambda: make_service("MAT-ENC", anonymous_allowed=False),
    }
    if "service" in fields:
        fields = fields | {"service": services[fields["service"]]()}
    with pytest.raises(BadSubmission) as refusal:
        make_report(**fields)
    assert set(refusal.value.errors) == {wrong}
    assert Report.objects.count() == Case.objects.count() == Entry.objects.filter(kind="case.opened").count() == 0


def test_hostile_text_is_kept_inert():
    report = make_report(description="<script>alert(1)</script>\x00\u202e fin")
    assert report.description == "<script>alert(1)</script> fin"


def test_an_emergency_answer_raises_the_alarm_and_hides_the_case():
    from parvis.cases import public

    case = make_case(screen_answer="yes")
    assert case.is_emergency
    assert not public.standing().filter(pk=case.pk).exists()


def test_the_exact_place_is_shown_only_where_the_service_says_so():
    pothole = make_case()
    bulky = make_case(service=make_service("MAT-ENC", visibility="never"))
    assert (pothole.public_lon, pothole.public_lat) == (-71.22, 46.81)
    assert (bulky.public_lon, bulky.morton) == (None, None)
    assert bulky.cell is not None


def test_submission_is_routed_to_the_service_s_team():
    team = make_team()
    from parvis.catalogue.models import RoutingRule

    service = make_service()
    RoutingRule.objects.create(service=service, team=team)
    assert submit(Submission(service=service, location=make_location())).case.team == team


def test_joining_asks_for_nothing_more():
    service = make_service("PLA", nature="complaint", anonymous_allowed=False)
    case = make_case(service=service, contact=GERTRUDE)
    joined = submit(Submission(service=service, join_case_id=case.pk))
    assert (joined.case, joined.place) == (case, case.place)


def test_joining_a_case_that_closed_meanwhile_asks_for_the_rest():
    service = make_service()
    with pytest.raises(BadSubmission) as refusal:
        submit(Submission(service=service, join_case_id=10**9))
    assert set(refusal.value.errors) == {"location"}
    assert Report.objects.count() == 0


def test_a_service_that_is_always_an_emergency_raises_the_alarm_by_itself():
    assert make_case(service=make_service("PRO-GRH", emergency="always")).is_emergency
