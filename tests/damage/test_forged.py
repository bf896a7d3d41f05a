"""What no page offers, sent all the same: moves that no arrow allows, rows of other departments, false numbers."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from tests.damage.test_pictures import picture
from tests.damage.visiting import Answer, Visitor, number_on, secret_link_on

STATES = ("received", "accepted", "planned", "in_progress", "waiting", "closed")


@pytest.fixture
def case(house) -> int:
    """A new case of the roads, that the roads' second line and crew may read."""
    return case_of(house, house.visitor().report())


@pytest.fixture
def elsewhere(house) -> int:
    """A case of another department."""
    return case_of(house, house.visitor().report("NUI-INS"))


def case_of(house, number: str) -> int:
    return house.ask(f"""
from parvis.cases.models import Report
print(json.dumps(Report.objects.get(number={number!r}).case_id))""")


def traces(house) -> list[Any]:
    """All that a change could touch."""
    return house.ask("""
from parvis.cases.models import *
from parvis.ledger.models import Entry
from parvis.people.models import Agent
print(json.dumps([list(Case.objects.order_by("pk").values_list("pk", "state", "version", "team_id", "reports_count")),
    Merge.objects.count(), Message.objects.count(), list(Photo.objects.filter(is_public=True).values_list("sha256")),
    list(Agent.objects.order_by("pk").values_list("username", "role", "is_active")),
    Entry.objects.exclude(kind="agent.signed_in").count()], default=str))""")


def try_every_gesture(agent: Visitor, case: int, other: int) -> dict[str, Answer]:
    """Everything that may be done to a case, with fields that would do."""
    form = {"version": "1", "to": "1", "service": "2", "address": "5, rue des Essais", "into": str(other), "body": "x"}
    gestures = {"confier": "assign", "service": "service", "lieu": "place", "joindre": "merge", "reponse": "reply",
                "note": "note", "alerte": ""}  # fmt: skip
    answers = {
        path: agent.post(
            f"/console/dossiers/{case}/{path}", {f"{prefix}-{name}": value for name, value in form.items()}
        )
        for path, prefix in gestures.items()
    }
    for state in STATES:
        details = {
            "version": "1",
            "team": "1",
            "planned_for": "2099-01-01",
            "reason": "parts",
            "outcome": "done",
            "sentence": "x",
        }
        fields = {f"{state}-{name}": value for name, value in details.items()}
        answers[state] = agent.post(f"/console/dossiers/{case}/etat/{state}", fields)
    return answers


def test_the_case_of_another_department_isn_t_there(house, case, elsewhere):
    before = traces(house)
    for role in ("second_line", "crew"):
        agent = house.staff(role)
        assert agent.open(f"/console/dossiers/{elsewhere}").status == 404
        answers = try_every_gesture(agent, elsewhere, case)
        assert {what: answer.status for what, answer in answers.items() if answer.status not in (403, 404)} == {}
        agent.post(f"/console/dossiers/{elsewhere}/brouillon", {"reply-body": "x"})
    joined = house.staff("second_line").post(
        f"/console/dossiers/{case}/joindre", {"merge-version": "1", "merge-into": str(elsewhere)}
    )
    assert joined.status == 400
    assert traces(house) == before


def test_who_may_only_read_changes_nothing(house, case, elsewhere):
    before = traces(house)
    for role in ("planner", "council"):
        answers = try_every_gesture(house.staff(role), case, elsewhere)
        assert {what: answer.status for what, answer in answers.items() if answer.status not in (403, 404)} == {}
    assert traces(house) == before


def test_a_move_that_no_arrow_allows_is_refused(house, case):
    agent = house.staff("supervisor")
    before = traces(house)
    for state in ("planned", "in_progress", "received", "merged", "deleted", "closed%00", "CLOSED"):
        fields = {f"{state}-version": "1", f"{state}-planned_for": "2099-01-01", f"{state}-team": "1"}
        answer = agent.post(f"/console/dossiers/{case}/etat/{state}", fields)
        assert answer.status in (400, 403, 404, 409), (state, answer.status)
    for wrong in (
        {"outcome": "burnt", "sentence": "x"},
        {"outcome": "not_ours", "sentence": "x"},
        {"outcome": "done"},
        {},
    ):
        fields = {"closed-version": "1"} | {f"closed-{name}": value for name, value in wrong.items()}
        assert agent.post(f"/console/dossiers/{case}/etat/closed", fields).status == 400
    for version in ("", "0", "-1", "99", "1e3", "²", str(10**30), "x"):
        fields = {"accepted-version": version, "accepted-team": "1"}
        assert agent.post(f"/console/dossiers/{case}/etat/accepted", fields).status in (400, 409), version
    for team in ("0", "-1", "999", str(10**30), "1 OR 1=1"):
        fields = {"accepted-version": "1", "accepted-team": team}
        assert agent.post(f"/console/dossiers/{case}/etat/accepted", fields).status == 400, team
    assert traces(house) == before


def test_fields_that_no_form_has_are_not_read(house, case):
    """Nobody makes themselves more than they are by adding fields to a form."""
    agent = house.staff("first_line")
    more = {"role": "administrator", "is_active": "1", "is_superuser": "1", "is_emergency": "1", "priority": "1",
            "department": "2", "public_lon": "0", "agent": "7", "author": "7", "state": "closed"}  # fmt: skip
    answer = agent.post(f"/console/dossiers/{case}/note", {"note-version": "1", "note-body": "vu"} | more)
    assert answer.status == 200
    told = house.ask(f"""
from parvis.cases.models import Case, Message
from parvis.people.models import Agent
case = Case.objects.get(pk={case})
print(json.dumps([case.state, case.priority, case.is_emergency, Message.objects.get(case=case).author.username,
    Agent.objects.get(username="first_line").role]))""")
    assert told == ["received", 3, False, "first_line", "first_line"]


def test_the_picture_of_somebody_else_can_t_be_taken(house, case):
    """Neither by a resident who writes its id in a form, nor by staff who claim it for another case."""
    owner = house.visitor()
    page = owner.walk_to("details")
    page = owner.send(page, [("photos", "trou.jpg", picture(), "image/jpeg")], description="x", action="photos")
    photo_id = next(part.partition('"')[0] for part in page.text.split('name="retirer" value="')[1:])
    thief = house.visitor()
    theirs = thief.walk_to("details")
    taken = thief.send(theirs, description="x", photos=photo_id, retirer=photo_id)
    assert photo_id not in taken.text
    assert thief.open(f"/photos/{photo_id}/small.jpg").status == 404
    assert owner.open(f"/photos/{photo_id}/small.jpg").status == 200
    assert house.staff("administrator").open(f"/console/photos/{photo_id}/small").status == 404
    sent = owner.send(owner.send(owner.send(page, description="x"), langue="fr"))
    assert secret_link_on(sent)
    agent = house.staff("supervisor")
    closing = {"outcome": "done", "sentence": "Fait", "version": "1", "kept": photo_id}
    agent.post(f"/console/dossiers/{case}/etat/closed", {f"closed-{name}": value for name, value in closing.items()})
    agent.post(f"/console/dossiers/{case}/photos/{photo_id}/publier", {})
    assert house.ask(f"""
from parvis.cases.models import Photo
photo = Photo.objects.get(pk="{photo_id}")
print(json.dumps([photo.case_id == {case}, photo.is_public]))""") == [False, False]


def test_the_draft_of_somebody_else_can_t_be_sent(house):
    owner, thief = house.visitor(), house.visitor()
    page = owner.walk_to("verification")
    thief.walk_to("verification")
    answer = thief.send(page)
    assert answer.status in (200, 410)
    assert answer.path != "/signaler/merci"
    assert number_on(owner.send(page))


def test_joining_what_isn_t_open_or_shown_opens_nothing(house, elsewhere):
    stranger = house.visitor()
    for case in (elsewhere, 0, 10**30, 999_999):
        assert stranger.post(f"/dossiers/{case}/moi-aussi", {"courriel": ""}).status == 404
    page = stranger.walk_to("details", "PRO-DEP")
    assert page.status == 200
    nearby = stranger.post("/signaler/deja-signale", page.hidden("draft", "service") | {"rejoindre": str(elsewhere)})
    sent = stranger.send(stranger.send(stranger.send(nearby, description="x"), langue="fr"))
    assert case_of(house, number_on(sent)) != elsewhere


def test_numbers_with_a_wrong_check_digit_or_of_no_report_lead_nowhere(house):
    number = house.visitor().report()
    stranger = house.visitor()
    for digit in set("0123456789") - {number[-1]}:
        assert stranger.open(f"/suivi/{number[:-1]}{digit}").status == 404
    for wrong in (
        number[1:],
        number + "0",
        number[::-1],
        "-" * 10,
        "%D9%A3" * 10,
        "1e9",
        "0x1f",
        f"{number}%20OR%201=1",
        "%F0%9F%95%B3",
    ):
        assert stranger.open(f"/suivi/{wrong}").status == 404, wrong
        assert stranger.open(f"/suivi?numero={wrong}").status in (404, 422), wrong


def test_staff_in_the_portal_are_residents_like_others(house):
    """A signed-in agent who fills in the residents' form acts as nobody in particular."""
    agent = house.staff("administrator")
    number = agent.report()
    told = house.ask(f"""
from parvis.cases.models import Report
from parvis.ledger.models import Entry
report = Report.objects.get(number={number!r})
entries = Entry.objects.filter(subject__in=[f"report:{{report.pk}}", f"case:{{report.case_id}}"], channel="web")
print(json.dumps([report.channel, sorted(set(entries.values_list("actor", flat=True)))]))""")
    assert told == ["web", ["resident"]]


def test_merges_that_make_no_sense_are_refused(house):
    agent = house.staff("supervisor")
    first, second, third = (case_of(house, house.visitor().report()) for _ in range(3))

    def merge(case: int, into: object, version: str = "1") -> int:
        return agent.post(
            f"/console/dossiers/{case}/joindre", {"merge-version": version, "merge-into": str(into)}
        ).status

    assert merge(first, first) == 409
    assert {merge(first, wrong) for wrong in (0, -1, 10**30, "x", "", "2600000000", "%")} == {400}
    assert merge(first, second) == 200
    assert merge(first, third) == 409  # it is empty already
    assert merge(third, first) == 409  # into an empty one
    assert merge(second, first) == 409  # a circle
    for made_up in (0, 10**30, 999_999):
        assert agent.post(f"/console/jonctions/{made_up}/annuler").status == 404
        assert agent.post(f"/console/demandes/{made_up}/separer").status == 404


def test_a_stranger_guesses_passwords_and_links_in_vain(house):
    from tests.people import PASSWORD

    stranger = house.visitor()
    said = [stranger.press("/console/entrer", username="planner", password=f"essai-{n}") for n in range(7)]
    assert [answer.status for answer in said] == [400] * 5 + [429] * 2
    assert stranger.press("/console/entrer", username="planner", password=PASSWORD).status == 429
    nobody = [stranger.press("/console/entrer", username="plannet", password=f"essai-{n}") for n in range(7)]
    assert [answer.status for answer in nobody] == [400] * 5 + [429] * 2
    assert {a.said.replace("planner", "") for a in said} == {a.said.replace("plannet", "") for a in nobody}
    for token in ("x", "eyJ9", uuid.uuid4().hex, "WzEsIDEsICIiXQ:1:x", "." * 500, "%00"):
        assert stranger.post(f"/console/entrer/{token}").status in (400, 404)
    house.ask("from parvis.people.models import SignInCounter\nSignInCounter.objects.all().delete()\nprint(0)")


def test_staff_join_only_what_they_were_offered(house, elsewhere):
    """A case of another department, another service or another street can't be reached by writing its number."""
    agent = house.staff("second_line")
    service = house.ask("""
from parvis.catalogue.models import Service
print(json.dumps(Service.objects.get(code="PRO-DEP").pk))""")
    form = {"channel": "phone", "service": str(service), "address": "9, rue des Essais", "description": "Un tas",
            "language": "fr", "key": str(uuid.uuid4()), "join": str(elsewhere)}  # fmt: skip
    assert agent.post("/console/nouvelle", form).path.startswith("/console/nouvelle/")
    assert (
        house.ask(f"""
from parvis.cases.models import Case
print(json.dumps(Case.objects.get(pk={elsewhere}).reports_count))""")
        == 1
    )
