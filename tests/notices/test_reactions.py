"""Who is told what, once, when something happens."""

from datetime import timedelta

import pytest
from tests.people import (
    GERTRUDE,
    OSCAR,
    PHILOMENE,
    TUESDAY_10H,
    make_agent,
    make_case,
    make_report,
    make_service,
    make_team,
)

from parvis.cases import joining, talking, workflow
from parvis.cases.workflow import Details
from parvis.ledger.models import Entry
from parvis.notices import preferences, reactions
from parvis.notices.models import Notice
from parvis.people import retention
from parvis.people.persons import ContactDetails
from parvis.shared import clock
from parvis.shared.jobs import run_until_empty
from parvis.shared.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_tuesday_morning():
    with clock.moved_to(TUESDAY_10H):
        yield


@pytest.fixture
def supervisor():
    return make_agent("supervisor")


def told():
    """What was queued since the beginning: kind, to whom, in which language."""
    return list(Notice.objects.order_by("pk").values_list("kind", "recipient", "language"))


def move(case_id, to, agent, **details):
    workflow.move(case_id, to, agent=agent, details=Details(**details))
    run_until_empty()


def test_a_report_is_acknowledged_in_the_persons_language():
    make_report(contact=GERTRUDE)
    make_report(contact=OSCAR, language="en")
    run_until_empty()
    assert told() == [("acknowledgement", GERTRUDE.email, "fr"), ("acknowledgement", OSCAR.email, "en")]
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize(
    "fields",
    [
        {},  # anonymous
        {"contact": PHILOMENE},  # phones, has no e-mail
        {"contact": GERTRUDE, "wants_notices": False},
    ],
)
def test_nobody_is_written_to_who_cannot_or_will_not_read(fields):
    make_report(**fields)
    run_until_empty()
    assert told() == []


def test_a_whole_life_is_told_step_by_step(supervisor):
    report = make_report(contact=GERTRUDE)
    run_until_empty()
    move(report.case_id, "accepted", supervisor, team_id=make_team().pk)
    move(report.case_id, "planned", supervisor, planned_for=clock.today() + timedelta(days=2))
    move(report.case_id, "in_progress", supervisor)
    move(report.case_id, "waiting", supervisor, reason="weather")
    move(report.case_id, "in_progress", supervisor)
    talking.reply(report.case_id, "Le camion est en route.", agent=supervisor)
    talking.note(report.case_id, "Pas de café.", agent=supervisor)
    run_until_empty()
    move(report.case_id, "closed", supervisor, outcome="repaired", sentence="Le trou est rempli.")
    workflow.reopen_for_resident(report.case_id)
    run_until_empty()
    assert [kind for kind, _to, _language in told()] == [
        "acknowledgement", "case_accepted", "case_planned", "case_started", "case_waiting", "case_started",
        "case_replied", "case_closed", "case_reopened",
    ]  # fmt: skip
    assert Notice.objects.exclude(subject__contains=report.spoken_number).count() == 0


def test_a_neighbour_who_joins_hears_how_many_they_are_and_gets_the_next_letter(supervisor):
    first = make_report(contact=GERTRUDE)
    second = make_report(contact=OSCAR, language="en", join_case_id=first.case_id)
    run_until_empty()
    joined = Notice.objects.get(kind="joined")
    assert (joined.recipient, joined.subject) == (
        OSCAR.email, f"Request {second.spoken_number}: 2 of you reported it",
    )  # fmt: skip
    move(first.case_id, "closed", supervisor, outcome="repaired", sentence="Le trou est rempli.")
    closing = Notice.objects.filter(kind="case_closed").order_by("pk")
    assert [(notice.recipient, notice.report) for notice in closing] == [(GERTRUDE.email, first), (OSCAR.email, second)]
    assert first.spoken_number in closing[0].subject
    assert second.spoken_number not in closing[0].body  # nobody learns another's number


def test_running_a_reaction_again_writes_nothing(supervisor):
    report = make_report(contact=GERTRUDE)
    make_report(contact=OSCAR, join_case_id=report.case_id)
    move(report.case_id, "closed", supervisor, outcome="repaired", sentence="Le trou est rempli.")
    before, jobs = told(), Job.objects.count()
    for entry in Entry.objects.filter(kind__in=("report.submitted", "report.joined")):
        reactions.acknowledge(entry.pk)
    reactions.tell_reporters(Entry.objects.get(kind="case.closed").pk)
    assert (told(), Job.objects.count()) == (before, jobs)


def test_running_it_again_after_somebody_joined_tells_nobody_twice(supervisor):
    report = make_report(contact=GERTRUDE)
    move(report.case_id, "accepted", supervisor, team_id=make_team().pk)
    make_report(contact=OSCAR, join_case_id=report.case_id)
    reactions.tell_reporters(Entry.objects.get(kind="case.accepted").pk)
    assert [line for line in told() if line[0] == "case_accepted"] == [("case_accepted", GERTRUDE.email, "fr")]


def test_somebody_who_reported_twice_is_told_once(supervisor):
    first = make_report(contact=GERTRUDE)
    make_report(contact=GERTRUDE, join_case_id=first.case_id)
    move(first.case_id, "accepted", supervisor, team_id=make_team().pk)
    assert Notice.objects.filter(kind="case_accepted").count() == 1
    assert Notice.objects.get(kind="case_accepted").report == first


def test_a_merge_brings_the_reporters_along(supervisor):
    one, other = make_report(contact=GERTRUDE), make_report(contact=OSCAR)
    joining.merge(other.case_id, one.case_id, agent=supervisor)
    move(one.case_id, "closed", supervisor, outcome="repaired", sentence="Le trou est rempli.")
    assert {line[1] for line in told() if line[0] == "case_closed"} == {GERTRUDE.email, OSCAR.email}


def test_a_letter_that_is_no_longer_true_is_not_written(supervisor):
    report = make_report(contact=GERTRUDE)
    run_until_empty()
    soon = clock.today() + timedelta(days=1)
    workflow.move(report.case_id, "accepted", agent=supervisor, details=Details(team_id=make_team().pk))
    workflow.move(report.case_id, "planned", agent=supervisor, details=Details(planned_for=soon))
    details = Details(outcome="repaired", sentence="Le trou est rempli.")
    workflow.move(report.case_id, "closed", agent=supervisor, details=details)
    run_until_empty()  # the mail was down all morning
    assert [kind for kind, _to, _language in told()] == ["acknowledgement", "case_closed"]


def test_one_click_is_one_letter(supervisor):
    report = make_report(contact=GERTRUDE)
    move(report.case_id, "waiting", supervisor, reason="third_party")
    with clock.moved_to(TUESDAY_10H + timedelta(days=3)):
        from parvis.ledger import context

        with context.acting(actor=f"agent:{supervisor.pk}", channel="console"):
            move(report.case_id, "in_progress", supervisor)
        assert Entry.objects.filter(kind="case.due_changed").count() == 1
    assert [kind for kind, _to, _language in told()] == ["acknowledgement", "case_waiting", "case_started"]


def test_a_new_promise_alone_is_told(supervisor):
    from parvis.cases import dispatch

    report = make_report(contact=GERTRUDE)
    slower = make_service("VOI-LEN", name_fr="Fissure", target_value=20)
    dispatch.change_service(report.case_id, slower.pk, agent=supervisor)
    run_until_empty()
    letter = Notice.objects.get(kind="case_due_changed")
    assert letter.subject == f"Demande {report.spoken_number}\xa0: la date visée a changé"
    assert "Sujet\xa0: Fissure" in letter.body


def test_silence_is_kept_even_for_what_was_queued(supervisor):
    report = make_report(contact=GERTRUDE)
    reactions.acknowledge(Entry.objects.get(kind="report.submitted").pk)
    assert preferences.stop(report)
    assert not preferences.stop(report)
    run_until_empty()
    move(report.case_id, "accepted", supervisor, team_id=make_team().pk)
    assert list(Notice.objects.values_list("kind", "state")) == [("acknowledgement", "dropped")]
    assert preferences.resume(report)
    move(report.case_id, "in_progress", supervisor)
    assert Notice.objects.order_by("pk").last().kind == "case_started"
    kinds = Entry.objects.filter(subject=f"report:{report.pk}").values_list("kind", flat=True)
    assert list(kinds) == ["report.submitted", "report.notices_stopped", "report.notices_resumed"]


def test_an_erased_person_is_written_to_no_more_and_no_letter_is_kept(supervisor):
    report = make_report(contact=GERTRUDE)
    run_until_empty()
    report2 = make_report(contact=GERTRUDE)
    reactions.acknowledge(Entry.objects.get(subject=f"report:{report2.pk}").pk)
    retention.erase(report.person)
    run_until_empty()
    assert list(Notice.objects.order_by("pk").values_list("recipient", "subject", "body", "state")) == [
        ("", "", "", "sent"), ("", "", "", "dropped"),
    ]  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_reporters(django_assert_max_num_queries, supervisor):
    case = make_case(contact=GERTRUDE)
    for n in range(12):
        make_report(contact=ContactDetails(email=f"voisin{n}@voisine.example"), join_case_id=case.pk)
    run_until_empty()
    workflow.move(case.pk, "accepted", agent=supervisor, details=Details(team_id=make_team().pk))
    entry = Entry.objects.get(kind="case.accepted")
    with django_assert_max_num_queries(9 + 13):  # one insert a job
        reactions.tell_reporters(entry.pk)
    assert Notice.objects.filter(kind="case_accepted").count() == 13


def test_the_ledger_says_that_mail_left_and_nothing_of_what_it_said():
    make_report(contact=GERTRUDE)
    run_until_empty()
    entry = Entry.objects.get(kind="notice.sent")
    notice = Notice.objects.get()
    assert entry.subject == f"notice:{notice.pk}"
    assert entry.data == {"kind_of_notice": "acknowledgement", "report_id": notice.report_id}
    assert entry.actor == "system"
