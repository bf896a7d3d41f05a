import re

import pytest
from django.test import Client
from django.urls import reverse
from people import PASSWORD, make_agent

from parvis.people import accounts
from parvis.people.models import Agent
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db
ENTRANCE = "/console/entrer"
WELL_CHOSEN = "quatre mots bien choisis"


@pytest.fixture
def browser():
    return Client()


def come_in(browser, username, password=PASSWORD, headers=None, **fields):
    return browser.post(ENTRANCE, {"username": username, "password": password, **fields}, headers=headers)


def test_staff_come_in_with_a_name_however_written_and_a_password(browser):
    agent = make_agent(username="camille")
    response = come_in(browser, " Camille ")
    assert (response.status_code, response.url) == (302, reverse("console:home"))
    assert browser.session["_auth_user_id"] == str(agent.pk)


def test_a_wrong_password_an_unknown_name_and_a_closed_account_are_told_alike(browser):
    make_agent(username="camille")
    accounts.close_account(make_agent(username="partie"))
    answers = [
        come_in(browser, "camille", "une-autre-phrase"),
        come_in(browser, "personne"),
        come_in(browser, "partie"),
    ]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert len({said(answer) for answer in answers}) == 1
    assert "_auth_user_id" not in browser.session


def test_too_many_guesses_shut_the_door_for_a_while(browser):
    make_agent(username="camille")
    for _ in range(5):
        come_in(browser, "camille", "mauvais")
    response = come_in(browser, "camille")
    assert (response.status_code, "_auth_user_id" in browser.session) == (429, False)


@pytest.mark.parametrize("is_behind_a_proxy", [True, False])
def test_behind_a_proxy_a_stranger_s_guesses_lock_out_the_stranger_only(browser, settings, is_behind_a_proxy):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if is_behind_a_proxy else None
    make_agent(username="camille")
    for _ in range(5):
        come_in(browser, "camille", "mauvais", headers={"X-Forwarded-For": "10.0.0.9, 203.0.113.7"})
    from_home = {"X-Forwarded-For": "203.0.113.7, 198.51.100.1"}  # what a client writes itself comes first
    assert come_in(browser, "camille", headers=from_home).status_code == (302 if is_behind_a_proxy else 429)


@pytest.mark.parametrize(
    ("wanted", "landed"),
    [
        ("/console/taches?after=3", "/console/taches?after=3"),
        ("https://ailleurs.example/", "/console/"),
        ("//ailleurs.example/", "/console/"),
        ("/\\ailleurs.example", "/console/"),
        ("javascript:alert(1)", "/console/"),
    ],
)
def test_after_the_door_one_lands_where_one_was_going_but_never_elsewhere(browser, wanted, landed):
    make_agent(username="camille")
    assert come_in(browser, "camille", next=wanted).url == landed


def test_the_door_keeps_the_wanted_page_in_its_form(browser):
    page = browser.get("/console/taches", follow=True).content.decode()
    assert '<input type="hidden" name="next" value="/console/taches">' in page


@pytest.mark.parametrize("typed", ["", "a" * 5000, "nul\x00", "<script>"])
def test_odd_names_get_a_sentence(browser, typed):
    assert come_in(browser, typed).status_code == 400


def test_a_sign_in_without_its_form_token_is_refused():
    make_agent(username="camille")
    assert come_in(Client(enforce_csrf_checks=True), "camille").status_code == 403


def test_a_one_time_link_waits_for_a_press_and_works_once(browser):
    agent = accounts.create_agent("nouvelle", name="Nouvelle Exemple", role=Role.CREW)
    link = reverse("console:one_time", args=[accounts.one_time_sign_in(agent)])
    assert browser.get(link).status_code == 200  # as a mail scanner does
    response = browser.post(link)
    assert (response.status_code, response.url) == (302, reverse("console:password"))
    other = Client()
    assert other.post(link).status_code == 400
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "é" * 3000])
def test_a_made_up_link_opens_nothing(browser, token):
    assert browser.post(f"{ENTRANCE}/{token}").status_code == 400


def test_whoever_came_by_a_link_chooses_a_password_without_the_old_one(browser):
    agent = accounts.create_agent("nouvelle", name="Nouvelle Exemple", role=Role.CREW)
    browser.post(reverse("console:one_time", args=[accounts.one_time_sign_in(agent)]))
    response = browser.post("/console/mot-de-passe", {"new": WELL_CHOSEN, "again": WELL_CHOSEN})
    assert response.url == reverse("console:home")
    assert Agent.objects.get(pk=agent.pk).check_password(WELL_CHOSEN)
    assert browser.get("/console/mot-de-passe").status_code == 200  # this session goes on


def test_changing_a_password_asks_for_the_old_one_and_ends_other_sessions(signed_in):
    here = signed_in(make_agent(username="camille"))
    elsewhere = signed_in(here.agent)
    new = {"new": WELL_CHOSEN, "again": WELL_CHOSEN}
    assert here.post("/console/mot-de-passe", {"current": "faux", **new}).status_code == 400
    assert here.post("/console/mot-de-passe", {"current": PASSWORD, **new}).status_code == 302
    assert [client.get("/console/mot-de-passe").status_code for client in (here, elsewhere)] == [200, 302]


@pytest.mark.parametrize(
    ("new", "again"),
    [("court", "court"), (WELL_CHOSEN, "quatre mots"), ("motdepasse12345678", "x"), ("", "")],
)
def test_a_weak_or_mistyped_password_changes_nothing(signed_in, new, again):
    browser = signed_in()
    answer = browser.post("/console/mot-de-passe", {"current": PASSWORD, "new": new, "again": again})
    assert answer.status_code == 400
    assert Agent.objects.get(pk=browser.agent.pk).check_password(PASSWORD)


def test_leaving_takes_a_press_not_a_link(signed_in):
    browser = signed_in()
    assert browser.get("/console/sortir").status_code == 405
    assert browser.post("/console/sortir").url == ENTRANCE
    assert "_auth_user_id" not in browser.session


def said(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="[a-z]*"', "", response.content.decode())
