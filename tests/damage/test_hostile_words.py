"""Whatever somebody types, in any field of any form: shown as typed and harmless, or refused; never a fall."""

from __future__ import annotations

import email
import email.policy
import json
import re
import time
from urllib.parse import quote

import pytest
from tests.damage.visiting import Answer, Visitor, encoded, number_on, secret_link_on

MEGABYTE = "e" * (1024 * 1024)
HOSTILE = {
    "script": "<script>alert(1)</script>", "handler": '"><img src=x onerror=alert(1)>',
    "template": "{{ 7|add:7 }}{% now 'Y' %}{#", "nul": "trou\0fatal", "direction": "\u202efdp.exe\u202c\u2066",
    "surrogate": "trou \ud83d seul", "emoji": "🕳️👩🏽‍🚒" * 20, "lines": "trou\r\nBcc: tous@evil.example\r\n\r\nCorps",
    "separator": "trou\u2028Bcc: x@evil.example\u0085", "sql": "'; DROP TABLE cases_case;--",
    "full text": '" OR * NEAR( ^ :* & | !', "stacked": "t\u0334\u0328\u031br\u0336\u035d" * 50,
    "spaces": "\u00a0\u200b\ufeff \t", "format": "%s%n%(x)s{0}{x.__class__}",
    "entity": "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&#0;&#xFFFF;", "long": "x" * 25_000, "megabyte": MEGABYTE,
    "escape": "\x1b[31m\x07\x7f", "noncharacter": "\ufffe\uffff\U0010ffff",
}  # fmt: skip


def sound(answer: Answer, *, is_own_echo: bool = False) -> None:
    """No fall, and nothing that a browser would run or turn around. `is_own_echo`: a form shown to its writer."""
    assert answer.status < 500, answer.url
    assert "<script>alert" not in answer.text, answer.url
    assert "<img src=x" not in answer.text, answer.url
    if not is_own_echo:
        assert "\0" not in answer.text, answer.url
        assert "\u202e" not in answer.text, answer.url


def echo(answer: Answer) -> None:
    sound(answer, is_own_echo=True)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_resident_types_it_everywhere(house, what):
    value, resident = HOSTILE[what], house.visitor()
    sound(resident.post("/suivi", {"numero": value}))
    page = resident.walk_to("lieu")
    sound(resident.send(page, adresse=value))
    sound(resident.send(page, adresse=value, lon=value, lat=value, choix=value, suggestion=value))
    page = resident.walk_to("details", "NUI-INS")
    answer = resident.send(page, description=value, q_piece=value, **{f"q_{value[:20]}": value})
    sound(answer)
    if answer.status >= 400:  # too long for the field, or for a form at all
        answer = resident.send(page, description="Un trou", q_piece="cuisine")
    plain = {"langue": "fr", "nom": "Gertrude", "courriel": "", "telephone": ""}
    for field in plain:
        sound(resident.send(answer, **(plain | {field: value})))
    name = value if len(value) < 100 else "Gertrude"
    answer = resident.send(answer, **(plain | {"nom": name, "courriel": f"g{len(what)}@voisine.example", "avis": "on"}))
    sound(answer)
    sent = resident.send(answer)
    sound(sent)
    secret = secret_link_on(sent)
    for path in (secret, f"/suivi/{number_on(sent)}", "/carte"):
        sound(resident.open(path))
    case = case_of(house, number_on(sent))
    agent = house.staff("supervisor")
    sound(agent.open(f"/console/dossiers/{case}"))
    sound(resident.post(f"/dossiers/{case}/moi-aussi", {"courriel": value}))


def case_of(house, number: str) -> int:
    return house.ask(f"""
from parvis.cases.models import Report
print(json.dumps(Report.objects.get(number={number!r}).case_id))""")


@pytest.fixture(scope="module")
def agent(house) -> Visitor:
    return house.staff("supervisor")


@pytest.fixture(scope="module")
def administrator(house) -> Visitor:
    return house.staff("administrator")


@pytest.mark.parametrize("what", HOSTILE)
def test_staff_type_it_everywhere(house, agent, what):
    value = HOSTILE[what]
    case = case_of(house, house.visitor().report(courriel="agent-tape@voisine.example", avis="on"))
    door = f"/console/dossiers/{case}"
    echo(agent.post(f"{door}/note", {"note-version": "1", "note-body": value, "note-seen_at": value}))
    echo(agent.post(f"{door}/reponse", {"reply-version": "1", "reply-body": value}))
    echo(agent.post(f"{door}/brouillon", {"reply-body": value, value[:30]: value}))
    echo(agent.post(f"{door}/lieu", {"place-version": "1", "place-address": value, "place-choice": value}))
    echo(agent.post(f"{door}/joindre", {"merge-version": "1", "merge-into": value}))
    echo(agent.post(f"{door}/confier", {"assign-version": value, "assign-to": value}))
    fields = {"version": "1", "outcome": "not_ours", "sentence": value, "party": value, "kept": value}
    echo(agent.post(f"{door}/etat/closed", {f"closed-{name}": typed for name, typed in fields.items()}))
    sound(agent.open(door))
    sound(house.visitor().open(f"/dossiers/{case}"))
    asked = ("service", "address", "description", "name", "phone", "email", "language", "key", "join", "answers.piece")
    new = dict.fromkeys(asked, value) | {"channel": "phone", "screen_answer": value}
    echo(agent.post("/console/nouvelle", new))
    echo(agent.post("/console/nouvelle/questions", new))
    echo(agent.post("/console/nouvelle/autour", new))
    if len(value) < 3000:
        sound(agent.open(f"/console/recherche?q={quote(value.encode('utf-8', 'replace'))}"))


@pytest.mark.parametrize("what", ["script", "nul", "direction", "surrogate", "lines", "megabyte", "format", "template"])
def test_an_administrator_types_it_everywhere(administrator, what):
    value = HOSTILE[what]
    names = ("code", "name_fr", "name_en")
    forms = {
        "comptes/nouveau": ("username", "name", "email", "role", "department", "teams"), "directions/nouvelle": names,
        "equipes/nouvelle": (*names, "department", "zones"), "catalogue/familles/nouvelle": names,
        "calendriers/nouveau": (*names, "day0", "municipal_days"), "mot-de-passe": ("current", "new", "again"),
        "aiguillage/nouvelle": ("service", "team", "zone", "category", "position"),
        "catalogue/services/1/questions/nouvelle": ("key", "label_fr", "kind", "options", "condition"),
    }  # fmt: skip
    for path, fields in forms.items():
        echo(administrator.post(f"/console/{path}", dict.fromkeys(fields, value)))
    page = administrator.open("/console/catalogue/services/nouveau")
    names = set(re.findall(r'<(?:input|select|textarea)[^>]*name="([^"]+)"', page.text)) - {"csrfmiddlewaretoken"}
    assert len(names) > 10
    echo(administrator.post("/console/catalogue/services/nouveau", dict.fromkeys(names, value)))
    file = ("file", "c.csv", value.encode("utf-8", "replace"), "text/csv")
    echo(administrator.post("/console/catalogue/fichier", {"try": "1"}, [file]))
    for page in ("catalogue", "comptes", "directions", "aiguillage"):
        sound(administrator.open(f"/console/{page}"))


@pytest.mark.parametrize("what", HOSTILE)
def test_a_machine_sends_it_everywhere(house, what):
    value = HOSTILE[what]
    names = ("service_code", "description", "first_name", "email", "phone", "address_string", "lat", "long",
             "media_url", "device_id", "attribute[piece]", f"attribute[{value[:20]}]", "jurisdiction_id")  # fmt: skip
    right = {"service_code": "VOI-NID", "lat": "46.81", "long": "-71.22", "description": "Un trou"}
    machine, form = house.visitor(), "application/x-www-form-urlencoded"
    for n, name in enumerate(names):
        kind = ("json", "xml")[n % 2]
        body = encoded(right | {name: value})
        answer = machine.ask("POST", f"/open311/v2/requests.{kind}", body, Content_Type=form)
        sound(answer)
        read_as(kind, answer)


def read_as(kind: str, answer: Answer) -> None:
    """Whatever was sent, the answer is in the format that was asked for."""
    from xml.etree import ElementTree

    if kind == "json":
        assert json.loads(answer.body)
    else:
        assert ElementTree.fromstring(answer.body).tag in ("service_requests", "errors")


def test_no_letter_has_gained_a_header_or_a_recipient(house):
    """Everything above has told people something: their letters have the headers that we wrote, and no other."""
    resident = house.visitor()
    for n, value in enumerate((HOSTILE["lines"], HOSTILE["separator"])):
        page = resident.walk_to("verification")
        page = resident.open("/signaler/coordonnees")
        page = resident.send(page, langue="fr", nom=value, courriel=f"entete{n}@voisine.example", avis="on")
        number_on(resident.send(page))
        refused = resident.walk_to("coordonnees")
        refused = resident.send(refused, langue="fr", courriel=f"entete@voisine.example{value[4:]}", avis="on")
        assert refused.status == 422
    until = time.monotonic() + 20
    while len(found := letters_to(house, "entete")) < 2 and time.monotonic() < until:
        time.sleep(0.3)
    assert len(found) == 2
    for letter in all_letters(house):
        assert {name.lower() for name in letter} <= {
            "message-id", "date", "from", "to", "reply-to", "subject", "auto-submitted", "x-auto-response-suppress",
            "content-type", "content-transfer-encoding", "mime-version", "content-language",
        }  # fmt: skip
        assert len(letter["To"].addresses) == 1
        assert str(letter["To"]).endswith(".example")
        assert "evil" not in str(letter["To"]) + str(letter["Subject"])


def all_letters(house) -> list[email.message.EmailMessage]:
    files = (house.data / "outbox").rglob("*.eml")
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]


def letters_to(house, who: str) -> list[email.message.EmailMessage]:
    return [letter for letter in all_letters(house) if str(letter["To"]).startswith(who)]
