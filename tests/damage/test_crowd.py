"""Eight people at once, staff at work meanwhile, letters leaving: everyone gets their number, and only one each."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from functools import partial
from threading import Barrier, Event
from typing import Any

import pytest
from tests.damage.visiting import Visitor, number_on

EIGHT, THREE = 8, 3


def at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run all of them in threads that start together."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        start.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def state_of(house, numbers: list[str]) -> dict[str, Any]:
    return house.ask(f"""
from parvis.cases.models import Report
from parvis.notices.models import Notice
from parvis.shared.models import Job
reports = list(Report.objects.filter(number__in={numbers!r}))
print(json.dumps({{
    "reports": len(reports), "cases": len({{r.case_id for r in reports}}),
    "people": len({{r.person_id for r in reports}}),
    "acknowledged": Notice.objects.filter(report__in=reports, kind="acknowledgement", state="sent").count(),
    "unsent": Notice.objects.filter(report__in=reports).exclude(state="sent").count(),
    "unfinished": Job.objects.exclude(state="done").count(),
}}))""")


def take_in_hand(house, role: str, stop: Event) -> int:
    """One of the staff takes what comes in, case after case, until told to stop. Returns how many they moved."""
    agent, moved = house.staff(role), 0
    while not stop.is_set():
        queue = agent.open("/console/files/unassigned?order=newest")
        assert queue.status == 200
        links = [part.partition('"')[0] for part in queue.text.split('href="/console/dossiers/')[1:]]
        for case in dict.fromkeys(link for link in links if link.isdigit()):
            page = agent.open(f"/console/dossiers/{case}")
            version = page.hidden().get("accepted-version")
            if version is None:
                continue
            answer = agent.post(
                f"/console/dossiers/{case}/etat/accepted",
                {"accepted-version": version, "accepted-team": str(house.made["team"])},
            )
            assert answer.status in (200, 409), answer.said
            moved += answer.status == 200
    return moved


@pytest.fixture
def busy_staff(house):
    """Two agents who move cases as long as the test lasts, after which they must both have done something."""
    stop = Event()
    with ThreadPoolExecutor(2) as pool:
        work = [pool.submit(take_in_hand, house, role, stop) for role in ("first_line", "supervisor")]
        yield
        stop.set()
        assert sum(one.result() for one in work) > 0


def write_three(house, n: int) -> list[str]:
    """One resident, three reports, one after the other, each on its own street corner of the city."""
    visitor = house.visitor()
    return [
        visitor.report(address=f"{1 + (n * THREE + k) % 98}, rue des Essais", courriel=f"foule{n}@voisine.example",
                       avis="on", description=f"Foule {n}, trou {k}")
        for k in range(THREE)
    ]  # fmt: skip


def test_eight_writers_at_once_get_a_number_each(house, busy_staff):
    lists = at_once([lambda n=n: write_three(house, n) for n in range(EIGHT)])
    numbers = [number for each in lists for number in each]
    assert len(set(numbers)) == EIGHT * THREE

    state = wait_for(lambda: state_of(house, numbers), lambda state: state["acknowledged"] == len(numbers))
    counted = {name: state[name] for name in ("reports", "cases", "people", "acknowledged")}
    assert counted == {"reports": 24, "cases": 24, "people": 8, "acknowledged": 24}
    letters = letters_in(house)
    assert len(letters) == len({letter["Message-ID"] for letter in letters})
    received = Counter(str(letter["To"]) for letter in letters if numbers_told(letter) & set(numbers))
    assert min(received[f"foule{n}@voisine.example"] for n in range(EIGHT)) >= THREE
    verified = house.parvis("ledger", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def wait_for(ask: Callable[[], Any], enough: Callable[[Any], bool], within_s: float = 30) -> Any:
    until = time.monotonic() + within_s
    while not enough(found := ask()) and time.monotonic() < until:
        time.sleep(0.3)
    return found


def letters_in(house) -> list[EmailMessage]:
    files = (house.data / "outbox").rglob("*.eml")
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]


def numbers_told(letter: EmailMessage) -> set[str]:
    return {"".join(found) for found in re.findall(r"(\d\d)-(\d{4})-(\d{4})", letter.get_content())}


def test_the_button_pressed_twice_in_the_same_instant_makes_one_report(house):
    for n in range(4):
        resident = house.visitor()
        page = resident.walk_to("verification")
        twins = [Visitor(house.url, cookies=dict(resident.cookies)) for _ in range(2)]
        pages = at_once([partial(twin.send, page) for twin in twins])
        numbers = {number_on(answer) for answer in pages}
        assert len(numbers) == 1, n
        assert state_of(house, list(numbers))["reports"] == 1


def test_the_same_key_sent_eight_times_at_once_by_a_machine_makes_one_report(house):
    form = b"service_code=VOI-NID&lat=46.81&long=-71.22&description=Machine"

    def post() -> tuple[int, bytes]:
        answer = house.visitor().ask(
            "POST", "/open311/v2/requests.json", form, Content_Type="application/x-www-form-urlencoded",
            Idempotency_Key="huit-fois",
        )  # fmt: skip
        return answer.status, answer.body

    answers = at_once([post] * EIGHT)
    assert len(set(answers)) == 1
    assert answers[0][0] in (200, 201)


def test_two_agents_who_take_the_same_case_at_once_make_one_move(house):
    number = house.visitor().report()
    case = house.ask(f"""
from parvis.cases.models import Report
print(json.dumps(Report.objects.get(number={number!r}).case_id))""")
    agents = [house.staff("first_line"), house.staff("supervisor")]
    form = {"accepted-version": "1", "accepted-team": str(house.made["team"])}
    answers = at_once([lambda a=agent: a.post(f"/console/dossiers/{case}/etat/accepted", form) for agent in agents])
    assert sorted(answer.status for answer in answers) == [200, 409]
    assert (
        house.ask(f"""
from parvis.ledger.models import Entry
print(json.dumps(Entry.objects.filter(subject="case:{case}", kind="case.accepted").count()))""")
        == 1
    )
