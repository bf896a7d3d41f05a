import re

import pytest
from django.urls import reverse
from people import make_agent, make_department, make_team, make_zone

from parvis.ledger.models import Entry
from parvis.people.models import Agent, Department, Team
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(signed_in):
    return signed_in(Role.ADMINISTRATOR, name="Ada Ministre")


def a_form(**fields):
    return {"name": "Noé Exemple", "email": "noe@ville.example", "role": Role.CREW, **fields}


def test_a_new_colleague_gets_a_link_that_is_shown_once(administrator, client):
    team = make_team()
    page = administrator.post(
        reverse("console:new_account"), a_form(username="noe", department=team.department_id, teams=[team.pk])
    ).content.decode()
    noe = Agent.objects.get(username="noe")
    assert (noe.role, noe.department, list(noe.teams.all())) == (Role.CREW, team.department, [team])
    link = re.search(r'value="http://testserver(/console/entrer/[^"]+)"', page)[1]
    assert client.post(link).status_code == 302
    assert client.session["_auth_user_id"] == str(noe.pk)


def test_what_was_typed_stays_when_the_name_is_taken(administrator):
    make_agent(username="noe")
    response = administrator.post(reverse("console:new_account"), a_form(username="Noe"))
    assert response.status_code == 400
    assert 'value="Noé Exemple"' in response.content.decode()
    assert Agent.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "dieu"},
        {"teams": [999]},
        {"department": "x"},
        {"email": "pas un courriel"},
        {"name": ""},
        {"username": "a b"},
    ],
)
def test_a_wrong_field_makes_no_account(administrator, wrong):
    response = administrator.post(reverse("console:new_account"), a_form(username="noe") | wrong)
    assert (response.status_code, Agent.objects.count()) == (400, 1)


def test_a_role_and_teams_change_on_one_page(administrator):
    team, noe = make_team(), make_agent(Role.CREW)
    form = a_form(role=Role.SECOND_LINE, teams=[team.pk])
    assert administrator.post(reverse("console:account", args=[noe.pk]), form).status_code == 302
    noe = Agent.objects.get(pk=noe.pk)
    assert (noe.name, noe.role, list(noe.teams.all())) == ("Noé Exemple", Role.SECOND_LINE, [team])
    entry = Entry.objects.filter(kind="agent.role_changed").get()
    assert entry.actor == f"agent:{administrator.agent.pk}"


def test_the_last_administrator_keeps_the_role_and_the_rest_of_the_page_waits(administrator):
    me = administrator.agent
    response = administrator.post(reverse("console:account", args=[me.pk]), a_form())
    assert response.status_code == 400
    me = Agent.objects.get(pk=me.pk)
    assert (me.name, me.role) == ("Ada Ministre", Role.ADMINISTRATOR)
    administrator.post(reverse("console:close_account", args=[me.pk]))
    assert Agent.objects.get(pk=me.pk).is_active


def test_a_closed_account_is_out_at_once_and_comes_back(administrator, signed_in):
    noe = signed_in(Role.CREW)
    administrator.post(reverse("console:close_account", args=[noe.agent.pk]))
    assert noe.get("/console/").status_code == 302
    assert administrator.post(reverse("console:account_link", args=[noe.agent.pk])).status_code == 404
    administrator.post(reverse("console:reopen_account", args=[noe.agent.pk]))
    assert Agent.objects.get(pk=noe.agent.pk).is_active


def test_the_list_is_searched_and_filtered(administrator):
    team = make_team()
    make_agent(Role.CREW, name="Zoé Pelle", username="zoe", teams=(team,))
    make_agent(Role.COUNCIL, name="Yves Vote", username="yves")

    def names(**query):
        page = administrator.get(reverse("console:accounts"), query).context["page"]
        return [agent.name for agent in page.rows]

    assert names() == ["Ada Ministre", "Yves Vote", "Zoé Pelle"]
    assert names(q="pelle") == ["Zoé Pelle"]
    assert names(role=Role.COUNCIL) == ["Yves Vote"]
    assert names(team=team.pk) == ["Zoé Pelle"]
    assert administrator.get(reverse("console:accounts"), {"role": "x"}).status_code == 400


def test_the_list_pages_by_name_in_the_same_number_of_queries(administrator, django_assert_max_num_queries):
    team = make_team()
    for number in range(60):
        make_agent(Role.CREW, name=f"Camille {number:02d}", teams=(team,))
    with django_assert_max_num_queries(16):
        first = administrator.get(reverse("console:accounts")).context["page"]
    second = administrator.get(reverse("console:accounts") + first.pager.next).context["page"]
    assert [agent.name for agent in first.rows[:2]] == ["Ada Ministre", "Camille 00"]
    assert [agent.name for agent in second.rows] == [f"Camille {number:02d}" for number in range(49, 60)]


def test_the_table_of_permissions_says_what_each_role_holds(administrator):
    rows = administrator.get(reverse("console:permissions")).context["rows"]
    held = {str(sentence): has for sentence, has in rows}
    assert held["Modifier le catalogue"] == [False] * 6 + [True]
    assert held["Ouvrir la console"] == [True] * 7


def test_departments_and_teams_are_drawn_without_a_developer(administrator):
    zone = make_zone(code="B1")
    administrator.post(reverse("console:new_department"), {"code": "PAR", "name_fr": "Parcs", "name_en": "Parks"})
    parks = Department.objects.get(code="PAR")
    team = {"code": "PAR-1", "name_fr": "Parcs, est", "department": parks.pk, "zones": [zone.pk], "is_active": "on"}
    administrator.post(reverse("console:new_team"), team)
    kept = Team.objects.get(code="PAR-1")
    assert (kept.department, list(kept.zones.all()), kept.is_active) == (parks, [zone], True)
    administrator.post(reverse("console:team", args=[kept.pk]), {"name_fr": "Parcs, ouest", "department": parks.pk})
    kept.refresh_from_db()
    assert (kept.name_fr, kept.zones.count(), kept.is_active) == ("Parcs, ouest", 0, False)
    assert administrator.get(reverse("console:organisation")).status_code == 200


def test_a_code_already_taken_renames_nothing(administrator):
    make_department("PAR", name_fr="Parcs")
    response = administrator.post(reverse("console:new_department"), {"code": "par", "name_fr": "Autre chose"})
    assert (response.status_code, Department.objects.get().name_fr) == (400, "Parcs")
