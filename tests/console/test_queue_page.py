"""A queue as staff meet it: what it lists, in which words, page by page, at a constant cost."""

from datetime import timedelta

import pytest
from people import TUESDAY_10H, make_case, make_location, make_service, make_team, make_zone

from parvis.cases import dispatch, workflow
from parvis.cases.workflow import Details
from parvis.people.permissions import Role
from parvis.shared import clock

pytestmark = pytest.mark.django_db


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def listed(answer):
    return [case.pk for case in answer.context["rows"]]


@pytest.mark.parametrize(
    "address", ["/console/files/open", "/console/recherche?q=trou", "/console/recherche/apercu?q=trou"]
)
def test_three_rows_cost_what_one_costs(address, signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(Role.SUPERVISOR)
    make_case(description="Un trou")
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    team = make_team("AUTRE")
    for description in ("Un trou ici", "Un trou là"):
        case = make_case(description=description)
        dispatch.assign(case.pk, agent=client.agent, team_id=team.pk)
    with django_assert_num_queries(len(one)):
        assert len(listed(client.get(address))) == 3


def test_a_late_case_says_so_in_words(signed_in):
    client = signed_in()
    with clock.moved_to(TUESDAY_10H):
        case = make_case()
    with clock.moved_to(case.due_at + timedelta(days=2)):
        html = page(client, "/console/files/open")
    assert "en retard de 2 jours" in html
    assert "due--late" in html


def test_filters_combine_with_words(signed_in):
    client = signed_in()
    borough = make_zone(code="A7", name="La Maquette")
    light = make_service("ECL", name_fr="Lampadaire éteint")
    wanted = make_case(service=light, description="Marmite", location=make_location(borough_id=borough.pk))
    make_case(service=light, description="Marmite")
    make_case(description="Marmite", location=make_location(borough_id=borough.pk))
    query = f"q=marmite&service={light.pk}&borough={borough.pk}&state=received"
    assert listed(client.get(f"/console/files/open?{query}")) == [wanted.pk]


@pytest.mark.parametrize("query", ["state=fermee", "team=abc", "service=999999", "borough=-1", "order=prix"])
def test_an_unreadable_filter_is_refused_with_a_sentence(query, signed_in):
    make_case()
    answer = signed_in().get(f"/console/files/open?{query}")
    assert answer.status_code == 400
    assert "Un filtre n’est pas lisible" in answer.content.decode()


@pytest.mark.parametrize("query", ["after=zzz", "after=2026_1", "trail=~~~", "after=%00", "q=%22*", "q=" + "x" * 200])
def test_a_forged_page_starts_over(query, signed_in):
    make_case()
    assert signed_in().get(f"/console/files/open?{query}").status_code == 200


def test_an_unknown_queue_is_not_found(signed_in):
    assert signed_in().get("/console/files/secrete").status_code == 404


def test_a_number_typed_in_the_filters_jumps_to_its_case(signed_in):
    case = make_case()
    number = case.reports.get().spoken_number
    assert signed_in().get(f"/console/files/mine?q={number}").headers["Location"] == f"/console/dossiers/{case.pk}"


def test_pages_go_forward_and_back(signed_in, monkeypatch):
    from parvis.console.views import queues as view

    monkeypatch.setattr(view, "PAGE_SIZE", 2)
    client = signed_in()
    cases = [make_case().pk for _ in range(5)]
    first = client.get("/console/files/open?order=newest")
    second = client.get("/console/files/open" + first.context["pager"].next)
    third = client.get("/console/files/open" + second.context["pager"].next)
    assert [listed(each) for each in (first, second, third)] == [cases[:2:-1], cases[2:0:-1], cases[:1]]
    assert (first.context["pager"].previous, third.context["pager"].next) == (None, None)
    back = client.get("/console/files/open" + third.context["pager"].previous)
    assert listed(back) == listed(second)
    assert listed(client.get("/console/files/open" + back.context["pager"].previous)) == listed(first)


def test_home_opens_the_first_queue_that_holds_something(signed_in):
    team = make_team()
    client = signed_in(Role.SECOND_LINE, teams=(team,))
    assert client.get("/console/").context["queue"] == "open"
    case = make_case()
    administrator = signed_in(Role.ADMINISTRATOR).agent
    workflow.move(case.pk, "accepted", agent=administrator, details=Details(team_id=team.pk))
    assert client.get("/console/").context["queue"] == "team"
    dispatch.assign(case.pk, agent=administrator, team_id=team.pk, assignee_id=client.agent.pk)
    assert client.get("/console/").context["queue"] == "mine"


def test_a_council_member_is_welcomed_without_a_case(signed_in):
    make_case(description="Rien pour le conseil")
    html = page(signed_in(Role.COUNCIL), "/console/")
    assert "Votre rôle ne lit pas les dossiers" in html
    assert "Nid-de-poule" not in html


def test_margin_counts_are_those_of_the_person(signed_in):
    make_case()
    html = page(signed_in(Role.CREW), "/console/files/open")
    assert "Rien n’attend ici" in html
    assert '<span class="queues__count">1</span>' not in html


def test_hostile_words_are_shown_inert(signed_in):
    make_case(location=make_location(label="<script>alert(1)</script>"))
    html = page(signed_in(), "/console/files/open")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
