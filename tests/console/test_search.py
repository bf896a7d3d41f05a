"""Finding anything from the top bar."""

import pytest
from people import make_case, make_location, make_service, make_team

from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "write", [lambda n: n, lambda n: f"{n[:2]}-{n[2:6]}-{n[6:]}", lambda n: f" {n[:2]} {n[2:6]} {n[6:]} "]
)
def test_a_number_jumps_to_its_case_however_it_is_typed(write, signed_in):
    case = make_case()
    answer = signed_in().get("/console/recherche", {"q": write(case.reports.get().number)})
    assert answer.headers["Location"] == f"/console/dossiers/{case.pk}"
    assert (
        signed_in().get("/console/recherche", {"q": f"#{case.pk}"}).headers["Location"]
        == f"/console/dossiers/{case.pk}"
    )


def test_the_number_of_a_case_that_one_may_not_read_says_nothing_of_it(signed_in):
    case = make_case()
    client = signed_in(Role.CREW, teams=(make_team("AILLEURS"),))
    answer = client.get("/console/recherche", {"q": case.reports.get().spoken_number})
    assert answer.status_code == 200
    assert "Nid-de-poule" not in answer.content.decode()


def test_a_street_a_word_and_a_service_find(signed_in):
    client = signed_in()
    light = make_service("ECL", name_fr="Lampadaire éteint", synonyms_fr="lumière de rue")
    case = make_case(service=light, description="Clignote", location=make_location(label="8, avenue des Érables"))
    make_case()
    for typed in ("erables", "clignotait", "lampadaires éteints"):
        assert [row.pk for row in client.get("/console/recherche", {"q": typed}).context["rows"]] == [case.pk], typed
    assert [service.pk for service in client.get("/console/recherche", {"q": "lumiere"}).context["services"]] == [
        light.pk
    ]


def test_closed_cases_are_found_too(signed_in):
    from parvis.cases import workflow
    from parvis.cases.workflow import Details

    client, case = signed_in(), make_case(description="Marmite")
    workflow.move(case.pk, "closed", agent=client.agent, details=Details(outcome="repaired", sentence="Fait"))
    assert [row.pk for row in client.get("/console/recherche", {"q": "marmite"}).context["rows"]] == [case.pk]


@pytest.mark.parametrize(
    "typed", ["", " ", "\x00", "'\"*(", "<script>alert(1)</script>", "é" * 500, "26-4718-3093", "#", "#" + "9" * 40]
)
def test_no_word_breaks_the_search(typed, signed_in):
    make_case()
    client = signed_in()
    for address in ("/console/recherche", "/console/recherche/apercu"):
        answer = client.get(address, {"q": typed})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
