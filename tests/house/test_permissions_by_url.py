"""Every door × every role, knocked at: who comes in, who is refused, and what a refusal leaves unchanged."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from people import GERTRUDE, make_agent, make_report, make_service, make_team
from tests.house.table_of_doors import MACHINE, PERSON, PUBLIC, TABLE

from parvis.cases import photos
from parvis.cases.models import Merge, Report
from parvis.catalogue.models import Calendar, ExceptionalDay, Question, RoutingRule
from parvis.ledger.models import Entry
from parvis.people.permissions import GRANTS, Role
from parvis.shared import clock
from parvis.shared.models import Job

pytestmark = pytest.mark.django_db
ANONYMOUS = "nobody"
SIGN_IN = "/console/entrer"
ON_CASES = {"queue", "search", "search_as_you_type"}  # lists of cases: for whoever may read any
# Doors on one case: whoever may not read that case hears "not found", whatever else their role allows.
ON_A_CASE = {
    "case", "move", "draft", "drop_draft", "presence", "photo", "assign", "service", "place", "clear_emergency",
    "publish_photo", "merge", "unmerge", "separate", "reply", "note", "registered",
}  # fmt: skip
NOTHING_THERE = {"open311:anything_else", "portal:logo"}  # in this sample


@dataclass(frozen=True)
class Door:
    takes: tuple[str, ...]  # the arguments of its address
    audience: str


def doors(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, Door]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(pattern, pattern.namespace or namespace)
            continue
        takes = pattern.pattern.converters or pattern.pattern.regex.groupindex
        name = f"{namespace}:{pattern.name}" if namespace else str(pattern.name)
        yield name, Door(tuple(takes), getattr(pattern.callback, "audience", "none"))


DOORS = dict(doors())


@pytest.fixture(scope="module", autouse=True)
def static_folder() -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that isn't there


def a_picture() -> BytesIO:
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (4, 3)).save(file, "JPEG")
    file.seek(0)
    return file


@pytest.fixture
def sample() -> dict[str, Any]:
    """A value for each argument that a door takes: one of everything, in a team that nobody of the cast belongs to."""
    team = make_team()
    service = make_service()
    report = make_report(service=service, contact=GERTRUDE)
    other = make_report(service=service)
    calendar = Calendar.objects.create(code="ville", name_fr="Ville", hours={"0": [["08:00", "19:00"]]})
    now = clock.now()
    merge = Merge.objects.create(emptied=other.case, into=report.case, report_ids=[other.pk], at=now)
    photo = photos.keep_aside(a_picture())
    with transaction.atomic():
        photos.attach([photo.pk], case=report.case, report=report)
    job = Job.objects.create(task="x", state=Job.State.DEAD, run_at=now, enqueued_at=now, finished_at=now)
    return {
        "case_id": report.case_id, "report_id": report.pk, "number": report.number, "secret": report.secret,
        "merge_id": merge.pk, "photo_id": photo.pk, "size": "small", "to": "accepted", "code": "all",
        "category_id": service.category_id, "service_id": service.pk,
        "question_id": Question.objects.create(service=service, key="x", kind="text", label_fr="Quoi ?").pk,
        "rule_id": RoutingRule.objects.create(service=service, team=team).pk, "calendar_id": calendar.pk,
        "day_id": ExceptionalDay.objects.create(calendar=calendar, day=date(2026, 1, 2), reason_fr="Neige").pk,
        "agent_id": make_agent(Role.CREW).pk, "department_id": team.department_id, "team_id": team.pk,
        "job_id": job.pk, "token": "made-up", "rest": "nulle/part", "extension": "json", "z": 12, "x": 1237, "y": 1445,
    }  # fmt: skip


def address(name: str, sample: dict[str, Any], **instead: Any) -> str:
    if name == "open311:service":
        instead = {"code": "VOI-NID"} | instead
    return reverse(name, kwargs={argument: (sample | instead)[argument] for argument in DOORS[name].takes})


@pytest.fixture(params=[ANONYMOUS, *Role.values])
def who(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def client(who: str) -> Client:
    """The browser of somebody with this role, who belongs to no team."""
    client = Client()
    if who != ANONYMOUS:
        client.force_login(make_agent(who))
    return client


def knock(client: Client, method: str, path: str) -> tuple[str, bool]:
    """What is heard at a door, and whether something changed; all of it is undone afterwards."""
    with transaction.atomic():
        before = _traces()
        response = getattr(client, method)(path, {"version": "1"})
        answer = heard(response), _traces() != before
        transaction.set_rollback(True)
    return answer


def heard(response: Any) -> str:
    """What an answer says about who may pass."""
    if response.status_code == 302 and response.url.startswith(f"{SIGN_IN}?"):
        return "sign in first"
    return {403: "refused", 404: "not found", 405: "not so", 500: "broken"}.get(response.status_code, "come in")


def expected(name: str, who: str) -> str:
    audience, short = TABLE[name], name.removeprefix("console:")
    if name == "portal:photo":  # of a case, and nobody has looked at it yet: staff who read the case may
        return "come in" if "case.read" in GRANTS.get(who, ()) else "not found"
    if audience in (PUBLIC, PERSON, MACHINE):
        return "come in"
    if who == ANONYMOUS:
        return "sign in first"
    if audience not in GRANTS[who] or (short in ON_CASES and not GRANTS[who] & {"case.read", "case.read_own"}):
        return "refused"
    return "not found" if short == "unknown" or (short in ON_A_CASE and "case.read" not in GRANTS[who]) else "come in"


def fitting(name: str, who: str) -> set[str]:
    """The answers that are right. Whoever may pass may still hear that a door takes only the other method."""
    wanted = expected(name, who)
    if wanted == "come in" and name in NOTHING_THERE:
        return {"not found"}
    is_kept_by_the_door = wanted in ("refused", "sign in first") and name.removeprefix("console:") not in ON_CASES
    return {wanted} if is_kept_by_the_door else {wanted, "not so"}


def test_every_door_has_a_line_in_the_table() -> None:
    assert set(DOORS) == set(TABLE)


def test_the_code_declares_what_the_table_says() -> None:
    declared = {name: door.audience.removeprefix("agent(").rstrip(")") for name, door in DOORS.items()}
    assert declared == TABLE


def test_who_comes_in_by_reading(who: str, client: Client, sample: dict[str, Any]) -> None:
    answers = {name: knock(client, "get", address(name, sample))[0] for name in TABLE}
    assert {name: said for name, said in answers.items() if said not in fitting(name, who)} == {}


def test_who_comes_in_by_writing_and_the_refused_change_nothing(
    who: str, client: Client, sample: dict[str, Any]
) -> None:
    guarded = [name for name, audience in TABLE.items() if "." in audience]
    answers = {name: knock(client, "post", address(name, sample)) for name in guarded}
    if who != ANONYMOUS and "case.work" not in GRANTS[who] and answers["console:move"] == ("refused", False):
        del answers["console:move"]  # reads the case, moves nothing
    wrong = {name: said for name, (said, _) in answers.items() if said not in fitting(name, who)}
    changed = {name: said for name, (said, has_changed) in answers.items() if has_changed and said != "come in"}
    assert (wrong, changed) == ({}, {})


def test_what_only_a_press_may_do_answers_no_reading(sample: dict[str, Any]) -> None:
    """A door that says "not so" to a GET is one that changes something: whoever isn't let in must hear it before."""
    client = Client()
    client.force_login(make_agent(Role.ADMINISTRATOR))
    for name in TABLE:
        said, has_changed = knock(client, "get", address(name, sample))
        assert (name, has_changed) == (name, False)
        assert (name, said) != (name, "broken")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_made_up_id_finds_nothing(method: str, sample: dict[str, Any]) -> None:
    made_up = {key: 987_654_321 for key in sample if key.endswith("_id")} | {"photo_id": uuid.uuid4()}
    client = Client()
    client.force_login(make_agent(Role.ADMINISTRATOR))
    on_an_id = [name for name, door in DOORS.items() if set(door.takes) & set(made_up)]
    answers = {name: knock(client, method, address(name, sample, **made_up)) for name in on_an_id}
    assert {name: said for name, said in answers.items() if said[0] not in ("not found", "not so") or said[1]} == {}


@pytest.mark.parametrize("wrong", [{"secret": "x" * 24}, {"number": "2600000000"}])
def test_a_wrong_secret_or_number_opens_nothing(wrong: dict[str, str], sample: dict[str, Any]) -> None:
    secret_doors = [name for name, door in DOORS.items() if "secret" in door.takes]
    answers = {name: knock(Client(), "get", address(name, sample, **wrong))[0] for name in secret_doors}
    assert {name: said for name, said in answers.items() if said not in ("not found", "not so")} == {}


def _traces() -> tuple[int, int]:
    return Entry.objects.count(), Report.objects.count()
