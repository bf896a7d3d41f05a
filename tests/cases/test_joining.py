import pytest
from people import GERTRUDE, OSCAR, make_agent, make_case, make_location, make_report

from parvis.cases import joining, nearby
from parvis.cases.errors import CannotJoin, NotFoundOrNotYours
from parvis.ledger import chain
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db


def test_a_merge_moves_every_report_and_its_undoing_moves_them_back():
    agent = make_agent()
    lamp, same_lamp = make_case(contact=GERTRUDE), make_case(contact=OSCAR)
    make_report(join_case_id=same_lamp.pk)
    made = joining.merge(same_lamp.pk, lamp.pk, agent=agent)
    lamp.refresh_from_db(), same_lamp.refresh_from_db()
    assert (lamp.reports_count, same_lamp.reports_count, same_lamp.merged_into) == (3, 0, lamp)
    make_report(join_case_id=same_lamp.pk)  # arrives late by the old address: lands in the standing case
    joining.undo(made.pk, agent=agent)
    lamp.refresh_from_db(), same_lamp.refresh_from_db()
    assert (lamp.reports_count, same_lamp.reports_count, same_lamp.merged_into) == (2, 2, None)
    assert list(chain.breaks()) == []


def test_what_cannot_be_merged_is_told():
    agent = make_agent()
    one, two, three = make_case(), make_case(), make_case()
    with pytest.raises(CannotJoin):
        joining.merge(one.pk, one.pk, agent=agent)
    made = joining.merge(one.pk, two.pk, agent=agent)
    with pytest.raises(CannotJoin):
        joining.merge(one.pk, three.pk, agent=agent)
    with pytest.raises(CannotJoin):
        joining.merge(three.pk, one.pk, agent=agent)
    joining.undo(made.pk, agent=agent)
    with pytest.raises(CannotJoin):
        joining.undo(made.pk, agent=agent)
    with pytest.raises(NotFoundOrNotYours):
        joining.merge(one.pk, 10**9, agent=agent)
    with pytest.raises(NotFoundOrNotYours):
        joining.merge(one.pk, two.pk, agent=make_agent(Role.PLANNER))


def test_one_report_is_taken_out_into_a_case_of_its_own():
    case = make_case()
    other = make_report(join_case_id=case.pk)
    own = joining.separate(other.pk, agent=make_agent())
    case.refresh_from_db(), own.refresh_from_db()
    assert (case.reports_count, own.reports_count) == (1, 1)
    with pytest.raises(CannotJoin):
        joining.separate(other.pk, agent=make_agent())


def test_near_and_recent_cases_are_proposed_nearest_first():
    here = make_case()
    close = make_case(location=make_location(lon=-71.2202))
    make_case(location=make_location(lon=-71.2300))
    found = nearby.similar(here.service, -71.22, 46.81)
    assert [one.case_id for one in found] == [here.pk, close.pk]
    assert 14 < found[1].distance_m < 16
