from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from people import GERTRUDE, TUESDAY_10H, make_agent, make_case, make_location, make_service, make_team

from parvis.cases import bulk, dispatch, queues
from parvis.cases.models import Case
from parvis.cases.queues import Filters
from parvis.people.permissions import Role
from parvis.shared import clock

pytestmark = pytest.mark.django_db


def ids(agent, **filters):
    return [case.pk for case in queues.page(agent, Filters(**filters)).rows]


def test_filters_combine_with_words():
    agent = make_agent()
    case = make_case(description="Profond comme une marmite")
    other = make_case(service=make_service("ECL", name_fr="Lampadaire éteint"), description="Marmite à côté")
    assert ids(agent, text="marmites", order="newest") == [other.pk, case.pk]
    assert ids(agent, text="marm", service_id=case.service_id) == [case.pk]
    assert ids(agent, text="lampadaires eteints") == [other.pk]
    assert ids(agent, text="trottoir") == []


@pytest.mark.parametrize(
    "typed", ["'", '"', "a OR b", "NEAR(x)", "*", "(", "\x00", "x" * 10_000, "<script>", "é" * 50, "🙂"]
)
def test_no_word_breaks_the_search(typed):
    make_case()
    ids(make_agent(), text=typed)


def test_a_number_and_a_street_find_their_case():
    agent, case = make_agent(), make_case(location=make_location(label="12, avenue des Érables"))
    make_case()
    number = case.reports.get().spoken_number
    assert ids(agent, text=number) == [case.pk]
    assert ids(agent, text="erable") == [case.pk]


def test_pages_follow_one_another_without_a_gap():
    """Even between cases of one moment, and on into those that are owed by no date."""
    agent, promised_nothing = make_agent(), make_service("INF-GEN", target_unit="immediate", target_value=0)
    undated = [make_case(service=promised_nothing).pk for _ in range(3)]
    with clock.moved_to(TUESDAY_10H):
        dated = [make_case().pk for _ in range(4)]
    in_order = {"due": dated + undated, "newest": undated[::-1] + dated[::-1]}
    for order, expected in in_order.items():
        seen, after = [], None
        while True:
            page = queues.page(agent, Filters(order=order), after=after, size=3)
            seen += [case.pk for case in page.rows]
            after = page.next_cursor
            if after is None:
                break
        assert seen == expected


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(rows, django_assert_num_queries):
    agent = make_agent()
    for _ in range(rows):
        make_case(contact=GERTRUDE)
    with django_assert_num_queries(1):
        for case in queues.page(agent, Filters()).rows:
            str((case.service, case.place, case.team, case.assignee))


def test_what_is_late_is_counted_and_a_paused_clock_is_not():
    agent = make_agent()
    with clock.moved_to(TUESDAY_10H):
        case = make_case()
    with clock.moved_to(TUESDAY_10H + timedelta(days=60)):
        assert {q.code: q.overdue for q in queues.counts_for(agent)}["open"] == 1
        case.clock_paused_at = clock.now()
        case.save()
        assert ids(agent, queue="overdue") == []


def test_a_crew_sees_the_cases_of_its_team_and_no_other():
    make_team("VOI-OUEST")
    team = make_team()
    crew = make_agent(Role.CREW, teams=(team,))
    case, _other = make_case(), make_case()
    dispatch.assign(case.pk, agent=make_agent(), team_id=team.pk)
    assert ids(crew) == [case.pk]


def test_bulk_assignment_can_be_undone():
    cases = [make_case(), make_case()]
    boss, team = make_agent(Role.SUPERVISOR), make_team()
    result = bulk.assign([case.pk for case in cases], agent=boss, team_id=team.pk)
    assert [case.team for case in bulk.preview([c.pk for c in cases], agent=boss)] == [team, team]
    bulk.undo(result.done, agent=boss)
    assert [case.team for case in bulk.preview([c.pk for c in cases], agent=boss)] == [None, None]


def test_the_database_holds_that_only_a_closed_case_has_a_date_of_closing():
    case = make_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(closed_at=clock.now())
    assert list(Case.objects.open()) == [case]
