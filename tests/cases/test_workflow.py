from datetime import date, timedelta

import pytest
from people import TUESDAY_10H, make_agent, make_case, make_team

from parvis.cases import workflow
from parvis.cases.errors import IllegalMove, MissingDetail, NotFoundOrNotYours, StaleVersion
from parvis.cases.states import State
from parvis.cases.workflow import ARROWS, Details, move
from parvis.ledger.models import Entry
from parvis.people.permissions import Role
from parvis.shared import clock

pytestmark = pytest.mark.django_db
DONE = Details(outcome="repaired", sentence="Le trou est bouché.")


def details_for(arrow, team):
    return Details(
        team_id=team.pk, planned_for=date(2030, 1, 7), reason="weather", outcome="repaired", sentence="Fait."
    )


def test_the_main_road_from_received_to_repaired():
    team, agent = make_team(), make_agent()
    with clock.moved_to(TUESDAY_10H):
        case = make_case()
        move(case.pk, State.ACCEPTED, agent=agent, details=Details(team_id=team.pk))
        move(case.pk, State.PLANNED, agent=agent, details=Details(planned_for=date(2026, 3, 12)))
        move(case.pk, State.IN_PROGRESS, agent=agent)
        case = move(case.pk, State.CLOSED, agent=agent, details=DONE)
    assert (case.state, case.outcome, case.outcome_sentence) == ("closed", "repaired", "Le trou est bouché.")
    kinds = Entry.objects.filter(subject=f"case:{case.pk}").order_by("version").values_list("kind", flat=True)
    assert list(kinds) == ["case.opened", "case.accepted", "case.planned", "case.started", "case.closed"]


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_every_arrow_is_refused_to_the_roles_that_may_not(role):
    team = make_team()
    agent = make_agent(role, teams=(team,), department=team.department)
    boss = make_agent(Role.ADMINISTRATOR)
    for arrow in ARROWS:
        case = make_case()
        case.state, case.team, case.department = arrow.source, team, team.department
        if arrow.source == State.CLOSED:
            case.outcome, case.closed_at = "repaired", clock.now()
        case.save()
        if agent.may(arrow.permission):
            moved = move(case.pk, arrow.to, agent=agent, details=details_for(arrow, team))
            assert moved.state == arrow.to
        else:
            with pytest.raises((IllegalMove, NotFoundOrNotYours)):
                move(case.pk, arrow.to, agent=agent, details=details_for(arrow, team))
            case.refresh_from_db()
            assert case.state == arrow.source
            assert move(case.pk, arrow.to, agent=boss, details=details_for(arrow, team)).state == arrow.to


def test_every_move_outside_the_table_is_illegal():
    boss, team = make_agent(Role.ADMINISTRATOR), make_team()
    allowed = {(arrow.source, arrow.to) for arrow in ARROWS}
    for source in State:
        for to in [*State, "exploded", ""]:
            if (source, to) in allowed:
                continue
            case = make_case()
            case.state = source
            if source == State.CLOSED:
                case.outcome, case.closed_at = "repaired", clock.now()
            case.save()
            before = Entry.objects.count()
            with pytest.raises(IllegalMove):
                move(case.pk, to, agent=boss, details=details_for(None, team))
            assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("to", "details", "field"),
    [
        (State.CLOSED, Details(sentence="Fait."), "outcome"),
        (State.CLOSED, Details(outcome="repaired", sentence=" \x00 "), "sentence"),
        (State.CLOSED, Details(outcome="not_ours", sentence="Ce poteau n’est pas à nous."), "party"),
        (State.CLOSED, Details(outcome="repaired", sentence="x" * 1001), "sentence"),
        (State.ACCEPTED, Details(), "team"),
        (State.ACCEPTED, Details(team_id=999_999), "team"),
        (State.WAITING, Details(reason="boredom"), "reason"),
    ],
)
def test_a_move_asks_for_what_it_needs(to, details, field):
    case = make_case()
    case.team = None
    case.save()
    with pytest.raises(MissingDetail) as refusal:
        move(case.pk, to, agent=make_agent(), details=details)
    assert refusal.value.field == field
    case.refresh_from_db()
    assert case.state == State.RECEIVED


def test_a_planned_date_cannot_be_past():
    case = make_case()
    agent = make_agent()
    move(case.pk, State.ACCEPTED, agent=agent, details=Details(team_id=make_team().pk))
    with pytest.raises(MissingDetail):
        move(case.pk, State.PLANNED, agent=agent, details=Details(planned_for=clock.today() - timedelta(days=1)))


def test_a_stale_save_is_refused_with_the_current_case():
    case = make_case()
    agent = make_agent()
    move(case.pk, State.ACCEPTED, agent=agent, version=case.version, details=Details(team_id=make_team().pk))
    with pytest.raises(StaleVersion) as refusal:
        move(case.pk, State.CLOSED, agent=agent, version=case.version, details=DONE)
    assert refusal.value.current.state == State.ACCEPTED


def test_waiting_on_the_resident_gives_the_time_back():
    team, agent = make_team(), make_agent()
    with clock.moved_to(TUESDAY_10H):
        case = make_case()
        due = case.due_at
        move(case.pk, State.ACCEPTED, agent=agent, details=Details(team_id=team.pk))
        move(case.pk, State.WAITING, agent=agent, details=Details(reason="resident"))
    with clock.moved_to(TUESDAY_10H + timedelta(days=7)):
        case = move(case.pk, State.IN_PROGRESS, agent=agent)
    assert case.due_at - due == timedelta(days=7)
    assert Entry.objects.filter(subject=f"case:{case.pk}", kind="case.due_changed").count() == 1


def test_waiting_on_the_weather_keeps_the_promise():
    team, agent = make_team(), make_agent()
    with clock.moved_to(TUESDAY_10H):
        case = make_case()
        due = case.due_at
        move(case.pk, State.ACCEPTED, agent=agent, details=Details(team_id=team.pk))
        move(case.pk, State.WAITING, agent=agent, details=Details(reason="weather"))
    with clock.moved_to(TUESDAY_10H + timedelta(days=2)):
        assert move(case.pk, State.IN_PROGRESS, agent=agent).due_at == due


def test_a_resident_reopens_within_thirty_days_and_not_after():
    agent = make_agent()
    with clock.moved_to(TUESDAY_10H):
        case = move(make_case().pk, State.CLOSED, agent=agent, details=DONE)
    with clock.moved_to(TUESDAY_10H + timedelta(days=31)), pytest.raises(IllegalMove):
        workflow.reopen_for_resident(case.pk)
    with clock.moved_to(TUESDAY_10H + timedelta(days=29)):
        assert workflow.reopen_for_resident(case.pk).state == State.RECEIVED


def test_the_second_line_of_another_department_finds_nothing():
    from people import make_department

    stranger = make_agent(Role.SECOND_LINE, department=make_department("EAU"))
    with pytest.raises(NotFoundOrNotYours):
        move(make_case().pk, State.ACCEPTED, agent=stranger, details=Details(team_id=make_team().pk))
