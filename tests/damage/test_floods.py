"""One visitor who floods the city: told to wait, with a sentence, while everybody else goes on."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.people import make_report, make_segment, make_service

from parvis.cases.models import Case, Report
from parvis.shared import pace

pytestmark = pytest.mark.django_db
_addresses = (f"203.0.113.{n}" for n in itertools.count(1))


@pytest.fixture(autouse=True)
def town():
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    make_segment()
    return make_service(duplicate_radius_m=0)


@pytest.fixture
def address():
    return next(_addresses)


def join(case: int, address: str, client: Client | None = None, courriel: str = "") -> int:
    client = client or Client(REMOTE_ADDR=address)
    return client.post(f"/dossiers/{case}/moi-aussi", {"courriel": courriel}).status_code


def test_one_browser_joins_a_case_once_however_often_it_presses():
    case, client = make_report().case_id, Client()
    assert {join(case, "", client) for _ in range(5)} == {302}
    assert Case.objects.get(pk=case).reports_count == 2


def test_two_of_one_household_each_join_with_their_own_e_mail():
    case, client = make_report().case_id, Client()
    for who in ("gertrude@voisine.example", "GERTRUDE@voisine.example ", "oscar@voisine.example"):
        assert join(case, "", client, who) == 302
    assert Report.objects.filter(case=case, is_me_too=True).count() == 2


def test_a_flood_of_me_too_from_one_address_stops(address):
    case, most = make_report().case_id, pace.REPORTS_OF_ONE_ADDRESS.most
    answers = [join(case, address) for _ in range(most + 3)]
    assert answers == [302] * most + [429] * 3
    assert join(case, next(_addresses)) == 302
    assert Case.objects.get(pk=case).reports_count == most + 2


def test_the_thirty_first_report_of_one_browser_waits_and_nothing_typed_is_lost(address):
    client = Client(REMOTE_ADDR=address)
    client.get("/signaler?service=VOI-NID")
    for _ in range(pace.REPORTS_OF_ONE_SESSION.most):
        assert pace.may_report({}, client.session.session_key)
    client.post("/signaler/lieu", {"adresse": "45, rue des Essais"})
    client.post("/signaler/details", {"description": "Mon trou"})
    client.post("/signaler/coordonnees", {"langue": "fr"})
    page = client.post("/signaler/verification")
    assert page.status_code == 429
    text = page.content.decode()
    assert "Attendez dix minutes" in text
    assert "Mon trou" in text
    assert Report.objects.count() == 0


def test_whoever_tries_numbers_one_by_one_is_stopped(address):
    report, stranger = make_report(), Client(REMOTE_ADDR=address)
    assert stranger.get(f"/suivi/{report.number}").status_code == 200
    tried = [stranger.get(f"/suivi/{n:010d}").status_code for n in range(pace.WRONG_NUMBERS.most)]
    assert set(tried) == {404}
    stopped = stranger.get(f"/suivi/{report.number}")
    assert (stopped.status_code, "Attendez dix minutes" in stopped.content.decode()) == (429, True)
    assert stranger.get(f"/open311/v2/requests/{report.number}.json").status_code == 429
    assert Client(REMOTE_ADDR=next(_addresses)).get(f"/suivi/{report.number}").status_code == 200
    assert stranger.get(f"/suivi/{report.number}/{report.secret}").status_code == 200  # whoever holds the link


def test_a_machine_that_never_stops_is_told_to_wait(address):
    for _ in range(pace.REPORTS_OF_ONE_MACHINE.most):
        pace.REPORTS_OF_ONE_MACHINE.count(address)
    answer = Client(REMOTE_ADDR=address).post("/open311/v2/requests.json", {"service_code": "VOI-NID"})
    assert answer.status_code == 429
    assert re.search("Attendez dix minutes", answer.content.decode())


def test_addresses_that_tell_nobody_apart_are_not_counted(settings):
    assert [pace.visitor_at({"REMOTE_ADDR": at}) for at in ("127.0.0.1", "::1", "172.17.0.1", "", "unknown")] == [
        ""
    ] * 5
    assert pace.visitor_at({"REMOTE_ADDR": "2001:db8:1:2:3::4"}) == pace.visitor_at({"REMOTE_ADDR": "2001:db8:1:2::9"})
    forged = {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}
    assert pace.visitor_at(forged) == "203.0.113.9"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.66, 198.51.100.1"}
    assert pace.visitor_at(behind) == "198.51.100.1"


def test_the_memory_of_visitors_has_an_end(monkeypatch):
    monkeypatch.setattr(pace, "MOST_VISITORS", 10)
    counter = pace.Pace(2)
    for n in range(50):
        counter.count(f"visitor {n}")
    assert len(counter._times) == 10
