"""A NUL in what a browser sends: PostgreSQL can't look for one, so it must never get that far."""

import pytest
from people import make_service

pytestmark = pytest.mark.django_db


def test_a_session_cookie_with_a_nul_is_no_session(client):
    client.cookies["parvis_session"] = "abcdefgh\x00ijkl"
    assert client.get("/signaler/lieu").status_code < 500


def test_a_service_code_with_a_nul_is_no_reason_to_fail(client):
    make_service()
    assert client.get("/signaler", {"service": "VOI-NID\x00"}).status_code < 500


def test_signing_in_leads_to_our_own_pages_only(client):
    from people import PASSWORD, make_agent

    agent = make_agent()
    answer = client.post("/console/entrer?next=javascript:x", {"username": agent.username, "password": PASSWORD})
    assert answer["Location"].startswith("/console/")
