"""The case page: the story, exactly the permitted gestures, the context, and who may read what of it."""

import pytest
from people import (
    GERTRUDE,
    OSCAR,
    PHILOMENE,
    make_case,
    make_department,
    make_location,
    make_report,
    make_service,
    make_team,
)

from parvis.cases import dispatch, joining, talking, workflow
from parvis.cases.models import Case
from parvis.cases.states import State
from parvis.cases.workflow import Details
from parvis.catalogue.models import Question
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db


def show(client, case):
    return client.get(f"/console/dossiers/{case.pk}")


def offered(answer):
    offer = answer.context["offer"]
    return [gesture.code for gesture in (*offer.moves, *offer.words, *offer.others)]


def test_the_story_holds_every_word_and_when(signed_in):
    case = make_case(contact=OSCAR, description="A hole as deep as a soup pot", channel="app", language="en")
    make_report(join_case_id=case.pk, contact=GERTRUDE, description="Toujours là")
    agent = signed_in(Role.ADMINISTRATOR).agent
    talking.note(case.pk, "Même trou que l’an dernier", agent=agent)
    talking.reply(case.pk, "Une équipe passe jeudi", agent=agent)
    html = show(signed_in(), case).content.decode()
    numbers = [report.spoken_number for report in case.reports.all()]
    said = ["A hole as deep as a soup pot", "Toujours là", "Même trou", "Une équipe passe jeudi", "Dossier ouvert"]
    about = ["Oscar Featherby", "gertrude@voisine.example", "45, rue des Essais", "application"]
    for words in (*said, *about, *numbers):
        assert words in html, words


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("role", [Role.FIRST_LINE, Role.SECOND_LINE, Role.CREW, Role.PLANNER])
def test_exactly_the_moves_of_the_table_are_offered(role, state, signed_in):
    case, team = make_case(), make_team()
    closing = {"outcome": "repaired", "closed_at": case.opened_at} if state == State.CLOSED else {}
    Case.objects.filter(pk=case.pk).update(state=state, team=team, department=team.department, **closing)
    client = signed_in(role, teams=(team,))
    answer = show(client, case)
    arrows = [arrow.to for arrow in workflow.ARROWS if arrow.source == state and client.agent.may(arrow.permission)]
    assert [gesture.code for gesture in answer.context["offer"].moves] == arrows


def test_a_crew_sees_the_work_but_not_the_people(signed_in):
    team = make_team()
    case = make_case(contact=PHILOMENE, description="Devant la porte")
    dispatch.assign(case.pk, agent=signed_in(Role.ADMINISTRATOR).agent, team_id=team.pk)
    answer = show(signed_in(Role.CREW, teams=(team,)), case)
    html = answer.content.decode()
    assert "Devant la porte" in html
    assert "Philomène" not in html
    assert "555-0111" not in html
    assert offered(answer) == ["note"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_cost_does_not_grow_with_the_reports(rows, signed_in, django_assert_max_num_queries):
    service = make_service()
    Question.objects.create(service=service, key="voie", kind="text", label_fr="Quelle voie ?")
    case = make_case(contact=OSCAR, answers={"voie": "gauche"})
    make_case(contact=OSCAR)
    for n in range(1, rows):
        make_report(join_case_id=case.pk, contact=PHILOMENE, answers={"voie": str(n)})
        talking.note(case.pk, "Vu", agent=signed_in(Role.ADMINISTRATOR).agent)
        make_case(contact=PHILOMENE)
    talking.note(case.pk, "Vu", agent=signed_in(Role.ADMINISTRATOR).agent)
    client = signed_in()
    show(client, case)
    with django_assert_max_num_queries(60) as queries:
        show(client, case)
    QUERIES.setdefault("case", len(queries))
    assert len(queries) == QUERIES["case"]


QUERIES: dict[str, int] = {}


def test_a_hundred_reports_come_in_parts(signed_in):
    from parvis.console.views import case as view

    case = make_case(description="La première")
    for n in range(view.REPORTS_SHOWN + 1):
        make_report(join_case_id=case.pk, description=f"Encore {n}")
    client = signed_in()
    first = show(client, case)
    rest = client.get(f"/console/dossiers/{case.pk}?demandes={first.context['more_reports_after']}")
    assert (len(first.context["reports"]), len(rest.context["reports"])) == (50, 2)
    assert client.get(f"/console/dossiers/{case.pk}?demandes=%00").status_code == 200


def test_what_is_near_and_what_the_person_asked_before(signed_in):
    case = make_case(contact=PHILOMENE)
    near = make_case(location=make_location(lon=-71.22003))
    elsewhere = make_case(contact=PHILOMENE, location=make_location(lon=-71.3))
    answer = show(signed_in(), case)
    assert [one.case_id for one in answer.context["near"]] == [near.pk]
    assert [report.case_id for report in answer.context["same_person"]] == [elsewhere.pk]


def test_the_context_shows_only_the_cases_that_the_person_may_read(signed_in):
    team, other = make_team("ICI", make_department("ICI")), make_team("AILLEURS")
    case, hidden = make_case(contact=PHILOMENE), make_case(contact=PHILOMENE)
    boss = signed_in(Role.ADMINISTRATOR).agent
    dispatch.assign(case.pk, agent=boss, team_id=team.pk)
    dispatch.assign(hidden.pk, agent=boss, team_id=other.pk)
    answer = show(signed_in(Role.SECOND_LINE, teams=(team,)), case)
    assert (answer.context["near"], answer.context["same_person"]) == ([], [])


def test_what_the_public_sees_holds_no_internal_word(signed_in):
    case = make_case(contact=PHILOMENE)
    agent = signed_in(Role.ADMINISTRATOR).agent
    talking.note(case.pk, "Note à ne pas montrer", agent=agent)
    answer = show(signed_in(), case)
    html = answer.content.decode()
    preview = html[html.index("Ce que le public voit") :]
    assert "Rue des Essais" in preview
    assert "Note à ne pas montrer" not in preview
    assert "45, rue" not in preview


def test_a_merged_case_points_to_the_other_and_offers_no_move(signed_in):
    emptied, into = make_case(), make_case()
    joining.merge(emptied.pk, into.pk, agent=signed_in(Role.ADMINISTRATOR).agent)
    answer = show(signed_in(), emptied)
    assert offered(answer) == ["note"]
    assert f'href="/console/dossiers/{into.pk}"' in answer.content.decode()
    assert [merge.emptied_id for merge in show(signed_in(), into).context["merged_in"]] == [emptied.pk]


def test_an_emergency_is_cleared_by_a_supervisor(signed_in):
    service = make_service(emergency="screen", screen_question_fr="Quelqu’un est-il blessé ?")
    case = make_case(service=service, screen_answer="yes")
    assert "clear" not in offered(show(signed_in(), case))
    client = signed_in(Role.SUPERVISOR)
    assert "clear" in offered(show(client, case))
    assert client.post(f"/console/dossiers/{case.pk}/alerte").status_code == 302
    case.refresh_from_db()
    assert case.is_emergency is False


def test_a_closing_says_who_will_be_told(signed_in):
    case = make_case(contact=OSCAR)
    make_report(join_case_id=case.pk, contact=GERTRUDE)
    make_report(join_case_id=case.pk, contact=PHILOMENE)
    assert "2 personnes recevront ces mots" in show(signed_in(), case).content.decode()
    alone = make_case()
    assert "Personne n’a laissé de courriel" in show(signed_in(), alone).content.decode()


def test_hostile_words_are_shown_inert(signed_in):
    case = make_case(description="</p><script>alert(1)</script>\u202egnp.exe", contact=OSCAR)
    html = show(signed_in(), case).content.decode()
    assert "<script>alert" not in html
    assert "\u202e" not in html


def test_the_page_is_told_in_english_to_who_chose_it(signed_in):
    client = signed_in()
    client.cookies["parvis_language"] = "en"
    case = make_case()
    workflow.move(case.pk, "accepted", agent=client.agent, details=Details(team_id=make_team().pk))
    html = show(client, case).content.decode()
    assert "What the public sees" in html
    assert "Pothole" in html
    assert "Gestes" not in html
