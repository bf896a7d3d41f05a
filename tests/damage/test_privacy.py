"""People tell their secrets to the city: no stranger reads them anywhere, nor whoever reads the logs and the books."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Iterator

import pytest
from tests.damage.test_pictures import picture
from tests.damage.visiting import Visitor, secret_link_on

WORDS = ("zibeline", "Quenouille", "quenouille", "zibeline@", "555-0177", "5550177", "4185550177", "amarante")
NUMBERS = {"VOI-NID": "", "PRO-DEP": "37", "NUI-INS": "73"}  # civic numbers that no stranger may read, by service
OUR_STREET = (-71.2205, 46.81)


@pytest.fixture(scope="module")
def confidences(house):
    """One report for each degree of visibility, each full of secrets; its public number and its secret link."""
    told = {}
    for n, service in enumerate(NUMBERS):
        resident = house.visitor()
        page = resident.walk_to("details", service, address=f"{NUMBERS[service] or 5}, rue des Essais")
        files = [("photos", "zibeline.jpg", picture(exif=gps()), "image/jpeg")]
        page = resident.send(page, files, description="La zibeline dort dans la cuisine", q_piece="amarante")
        page = resident.send(
            page, langue="fr", avis="on", nom="Ludivine Quenouille", courriel=f"zibeline{n}@quenouille.example",
            telephone="418 555-0177",
        )  # fmt: skip
        sent = resident.send(page)
        secret = secret_link_on(sent)
        told[service] = {"secret": secret, "number": secret.split("/")[2]}
        join(house, service, secret)
    wait_until_quiet(house)
    return told


def gps() -> bytes:
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "zibeline"
    exif[0x8825] = {1: "N", 2: (46.0, 48.0, 36.0), 3: "W", 4: (71.0, 13.0, 12.0)}
    return exif.tobytes()


def join(house, service: str, secret: str) -> None:
    """A neighbour joins, staff note and close: everything that writes somewhere has written."""
    case = house.ask(f"""
from parvis.cases.models import Report
print(json.dumps(Report.objects.get(secret={secret.rpartition("/")[2]!r}).case_id))""")
    house.visitor().post(f"/dossiers/{case}/moi-aussi", {"courriel": "zibeline-voisine@quenouille.example"})
    agent = house.staff("supervisor")
    page = agent.open(f"/console/dossiers/{case}")
    agent.post(
        f"/console/dossiers/{case}/note", page.hidden() | {"note-body": "Mme Quenouille, zibeline, 418 555-0177"}
    )
    agent.post(f"/console/dossiers/{case}/brouillon", {"reply-body": "zibeline amarante"})


def wait_until_quiet(house) -> None:
    for _ in range(60):
        if not house.ask("from parvis.shared.models import Job\n"
                         "print(json.dumps(Job.objects.filter(state__in=['ready', 'running']).count()))"):  # fmt: skip
            return
        time.sleep(0.3)


def secrets_in(text: str) -> set[str]:
    return {word for word in WORDS if word in text}


def crawl(visitor: Visitor, *begin: str, most: int = 300) -> Iterator[tuple[str, str]]:
    """Every page that links lead to from here, each once, with its text."""
    waiting, seen = list(begin), set(begin)
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        answer = visitor.ask("GET", path)
        yield path, answer.body.decode("utf-8", "replace")
        if answer.headers.get("Location", "").startswith("/"):
            links = [answer.headers["Location"]]
        else:
            links = (
                re.findall(r'(?:href|src)="(/[^"#]*)', answer.text) if "html" in answer.headers["Content-Type"] else []
            )
        for link in (link.replace("&amp;", "&") for link in links):
            if link not in seen and not link.startswith(("/static/", "/langue", "/console/")):
                seen.add(link)
                waiting.append(link)


def machine_doors(confidences) -> list[str]:
    tiles = [
        f"/carte/{kind}/{z}/{x}/{y}.mvt"
        for kind in ("amas", "tuiles")
        for z in (0, 5, 10, 12, 14, 16, 18)
        for x, y in [tile(z)]
    ]
    answers = [
        f"/open311/v2/requests/{one['number']}.{kind}" for one in confidences.values() for kind in ("json", "xml")
    ]
    ids = ",".join(str(n) for n in range(1, 21))
    others = ["/carte/quartiers.json", "/healthz", "/adresses/suggestions?q=zibeline", "/open311/v2/services.json"]
    return [*tiles, *answers, *others, f"/carte/dossiers?ids={ids}", "/open311/v2/services/NUI-INS.json"]


def tile(z: int) -> tuple[int, int]:
    import math

    lon, lat = OUR_STREET
    n = 2**z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * n), int(y * n)


def test_strangers_read_no_secret_anywhere(house, confidences):
    stranger = house.visitor()
    numbers = [f"/suivi/{one['number']}" for one in confidences.values()]
    cases = [f"/dossiers/{n}" for n in range(1, 40)]
    pages = dict(
        crawl(stranger, "/", "/carte", "/?q=zibeline", "/?q=quenouille", *numbers, *cases, *machine_doors(confidences))
    )
    assert len(pages) > 60
    asked = {"/?q=zibeline", "/?q=quenouille"}  # what one typed oneself is shown again
    told = {path: secrets_in(text) for path, text in pages.items() if secrets_in(text) and path not in asked}
    assert {path: words for path, words in told.items() if "q=" not in path} == {}


def test_strangers_read_no_civic_number_of_what_isn_t_shown_exactly(house, confidences):
    stranger = house.visitor()
    own = [f"/suivi/{one['number']}" for one in confidences.values()]
    told = {}
    for path, text in crawl(
        stranger, "/carte", *own, *(f"/dossiers/{n}" for n in range(1, 40)), *machine_doors(confidences)
    ):
        numbers = set(re.findall(r"\b(\d+), rue des Essais", text)) & set(filter(None, NUMBERS.values()))
        if numbers:
            told[path] = numbers
    assert told == {}


def test_what_is_never_shown_is_on_no_map(house, confidences):
    hidden = house.ask("""
from parvis.cases.models import Case
print(json.dumps(list(Case.objects.filter(service__code="NUI-INS").values_list("pk", flat=True))))""")
    stranger = house.visitor()
    assert hidden
    assert {case: stranger.open(f"/dossiers/{case}").status for case in hidden} == dict.fromkeys(hidden, 404)
    assert {case: stranger.open(f"/dossiers/{case}/moi-aussi").status for case in hidden} == dict.fromkeys(hidden, 404)
    cards = json.loads(stranger.open(f"/carte/dossiers?ids={','.join(map(str, hidden))}").body)
    assert cards == {"cases": []}
    answer = json.loads(stranger.open(f"/open311/v2/requests/{confidences['NUI-INS']['number']}.json").body)[0]
    assert [answer[name] for name in ("address", "lat", "long", "description", "media_url")] == [None] * 5


def test_pictures_are_for_their_author_and_for_staff(house, confidences):
    secret = confidences["NUI-INS"]["secret"]
    mine = re.findall(r'(/suivi/[^"]*/photos/[^"]+\.jpg)', house.visitor().open(secret).text)
    assert mine
    photo_id, size = mine[0].split("/")[-2:]
    other = confidences["VOI-NID"]["secret"]
    stranger = house.visitor()
    assert stranger.open(mine[0]).status == 200
    assert stranger.open(f"/photos/{photo_id}/{size}").status == 404
    assert stranger.open(f"{other}/photos/{photo_id}/{size}").status == 404
    assert house.staff("planner").open(f"/photos/{photo_id}/{size}").status == 200
    assert house.staff("crew").open(f"/photos/{photo_id}/{size}").status == 404
    for file in (house.data / "uploads").rglob("*.jpg"):
        assert b"zibeline" not in file.read_bytes()
        assert b"Exif" not in file.read_bytes()


def test_the_log_holds_no_secret(house, confidences):
    stranger = house.visitor()
    secret = confidences["VOI-NID"]["secret"]
    for path in (
        secret[:-3] + "abc",
        secret + "/rouvrir",
        secret + "/avis",
        secret + "/photos/x",
        "/console/entrer/jeton-secret",
    ):
        stranger.ask("GET", path)
        stranger.ask("POST", path, b"x=zibeline@quenouille.example")
        stranger.ask("PUT", path + "?courriel=zibeline@quenouille.example")
    log = house.log
    assert "/suivi/" in log  # it does tell that somebody knocked
    assert secrets_in(log) == set()
    assert secret.rpartition("/")[2][:-3] not in log
    assert "jeton-secret" not in log


def test_the_books_and_the_jobs_hold_no_secret(house, confidences):
    held = house.ask("""
from parvis.ledger.models import Entry
from parvis.shared.models import Job
print(json.dumps({
    "ledger": [json.dumps(e.data) + e.subject + e.actor for e in Entry.objects.all()],
    "jobs": [json.dumps([j.args, j.kwargs, j.result, j.error, j.unique_key]) for j in Job.objects.all()],
}))""")
    assert len(held["ledger"]) > 10
    assert {name: secrets_in("\n".join(lines)) for name, lines in held.items()} == {"ledger": set(), "jobs": set()}


def test_secrets_can_t_be_guessed(house, confidences):
    number, secret = confidences["NUI-INS"]["secret"].split("/")[2:]
    assert len(secret) >= 24
    stranger = house.visitor()
    guesses = [
        "",
        secret[:-1],
        secret.lower(),
        secret.upper(),
        secret + "x",
        f"{secret}%00",
        "null",
        "undefined",
        "*",
        "%",
    ]
    answers = {guess: stranger.open(f"/suivi/{number}/{guess}") for guess in guesses if guess != secret}
    assert {guess for guess, answer in answers.items() if secrets_in(answer.text) or answer.status == 200} == set()
    other = confidences["VOI-NID"]["number"]
    assert stranger.open(f"/suivi/{other}/{secret}").status == 404


def test_crew_read_no_name_and_planners_change_nothing(house, confidences):
    """What each role sees of people follows the table of permissions."""
    case = house.ask("""
from parvis.cases.models import Case
from parvis.people.models import Team
case = Case.objects.filter(service__code="VOI-NID", reports__person__name="Ludivine Quenouille").first()
Case.objects.filter(pk=case.pk).update(team=Team.objects.get(code="VOI-EST"))
print(json.dumps(case.pk))""")
    seen = {role: house.staff(role).open(f"/console/dossiers/{case}") for role in ("first_line", "crew", "planner")}
    assert {role: page.status for role, page in seen.items()} == dict.fromkeys(seen, 200)
    named = {role: "Ludivine" in page.text or "zibeline0@" in page.text for role, page in seen.items()}
    assert named == {"first_line": True, "crew": False, "planner": False}
    council = house.staff("council")
    assert council.open(f"/console/dossiers/{case}").status in (403, 404)


def test_numbers_say_nothing_of_each_other(house):
    numbers = [house.visitor().report() for _ in range(3)]
    assert {abs(int(a) - int(b)) > 1000 for a, b in itertools.pairwise(sorted(numbers))} == {True}
