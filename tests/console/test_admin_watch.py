"""Jobs, ledger and notices, as those who watch over the house see them."""

import pytest
from django.db import connection
from django.urls import reverse
from people import GERTRUDE, make_case, make_report, make_service, make_team
from tests.append_only import lifted

from parvis.ledger import chain
from parvis.ledger.models import Entry
from parvis.notices.models import Notice
from parvis.people.permissions import Role
from parvis.shared import clock
from parvis.shared.models import Job

pytestmark = pytest.mark.django_db


def a_dead_job(**fields):
    return Job.objects.create(
        task="parvis.notices.reactions.acknowledge", args=[7], state=Job.State.DEAD, attempts=8, run_at=clock.now(),
        enqueued_at=clock.now(), finished_at=clock.now(), error="smtplib.SMTPServerDisconnected", **fields,
    )  # fmt: skip


def test_a_dead_job_is_shown_with_its_error_and_replayed(signed_in):
    browser, job = signed_in(Role.SUPERVISOR), a_dead_job()
    page = browser.get(reverse("console:jobs")).content.decode()
    assert "smtplib.SMTPServerDisconnected" in page
    browser.post(reverse("console:replay_job", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.READY, 0)


def test_a_dead_job_is_discarded_once(signed_in):
    browser, job = signed_in(Role.SUPERVISOR), a_dead_job()
    browser.post(reverse("console:discard_job", args=[job.pk]))
    response = browser.post(reverse("console:replay_job", args=[job.pk]), follow=True)
    assert "n’est plus en échec" in response.content.decode()
    job.refresh_from_db()
    assert job.state == Job.State.DISCARDED
    assert browser.post(reverse("console:replay_job", args=[999_999])).status_code == 404


def test_queues_are_counted(signed_in):
    for queue in ("default", "mail", "mail"):
        Job.objects.create(task="x", queue=queue, run_at=clock.now(), enqueued_at=clock.now())
    assert signed_in(Role.SUPERVISOR).get(reverse("console:jobs")).context["queues"] == [
        ("default", 1, 0),
        ("mail", 2, 0),
    ]


def test_the_ledger_tells_a_case_by_its_tracking_number(signed_in):
    report = make_report()
    browser = signed_in(Role.SUPERVISOR)
    lines = browser.get(reverse("console:ledger"), {"sujet": report.spoken_number}).context["lines"]
    assert {line.entry.subject for line in lines} == {f"case:{report.case_id}"}


def test_the_ledger_names_who_acted(signed_in):
    browser = signed_in(Role.ADMINISTRATOR, name="Ada Ministre")
    service = make_service()
    browser.post(reverse("console:retire_service", args=[service.pk]))
    line = browser.get(reverse("console:ledger"), {"sujet": f"service:{service.pk}"}).context["lines"][0]
    assert (line.label, line.actor) == ("Service retiré du catalogue", "Ada Ministre")


def test_a_chain_that_holds_and_one_that_was_touched(signed_in):
    case, browser = make_case(), signed_in(Role.SUPERVISOR)
    query = {"sujet": f"case:{case.pk}", "verifier": "1"}
    assert browser.get(reverse("console:ledger"), query).context["breaks"] == []
    with lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET actor = 'agent:1' WHERE subject = %s", [f"case:{case.pk}"])
    response = browser.get(reverse("console:ledger"), query)
    assert {found.reason for found in response.context["breaks"]} == {chain.Reason.HASH}
    assert "est rompue" in response.content.decode()


@pytest.mark.parametrize("typed", ["26-0000-0000", "x", "case:", "case:1' OR 1=1", "\x00", "case:" + "9" * 400])
def test_a_subject_that_is_none_is_told(signed_in, typed):
    response = signed_in(Role.SUPERVISOR).get(reverse("console:ledger"), {"sujet": typed})
    assert response.status_code == (200 if typed == "\x00" else 400)


def test_the_ledger_pages_in_the_same_number_of_queries(signed_in, django_assert_max_num_queries):
    browser = signed_in(Role.SUPERVISOR)
    for _ in range(30):
        make_report()
    with django_assert_max_num_queries(16):
        first = browser.get(reverse("console:ledger")).context["page"]
    ids = [entry.pk for entry in first.rows]
    assert ids == list(Entry.objects.order_by("-pk").values_list("pk", flat=True)[:50])
    second = browser.get(reverse("console:ledger") + first.pager.next).context["page"]
    assert second.rows[0].pk < ids[-1]


def a_notice(report, **fields):
    return Notice.objects.create(
        entry=Entry.objects.earliest("pk"), key=f"1:{report.pk}", kind="acknowledgement", report=report,
        person=report.person, language="fr",
        recipient="gertrude@voisine.example", subject="Votre demande", body="…", queued_at=clock.now(), **fields,
    )  # fmt: skip


def test_notices_are_listed_with_their_state(signed_in):
    notice = a_notice(make_report(contact=GERTRUDE), state=Notice.State.FAILED, error="550 boîte pleine")
    browser = signed_in(Role.FIRST_LINE)
    assert "550 boîte pleine" in browser.get(reverse("console:notices")).content.decode()
    assert browser.get(reverse("console:notices"), {"etat": "failed"}).context["page"].rows == [notice]
    assert browser.get(reverse("console:notices"), {"etat": "sent"}).context["page"].rows == []
    assert browser.get(reverse("console:notices"), {"etat": "x"}).status_code == 400


def test_the_second_line_reads_the_notices_of_its_own_cases(signed_in):
    report = make_report(contact=GERTRUDE)
    a_notice(report)
    elsewhere = make_team("AILLEURS")
    assert signed_in(Role.SECOND_LINE, teams=(elsewhere,)).get(reverse("console:notices")).context["page"].rows == []
    ours = signed_in(Role.SECOND_LINE, department=report.case.department)
    assert len(ours.get(reverse("console:notices")).context["page"].rows) == 1
