"""A thousand letters, and the worker killed with -9 in the middle, twice: each is delivered, none is lost."""

import email
import email.policy
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

MANY = 1000
FEW = 300  # over the network, where each letter takes a conversation

WRITE = """
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
    [Person(email=f"voisin{n}@voisine.example", language="fr") for n in range(MANY)])
Report.objects.bulk_create(
    [Report(number=f"26{n:08d}", case=case, service=case.service, place=case.place, person=person)
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
    assert run(f"MANY = {MANY}\n{WRITE}", own_city) == [str(MANY)]
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


class Murderous:
    """A mail server that keeps what it accepts, and kills the worker at chosen letters: before it has kept the letter,
    after it has kept it and before it says so, or just after it has said so."""

    def __init__(self):
        self.kept, self.witnessed, self.worker = [], set(), None
        self.plan = {40: "before", 110: "unsaid", 170: "before", 230: "unsaid"}

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        deed = self.plan.pop(len(self.kept), None)
        if deed != "before":
            self.kept.append(letter)
        if deed:
            self.worker.kill()
            self.worker.wait()
            self.witnessed.add(str(letter["Message-ID"]))
        return "250 2.0.0 Accepted"


@pytest.fixture
def murderer():
    server = Murderous()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()


def test_letters_by_smtp_survive_four_kills_in_mid_conversation(own_city, murderer):
    own_city["PARVIS_SMTP_URL"] = f"smtp://127.0.0.1:{murderer.port}"
    assert run(f"MANY = {FEW}\n{WRITE}", own_city) == [str(FEW)]
    until = time.monotonic() + 120
    while murderer.plan or len({letter["To"] for letter in murderer.kept}) < FEW:
        expire_leases(own_city)
        murderer.worker = subprocess.Popen([sys.executable, "-c", WORK], env=own_city, stderr=subprocess.DEVNULL)
        while murderer.worker.poll() is None and len({letter["To"] for letter in murderer.kept}) < FEW:
            assert time.monotonic() < until, f"{len(murderer.kept)} letters, still to come: {murderer.plan}"
            time.sleep(0.02)
    wait_for_the_books(own_city, many=FEW)
    murderer.worker.kill()
    murderer.worker.wait()

    states, jobs, ledger = run(COUNT, own_city)
    assert (states, jobs, ledger) == (str({"sent": FEW}), str({"done": FEW}), f"{FEW} 0")
    assert {str(letter["To"]) for letter in murderer.kept} == {f"voisin{n}@voisine.example" for n in range(FEW)}
    copies = Counter(str(letter["Message-ID"]) for letter in murderer.kept)
    assert len(copies) == FEW
    # Two threads: at each kill, the letter that the server saw and the other thread's may come again, as themselves.
    again = {name for name, count in copies.items() if count > 1}
    assert max(copies.values()) == 2
    assert len(again) <= 2 * 4
    assert len(again & murderer.witnessed) == 2  # those that were kept and not said


def expire_leases(env):
    """On PostgreSQL a killed worker's leases run out in a minute: don't wait for it."""
    run(
        "import django; django.setup()\n"
        "from parvis.shared.models import Job\n"
        "from django.utils import timezone\n"
        "Job.objects.filter(state='running').update(lease_until=timezone.now())",
        env,
    )


def wait_for_the_books(env, deadline_s=90, many=MANY):
    """The last files lie there a moment before their rows say so."""
    until = time.monotonic() + deadline_s
    while time.monotonic() < until:
        if run(COUNT, env)[1] == str({"done": many}):
            return
        time.sleep(0.5)
