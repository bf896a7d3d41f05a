"""Every door of the house, knocked at in every wrong way: whoever knocks hears a 4xx at worst, and nothing breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from tests.house.test_permissions_by_url import DOORS, address, sample
from tests.people import make_agent

from parvis.people.permissions import Role

__all__ = ["sample"]
pytestmark = pytest.mark.django_db
HUGE = 10**30
HOSTILE = (
    "a\0b", "'\" OR 1=1 --", "<script>alert(1)</script>{{ 7|add:7 }}", "-1", str(HUGE), str(2**63), "1e400", "NaN", "²",
    "", "../../etc/passwd", "x" * 6000, "1,2,3,,-4,x", "%_%", '" OR * NEAR(', "& | ! :*", "0000-00-00T00:00:00+00:00_1",
    "2026-01-01T00:00:00+00:00_999999999999999999", "0001-01-01T00:00:00+14:00_5", "a\r\nSet-Cookie: x=y", "\ud800",
    b"\xff\xfe", "//evil.example/", "javascript:alert(1)",
)  # fmt: skip
ASKED = {  # what each page that reads its query looks at; parameters in one text are sent together
    "console:queue": ("q", "state team order category service borough overdue", "after trail"),
    "console:search": ("q", "q after trail"), "console:search_as_you_type": ("q",),
    "console:accounts": ("q role team closed", "after trail"), "console:jobs": ("after trail",),
    "console:ledger": ("sujet verifier", "after trail"), "console:notices": ("etat", "after"),
    "console:catalogue": ("q after",), "console:routing": ("after service",), "console:case": ("demandes",),
    "console:sign_in": ("next",), "console:intake_services": ("find",), "console:intake_places": ("place-address",),
    "portal:home": ("q", "lang changer"), "portal:report": ("q changer categorie", "service"),
    "portal:track": ("numero",), "portal:set_language": ("language next",), "portal:step_urgence": ("alarme",),
    "portal:map": ("etat quartier service categorie periode cadre", "apres"),
    "portal:map_clusters": ("etat quartier service categorie periode", "cadre"),
    "portal:map_cards": ("ids",), "portal:address_suggestions": ("q",), "portal:address_here": ("lon lat",),
    "open311:services": ("locale jurisdiction_id",),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def static_folder() -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def silence(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR")  # each refusal is logged, as it should


def browser(role: str = "") -> Client:
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(make_agent(role))
    return client


def knock(client: Client, method: str, path: str, body: bytes = b"", kind: str = "") -> Any:
    """The answer at a door; whatever it changed is undone."""
    with transaction.atomic():
        response = client.generic(method, path, body, kind or "application/x-www-form-urlencoded")
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


def broken(answers: dict[str, Any]) -> dict[str, int]:
    """What fell over. The monitor's door says 503 here, where no worker runs."""
    return {
        where: answer.status_code
        for where, answer in answers.items()
        if answer.status_code >= 500 and "healthz" not in where
    }


def echoing(answers: dict[str, Any], words: bytes = b"<script>alert(1)") -> set[str]:
    return {where for where, answer in answers.items() if not answer.streaming and words in answer.content}


@pytest.mark.parametrize("role", ["", Role.ADMINISTRATOR])
def test_no_method_breaks_a_door(role: str, sample: dict[str, Any]) -> None:
    client = browser(role)
    methods = ("PUT", "TRACE", "OPTIONS")
    answers = {f"{method} {name}": knock(client, method, address(name, sample)) for name in DOORS for method in methods}
    assert broken(answers) == {}
    assert echoing(answers, b"parvis_session") == set()


def test_a_head_is_a_get_without_its_body(sample: dict[str, Any]) -> None:
    client, said = browser(Role.ADMINISTRATOR), {}
    for name in DOORS:
        get, head = (knock(client, method, address(name, sample)) for method in ("GET", "HEAD"))
        said[name] = (get.status_code, head.status_code)
    assert {name: (get, head) for name, (get, head) in said.items() if get != head} == {}


@pytest.mark.parametrize("page", ASKED)
def test_no_question_breaks_a_page(page: str, sample: dict[str, Any]) -> None:
    client, path, answers = browser(Role.ADMINISTRATOR), address(page, sample), {}
    for parameters in ASKED[page]:
        for value in HOSTILE:
            written = quote(value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass"))
            query = "&".join(f"{parameter}={written}" for parameter in parameters.split())
            answers[query[:99]] = knock(client, "GET", f"{path}?{query}")
    assert broken(answers) == {}
    assert echoing(answers) == set()
    assert {where for where, answer in answers.items() if "evil" in answer.headers.get("Location", "")[:20]} == set()


def test_no_form_breaks_a_door(sample: dict[str, Any]) -> None:
    client = browser(Role.ADMINISTRATOR)
    broken_base64 = (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n@@@\r\n--x--\r\n"
    )
    bodies = {
        "a broken multipart": (b"--x\r\nContent-Disposition: form-data; name", "multipart/form-data; boundary=x"),
        "bad base64": (broken_base64, "multipart/form-data; boundary=x"),
        "too many fields": (b"a=1&" * 600, ""),
        "broken escapes": (b"%ED%A0%80=%ff&description=%&service=%00&draft=%00&number=%00&username=%00&case=%00", ""),
    }  # fmt: skip
    answers = {
        f"{name}, {what}": knock(client, "POST", address(name, sample), body, kind)
        for name in DOORS
        for what, (body, kind) in bodies.items()
    }
    assert broken(answers) == {}


@pytest.mark.parametrize("value", ["-1", "0", str(2**63), str(HUGE), "%00"])
def test_no_number_in_an_address_breaks_a_door(value: str, sample: dict[str, Any]) -> None:
    client, answers = browser(Role.ADMINISTRATOR), {}
    for name, door in DOORS.items():
        for argument in door.takes:
            if argument in ("x", "y", "z") or (argument.endswith("_id") and argument != "photo_id"):
                path = address(name, sample, **{argument: 987_654_321}).replace("987654321", value)
                answers[f"GET {path}"] = knock(client, "GET", path)
                answers[f"POST {path}"] = knock(client, "POST", path)
    assert broken(answers) == {}
    assert {where for where, answer in answers.items() if answer.status_code < 400 and "/carte" not in where} == set()


@pytest.mark.parametrize(
    "words",
    ["%00", "%ED%A0%80", "..%2f..%2fetc%2fpasswd", "%3Cscript%3Ealert(1)%3C/script%3E", "%0d%0aX-Evil:%201",
     "x" * 5000],
)  # fmt: skip
def test_no_words_in_an_address_break_a_door(words: str, sample: dict[str, Any]) -> None:
    client, answers = browser(Role.ADMINISTRATOR), {}
    for name, door in DOORS.items():
        for argument in set(door.takes) & {"number", "secret", "token", "rest", "code", "to", "size"}:
            path = address(name, sample, **{argument: "zzmarkzz"}).replace("zzmarkzz", words)
            answers[f"GET {path}"] = knock(client, "GET", path)
            answers[f"POST {path}"] = knock(client, "POST", path)
    assert broken(answers) == {}
    assert echoing(answers) == set()
    assert {where for where, answer in answers.items() if "X-Evil" in answer.headers} == set()


def test_a_cookie_that_we_never_gave_is_no_cookie(sample: dict[str, Any]) -> None:
    forged = [
        'parvis_session="abc\\000defghijklmnop"; parvis_csrf="\\000"; parvis_language="\\000"; messages="\\000"',
        f"parvis_session={'x' * 3000}; parvis_language=../../fr; messages={'[' * 2000}",
        "parvis_session=; parvis_csrf=; =; ;;; parvis_language=klingon", "parvis_session=é; messages=é",
    ]  # fmt: skip
    doors = ("console:home", "portal:home", "portal:step_lieu", "portal:report_sent", "console:sign_in", "portal:map")
    answers = {
        f"{name} {cookie[:30]}": Client(raise_request_exception=False).get(
            address(name, sample), headers={"cookie": cookie}
        )
        for name in doors
        for cookie in forged
    }
    assert broken(answers) == {}
