"""What goes with every answer: who may keep it, who may frame it, which cookies it sets; and whose word it takes."""

from __future__ import annotations

import re

import pytest
from tests.damage.test_pictures import picture
from tests.damage.visiting import Visitor, secret_link_on
from tests.people import PASSWORD


@pytest.fixture(scope="module")
def told(house):
    """A report with a picture, and the ways to it."""
    resident = house.visitor()
    page = resident.walk_to("details")
    page = resident.send(page, [("photos", "trou.jpg", picture(), "image/jpeg")], description="Un trou")
    sent = resident.send(resident.send(page, langue="fr"))
    secret = secret_link_on(sent)
    photo = re.search(r'src="(/[^"]*/photos/[^"]+)"', resident.open(secret).text)[1]
    return {"resident": resident, "secret": secret, "photo": photo, "case": house.ask(f"""
from parvis.cases.models import Report
print(json.dumps(Report.objects.get(secret={secret.rpartition('/')[2]!r}).case_id))""")}  # fmt: skip


def every_kind_of_answer(house, told) -> dict[str, tuple[Visitor, str]]:
    nobody, agent = house.visitor(), house.staff("supervisor")
    return {
        "home": (nobody, "/"), "map": (nobody, "/carte"), "missing": (nobody, "/nulle/part"),
        "theme": (nobody, "/theme.css"),
        "case": (nobody, f"/dossiers/{told['case']}"), "secret": (told["resident"], told["secret"]),
        "secret, wrong": (nobody, told["secret"][:-3] + "abc"), "number, wrong": (nobody, "/suivi/1"),
        "photo": (told["resident"], told["photo"]), "photo, wrong": (nobody, told["photo"][:-3] + "png"),
        "no draft": (nobody, "/signaler/details"), "draft": (told["resident"], "/signaler?service=VOI-NID"),
        "tile": (nobody, "/carte/amas/12/1237/1445.mvt"), "no such tile": (nobody, "/carte/amas/99/0/0.mvt"),
        "open311": (nobody, "/open311/v2/services.json"), "open311, wrong": (nobody, "/open311/v2/requests/1.xml"),
        "sign in": (nobody, "/console/entrer"), "queue": (agent, "/console/files/open"),
        "file": (nobody, "/static/ui/parvis.svg"),
        "case of staff": (agent, f"/console/dossiers/{told['case']}"), "refused": (agent, "/console/catalogue"),
        "unknown": (agent, "/console/nulle/part"), "healthz": (nobody, "/healthz"), "robots": (nobody, "/robots.txt"),
    }  # fmt: skip


def test_every_kind_of_answer_is_armoured(house, told):
    bare = {}
    for name, (visitor, path) in every_kind_of_answer(house, told).items():
        headers = visitor.ask("GET", path).headers
        lacking = [
            header for header, part in (
                ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
                ("Cross-Origin-Opener-Policy", "same-origin"), ("Content-Security-Policy", "default-src 'none'"),
                ("Content-Security-Policy", "frame-ancestors 'none'"),
            ) if part not in headers.get(header, "")
        ]  # fmt: skip
        unsafe = "unsafe" in headers.get("Content-Security-Policy", "")
        if lacking or unsafe:
            bare[name] = lacking
    assert bare == {}


def test_what_speaks_of_somebody_is_kept_nowhere(house, told):
    answers = every_kind_of_answer(house, told)
    kept = {
        name: visitor.ask("GET", path).headers.get("Cache-Control", "") for name, (visitor, path) in answers.items()
    }
    private = {
        "secret", "secret, wrong", "number, wrong", "photo", "no draft", "draft", "sign in", "queue", "case of staff",
        "refused", "unknown", "missing",
    }  # fmt: skip
    assert {name: kept[name] for name in private if "no-store" not in kept[name] or "public" in kept[name]} == {}
    public = {name for name, rule in kept.items() if "public" in rule}
    assert public <= {"theme", "tile", "open311", "file"}
    assert {name: rule for name, rule in kept.items() if not rule} == {}


def test_files_whose_name_tells_their_content_are_kept_for_ever(house):
    home = house.visitor().open("/").text
    style = next(part.partition('"')[0] for part in home.split('href="') if part.startswith("/static/ui/base."))
    assert "immutable" in house.visitor().ask("GET", style).headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(house, told):
    agent = house.staff("first_line", anew=True)
    lines = {line.partition("=")[0]: line.lower() for line in agent.set_cookies}
    assert "httponly" in lines["parvis_session"]
    assert {
        name for name, line in lines.items() if "samesite=lax" not in line and "samesite=strict" not in line
    } == set()
    assert {name for name, line in lines.items() if "domain=" in line} == set()


def test_signing_in_changes_the_session(house):
    """A session that somebody planted in a colleague's browser doesn't become theirs."""
    browser = house.visitor()
    browser.walk_to("details")
    planted = browser.cookies["parvis_session"]
    answer = browser.press("/console/entrer", username="crew", password=PASSWORD)
    assert answer.path == "/console/"
    assert browser.cookies["parvis_session"] != planted
    assert Visitor(house.url, cookies={"parvis_session": planted}).ask("GET", "/console/").status == 302


def test_signing_out_ends_the_session_everywhere(house):
    browser = house.staff("crew", anew=True)
    stolen = Visitor(house.url, cookies=dict(browser.cookies))
    assert stolen.ask("GET", "/console/").status == 200
    browser.press("/console/sortir")
    assert stolen.ask("GET", "/console/").status == 302


@pytest.mark.parametrize("wanted", [
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "javascript:alert(1)", "/%09/evil.example", "/\t/evil.example", "http:evil.example", "data:text/html,x",
    "evil", "/\r\nX-Evil: 1", "ftp://evil.example",
    "https://127.0.0.1@evil.example", "\x00//evil.example",
])  # fmt: skip
def test_no_link_leads_out_of_the_house(house, wanted):
    from urllib.parse import quote

    browser = house.visitor()
    page = browser.open(f"/console/entrer?next={quote(wanted)}")
    sent = browser.post("/console/entrer", {"username": "crew", "password": PASSWORD, "next": wanted}, follow=False)
    language = browser.ask("GET", f"/langue?language=en&next={quote(wanted)}")
    assert page.status == 200
    for answer in (sent, language):
        assert answer.status == 302
        where = answer.headers["Location"]
        assert where.startswith("/"), where
        assert not where.startswith(("//", "/\\")), where
        assert "X-Evil" not in answer.headers


HOSTS = (
    "evil.example",
    "evil.example:80",
    "127.0.0.1.evil.example",
    "localhost@evil.example",
    "",
    "[::1",
    "127.0.0.1:x",
    "a" * 300,
)


@pytest.mark.parametrize("host", HOSTS)
def test_a_false_host_name_is_refused(house, host):
    answer = Visitor(house.url, headers={"Host": host}).ask("GET", "/console/entrer")
    assert answer.status == 400
    assert "evil" not in answer.text


def test_what_a_stranger_says_of_proxies_is_not_believed(house):
    liar = Visitor(house.url, headers={
        "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9",
        "Forwarded": "host=evil.example;proto=https", "X-Original-URL": "/console/", "X-Rewrite-URL": "/console/",
        "X-HTTP-Method-Override": "DELETE",
    })  # fmt: skip
    page = liar.open("/")
    assert page.status == 200
    assert "evil.example" not in page.text
    link = liar.walk_to("verification")
    sent = liar.send(link)
    assert "evil.example" not in sent.text
    assert f"{house.url}/suivi/" in sent.text


def test_a_form_without_its_token_changes_nothing(house):
    agent = house.staff("supervisor")
    number = house.visitor().report()
    case = house.ask(f"""
from parvis.cases.models import Report
print(json.dumps(Report.objects.get(number={number!r}).case_id))""")
    body = b"accepted-version=1&accepted-team=1"
    kind = "application/x-www-form-urlencoded"
    for token in ("", "x" * 64):
        agent_without = Visitor(house.url, cookies=dict(agent.cookies), headers={"X-CSRFToken": token} if token else {})
        answer = agent_without.ask("POST", f"/console/dossiers/{case}/etat/accepted", body, Content_Type=kind)
        assert answer.status == 403
    elsewhere = Visitor(house.url, cookies=dict(agent.cookies), headers={"Origin": "https://evil.example"})
    assert elsewhere.post(f"/console/dossiers/{case}/note", {"note-body": "x", "note-version": "1"}).status == 403
    assert (
        house.ask(f"""
from parvis.cases.models import Case
print(json.dumps(Case.objects.get(pk={case}).version))""")
        == 1
    )
