"""One gesture on many cases: seen first, done, taken back."""

import pytest
from people import make_case as open_case
from people import make_department, make_service, make_team

from parvis.cases import dispatch, joining
from parvis.cases.models import Case
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db


def make_case():
    """A case that no rule routes: its direction has no team."""
    return open_case(service=make_service("RARE", department=make_department("VIDE")))


def teams_of(cases):
    return [Case.objects.get(pk=case.pk).team for case in cases]


def test_the_preview_says_how_many_and_what_would_change(signed_in):
    client, old, new = signed_in(Role.SUPERVISOR), make_team("VIEUX"), make_team("NEUF", name_fr="Équipe neuve")
    cases = [make_case() for _ in range(3)]
    dispatch.assign(cases[0].pk, agent=client.agent, team_id=new.pk)
    dispatch.assign(cases[1].pk, agent=client.agent, team_id=old.pk)
    answer = client.post("/console/lot/apercu", {"case": [case.pk for case in cases], "to": new.pk})
    html = answer.content.decode()
    assert "Confier 3 dossiers" in html
    assert "1 dossier y est déjà" in html
    assert teams_of(cases) == [new, old, None]


def test_doing_and_taking_back(signed_in):
    client, old, new = signed_in(Role.SUPERVISOR), make_team("VIEUX"), make_team("NEUF")
    cases = [make_case() for _ in range(3)]
    for case in cases:
        dispatch.assign(case.pk, agent=client.agent, team_id=old.pk)
    done = client.post("/console/lot", {"case": [case.pk for case in cases], "to": new.pk}, follow=True)
    assert "3 dossiers confiés" in done.content.decode()
    assert teams_of(cases) == [new, new, new]
    back = client.post("/console/lot/annuler", follow=True)
    assert "3 dossiers sont revenus" in back.content.decode()
    assert teams_of(cases) == [old, old, old]
    assert "rien à annuler" in client.post("/console/lot/annuler", follow=True).content.decode()


def test_taking_back_spares_what_a_colleague_changed_since(signed_in):
    client, old, new, third = signed_in(Role.SUPERVISOR), make_team("VIEUX"), make_team("NEUF"), make_team("TIERS")
    cases = [make_case() for _ in range(2)]
    for case in cases:
        dispatch.assign(case.pk, agent=client.agent, team_id=old.pk)
    client.post("/console/lot", {"case": [case.pk for case in cases], "to": new.pk})
    dispatch.assign(cases[0].pk, agent=signed_in(Role.SUPERVISOR).agent, team_id=third.pk)
    back = client.post("/console/lot/annuler", follow=True).content.decode()
    assert "1 dossier est revenu" in back
    assert "1 a changé depuis" in back
    assert teams_of(cases) == [third, old]


def test_a_case_that_had_no_team_has_none_again(signed_in):
    client, team, case = signed_in(Role.SUPERVISOR), make_team(), make_case()
    client.post("/console/lot", {"case": [case.pk], "to": team.pk})
    assert teams_of([case]) == [team]
    client.post("/console/lot/annuler")
    assert teams_of([case]) == [None]


def test_nothing_ticked_says_so(signed_in):
    answer = signed_in(Role.SUPERVISOR).post("/console/lot/apercu", {}, follow=True)
    assert "Cochez d’abord" in answer.content.decode()


FORGED = [
    {"case": ["abc"]},
    {"case": ["-1"]},
    {"case": ["1" * 30]},
    {"case": list(range(1, 300))},
    {"to": "abc"},
    {"to": "1-2-3"},
    {"to": ""},
]


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_gesture_changes_nothing(forged, signed_in):
    client, case, team = signed_in(Role.SUPERVISOR), make_case(), make_team()
    answer = client.post("/console/lot", {"case": [case.pk], "to": str(team.pk)} | forged)
    assert answer.status_code == 400
    assert teams_of([case]) == [None]


def test_cases_of_others_and_merged_ones_are_left_alone(signed_in):
    team = make_team()
    mine, merged, into, theirs = (make_case() for _ in range(4))
    boss = signed_in(Role.ADMINISTRATOR).agent
    for case in (mine, merged, into):
        dispatch.assign(case.pk, agent=boss, team_id=team.pk)
    joining.merge(merged.pk, into.pk, agent=boss)
    Case.objects.filter(pk=theirs.pk).update(department=None)
    client, target = signed_in(Role.SECOND_LINE, teams=(team,)), make_team("NEUF")
    ids = [mine.pk, merged.pk, theirs.pk]
    preview = client.post("/console/lot/apercu", {"case": ids, "to": target.pk})
    assert ([case.pk for case in preview.context["rows"]], preview.context["missing"]) == ([mine.pk], 2)
    client.post("/console/lot", {"case": ids, "to": target.pk})
    assert teams_of([mine, merged, theirs]) == [target, team, None]
