"""Who may open which door of the daily console: every address of it, by every role."""

import pytest
from django.test import Client
from people import make_agent, make_case, make_report, make_service, make_team

from parvis.cases import joining
from parvis.catalogue.models import RoutingRule
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db

READS = {Role.FIRST_LINE, Role.SUPERVISOR, Role.SECOND_LINE, Role.CREW, Role.PLANNER, Role.ADMINISTRATOR}
WORKS = READS - {Role.PLANNER}
ACCEPTS = WORKS - {Role.CREW}
CREATES = {Role.FIRST_LINE, Role.SUPERVISOR, Role.SECOND_LINE, Role.ADMINISTRATOR}
BULK = {Role.SUPERVISOR, Role.SECOND_LINE, Role.ADMINISTRATOR}
CLEARS = {Role.SUPERVISOR, Role.ADMINISTRATOR}
EVERYONE = set(Role)

# door, method, who gets in. The rest get 403 (their role lacks the permission) or 404 (no such case for them).
DOORS = [
    ("/console/", "get", EVERYONE),
    ("/console/files/open", "get", READS),
    ("/console/recherche?q=trou", "get", READS),
    ("/console/recherche/apercu?q=trou", "get", READS),
    ("/console/dossiers/{case}", "get", READS),
    ("/console/dossiers/{case}/etat/planned", "post", WORKS),
    ("/console/dossiers/{case}/confier", "post", ACCEPTS),
    ("/console/dossiers/{case}/service", "post", ACCEPTS),
    ("/console/dossiers/{case}/lieu", "post", ACCEPTS),
    ("/console/dossiers/{case}/joindre", "post", ACCEPTS),
    ("/console/dossiers/{case}/reponse", "post", ACCEPTS),
    ("/console/dossiers/{case}/note", "post", WORKS),
    ("/console/dossiers/{case}/alerte", "post", CLEARS),
    ("/console/dossiers/{case}/brouillon", "post", READS),
    ("/console/dossiers/{case}/brouillon/effacer", "post", READS),
    ("/console/dossiers/{case}/presence", "post", READS),
    ("/console/demandes/{report}/separer", "post", ACCEPTS),
    ("/console/jonctions/{merge}/annuler", "post", ACCEPTS),
    ("/console/lot/apercu", "post", BULK),
    ("/console/lot", "post", BULK),
    ("/console/lot/fait", "get", BULK),
    ("/console/lot/annuler", "post", BULK),
    ("/console/nouvelle", "get", CREATES),
    ("/console/nouvelle", "post", CREATES),
    ("/console/nouvelle/services?find=trou", "get", CREATES),
    ("/console/nouvelle/questions", "post", CREATES),
    ("/console/nouvelle/autour", "post", CREATES),
    ("/console/nouvelle/lieux?address=rue", "get", EVERYONE),
    ("/console/nouvelle/{number}", "get", CREATES),
]


@pytest.fixture
def doors():
    """A case of the roads' team, with a second report and a case merged into it."""
    team = make_team()
    RoutingRule.objects.create(service=make_service(), team=team)
    case, other = make_case(), make_case()
    make_report(join_case_id=case.pk)
    made = joining.merge(other.pk, case.pk, agent=make_agent(Role.ADMINISTRATOR))
    report = case.reports.first()
    return {"case": case.pk, "report": report.pk, "merge": made.pk, "number": report.number, "team": team}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_own_doors_only(role, doors, signed_in):
    team = doors["team"]
    client = signed_in(role, teams=(team,), department=team.department)
    seen = {}
    for address, method, allowed in DOORS:
        status = getattr(client, method)(address.format(**doors)).status_code
        refused = status in (403, 404)
        if refused != (role not in allowed):
            seen[f"{method} {address}"] = status
    assert seen == {}


@pytest.mark.parametrize(("address", "method", "allowed"), DOORS)
def test_a_stranger_is_led_to_the_entrance(address, method, allowed, doors):
    answer = getattr(Client(), method)(address.format(**doors))
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/console/entrer")


@pytest.mark.parametrize(("address", "method"), [(a, m) for a, m, _allowed in DOORS if "{case}" in a])
@pytest.mark.parametrize("role", [Role.SECOND_LINE, Role.CREW])
def test_another_team_does_not_find_the_case(role, address, method, doors, signed_in):
    elsewhere = make_team("ENC")
    answer = getattr(signed_in(role, teams=(elsewhere,)), method)(address.format(**doors))
    assert answer.status_code in (403, 404)


def test_a_refusal_keeps_the_frame_of_the_console(signed_in):
    client = signed_in(Role.CREW)
    for address, status in (("/console/nouvelle", 403), ("/console/dossiers/404", 404), ("/console/nulle/part", 404)):
        answer = client.get(address)
        assert answer.status_code == status
        assert 'class="topbar"' in answer.content.decode()


def test_a_get_never_changes_anything(doors, signed_in):
    client = signed_in(Role.ADMINISTRATOR)
    posts = {address for address, method, _allowed in DOORS if method == "post"} - {"/console/nouvelle"}
    assert {client.get(address.format(**doors)).status_code for address in posts} == {405}
