"""A morning without a mouse: in a real browser, from the queue to a closed case."""

import os
import shutil

import pytest
from people import make_case, make_team
from playwright.sync_api import sync_playwright

from parvis.cases.models import Message
from parvis.cases.states import State
from parvis.people.permissions import Role

CHROMIUM = os.environ.get("PARVIS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium"),
]


@pytest.fixture
def at_the_desk(live_server, signed_in):
    """A browser where a supervisor has signed in. The database is asked only before and after: Django refuses it
    while Playwright's loop runs."""

    def work(morning):
        session = signed_in(Role.SUPERVISOR).cookies["parvis_session"].value
        complaints = []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            context = browser.new_context(base_url=live_server.url, locale="fr-CA")
            context.add_cookies([{"name": "parvis_session", "value": session, "url": live_server.url}])
            page = context.new_page()
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            morning(page)
            browser.close()
        assert complaints == []

    return work


def press(page, key):
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_load_state("networkidle")


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")


def test_a_case_is_found_taken_noted_and_closed_without_a_mouse(at_the_desk):
    make_team()
    cases = [make_case() for _ in range(3)]
    second = cases[1]

    def morning(page):
        page.goto("/console/files/open")
        for key in ("j", "j", "x"):
            page.keyboard.press(key)
        assert page.text_content("[data-count]") == "1"
        press(page, "Enter")
        assert page.url.endswith(f"/console/dossiers/{second.pk}")
        page.keyboard.press("1")
        assert focused(page) == "accepted-team"
        press(page, "Control+Enter")
        page.keyboard.press("i")
        page.keyboard.type("j’ai vu : rien de grave, x")  # keys are letters again while typing
        press(page, "Control+Enter")
        page.keyboard.press(page.get_attribute("#geste-closed summary", "data-key"))
        page.keyboard.press("ArrowDown")
        page.focus("[name=closed-sentence]")
        page.keyboard.type("Le trou est rempli.")
        page.goto("/console/files/mine")  # at once: the last words are saved as the page goes away
        page.goto(f"/console/dossiers/{second.pk}")
        assert page.input_value("[name=closed-sentence]") == "Le trou est rempli."
        page.focus("[name=closed-sentence]")
        press(page, "Control+Enter")
        assert "Terminée" in page.inner_text(".case__marks")
        press(page, "b")
        assert page.url.endswith("/console/files/open")

    at_the_desk(morning)
    second.refresh_from_db()
    assert (second.state, second.outcome_sentence) == (State.CLOSED, "Le trou est rempli.")
    assert Message.objects.get().body == "j’ai vu : rien de grave, x"


def test_back_finds_the_same_row_and_j_goes_to_the_next_case(at_the_desk):
    first, second, third = (make_case() for _ in range(3))

    def morning(page):
        page.goto("/console/files/open?order=newest")
        page.keyboard.press("j")
        press(page, "Enter")
        assert page.url.endswith(f"/{third.pk}")
        press(page, "j")
        assert page.url.endswith(f"/{second.pk}")
        press(page, "b")
        assert page.url.endswith("/console/files/open?order=newest")
        assert page.locator(".cases__last").get_attribute("data-row") == str(second.pk)
        press(page, "Enter")
        assert page.url.endswith(f"/{second.pk}")

    at_the_desk(morning)
    assert first.pk < second.pk < third.pk


def test_anything_is_found_from_anywhere(at_the_desk):
    case = make_case()
    number = case.reports.get().spoken_number

    def morning(page):
        page.goto("/console/nouvelle")
        page.keyboard.press("Control+k")
        page.keyboard.type(number)
        page.wait_for_selector("#found a")
        page.keyboard.press("ArrowDown")
        press(page, "Enter")
        assert page.url.endswith(f"/console/dossiers/{case.pk}")

    at_the_desk(morning)


def test_single_keys_can_be_switched_off(at_the_desk):
    make_case()

    def morning(page):
        page.goto("/console/files/open")
        page.keyboard.press("?")
        assert page.is_visible("#keys")
        page.uncheck("#single-keys")
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        page.wait_for_timeout(200)
        assert page.url.endswith("/console/files/open")

    at_the_desk(morning)
