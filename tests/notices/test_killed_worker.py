"""A thousand letters, and the worker killed with -9 in the middle, twice: each is delivered, none is lost."""

import email
import email.policy
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

MANY = 1000

WRITE = f"""
import django; django.setup()
from django.db import transaction
from parvis.cases.models import Case, Report
from parvis.ledger import context
from parvis.people.models import Person
from parvis.shared.jobs import run_until_empty
from tests.people import make_agent, make_case, make_team
from parvis.cases import workflow
from parvis.cases.workflow import Details

case = make_case()
people = Person.objects.bulk_create(
    [Person(email=f"voisin{{n}}@voisine.example", language="fr") for n in range({MANY})])
Report.objects.bulk_create(
    [Report(number=f"26{{n:08d}}", case=case, service=case.service, place=case.place, person=person)
     for n, person in enumerate(people)])
run_until_empty()  # nobody is acknowledged: the one report made by the door is anonymous
workflow.move(case.pk, "accepted", agent=make_agent("supervisor"), details=Details(team_id=make_team().pk))
run_until_empty(limit=1)
from parvis.notices.models import Notice
print(Notice.objects.filter(state="queued").count())
"""

WORK = """
import django; django.setup()
from parvis.shared.jobs import run_worker
run_worker(threads=2)
"""

COUNT = """
import django; django.setup()
from collections import Counter
from parvis.notices.models import Notice
from parvis.ledger import chain
from parvis.ledger.models import Entry
from parvis.shared.models import Job
print(dict(Counter(Notice.objects.values_list("state", flat=True))))
print(dict(Counter(Job.objects.filter(queue="mail").values_list("state", flat=True))))
print(Entry.objects.filter(kind="notice.sent").count(), len(list(chain.breaks())))
"""


def run(script, env):
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()


def letters_in(outbox):
    return list(outbox.glob("*.eml")) if outbox.exists() else []


def work_until(env, outbox, enough, deadline_s=180):
    """Start a worker process; return it once `enough` letters lie in the outbox."""
    worker = subprocess.Popen([sys.executable, "-c", WORK], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    until = time.monotonic() + deadline_s
    while len(letters_in(outbox)) < enough:
        assert worker.poll() is None, worker.stderr.read()[-3000:]
        assert time.monotonic() < until, f"only {len(letters_in(outbox))} letters"
        time.sleep(0.02)
    return worker


def test_a_thousand_letters_survive_two_kills(own_city):
    outbox = Path(own_city["PARVIS_DATA"]) / "outbox"
    assert run(WRITE, own_city) == [str(MANY)]
    for share in (200, 500):
        worker = work_until(own_city, outbox, share)
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
        assert len(letters_in(outbox)) < MANY

    expire_leases(own_city)
    last = work_until(own_city, outbox, MANY)
    wait_for_the_books(own_city)
    last.send_signal(signal.SIGKILL)
    last.communicate()

    states, jobs, ledger = run(COUNT, own_city)
    assert states == str({"sent": MANY})
    assert jobs == str({"done": MANY})
    sent, breaks = ledger.split()
    assert int(breaks) == 0
    assert int(sent) == MANY
    read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in letters_in(outbox)]
    assert len(read) == MANY
    assert Counter(message["To"] for message in read) == {f"voisin{n}@voisine.example": 1 for n in range(MANY)}
    assert len({message["Message-ID"] for message in read}) == MANY
    assert not list(outbox.glob("*.part"))


def expire_leases(env):
    """On PostgreSQL a killed worker's leases run out in a minute: don't wait for it."""
    run(
        "import django; django.setup()\n"
        "from parvis.shared.models import Job\n"
        "from django.utils import timezone\n"
        "Job.objects.filter(state='running').update(lease_until=timezone.now())",
        env,
    )


def wait_for_the_books(env, deadline_s=90):
    """The last files lie there a moment before their rows say so."""
    until = time.monotonic() + deadline_s
    while time.monotonic() < until:
        if run(COUNT, env)[1] == str({"done": MANY}):
            return
        time.sleep(0.5)
