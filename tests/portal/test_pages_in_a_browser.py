"""The portal in Debian's Chromium: axe, 320 pixels, dark, no script, no word from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.people import OSCAR, make_report, make_segment, make_service

from parvis.cases.models import Report
from parvis.catalogue.models import Question

CHROMIUM = "/usr/bin/chromium"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Debian's Chromium isn't installed here"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the test
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def report(db: None) -> Report:
    make_segment()
    service = make_service(
        emergency="screen", screen_question_fr="Y a-t-il un blessé ?", screen_route="911", photo="yes"
    )
    options = [{"value": "petit", "fr": "Petit", "en": "Small"}, {"value": "gros", "fr": "Gros", "en": "Large"}]
    Question.objects.create(service=service, key="taille", kind="choice", label_fr="Quelle taille ?", options=options)
    Question.objects.create(service=service, key="quoi", kind="multi", label_fr="Quoi ?", options=options, position=1)
    Question.objects.create(service=service, key="jour", kind="date", label_fr="Quel jour ?", position=2)
    return make_report(service=service, contact=OSCAR)


class Watched:
    """A page whose every request, console error and axe violation is written down."""

    def __init__(self, chromium: Any, server: str, **context: Any) -> None:
        self.context = chromium.new_context(**context)
        self.page = self.context.new_page()
        self.server, self.faults = server, []
        self.page.on("console", lambda said: self.hear(said.type, said.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", lambda request: self.see(request.url))

    def hear(self, kind: str, said: str) -> None:
        if kind == "error" and "status of 4" not in said:  # a 4xx page is told in the console by the browser itself
            self.faults.append(f"console: {said}")

    def see(self, url: str) -> None:
        if not url.startswith((self.server, "data:", "blob:")):
            self.faults.append(f"elsewhere: {url}")

    def open(self, address: str) -> None:
        self.page.goto(self.server + address)
        self.look()

    def look(self) -> None:
        """Check the page in hand: rules of accessibility, and no sideways scrolling."""
        from axe_playwright_python.sync_playwright import Axe

        where = self.page.url.removeprefix(self.server)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.faults.append(f"{where} scrolls sideways by {wide} px")
        console, self.faults = self.faults, []  # axe's own style elements are refused by our policy: not ours to tell
        found = Axe().run(self.page).response["violations"]
        self.page.wait_for_timeout(50)
        self.faults = console + [f"{where} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]

    def press(self, selector: str) -> None:
        self.page.click(selector)
        self.page.wait_for_load_state()
        self.look()


@pytest.mark.parametrize(
    "context",
    [
        {"viewport": {"width": 320, "height": 640}},
        {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    ],
    ids=["320 pixels", "dark"],
)
def test_every_page_of_the_portal_is_accessible(chromium, live_server, report, context):
    watched = Watched(chromium, live_server.url, **context)
    for address in ("/", "/?q=nid", "/?q=rien", "/signaler", "/suivi", "/suivi?numero=1", "/suivi/26-0000-0000",
                    f"/suivi/{report.number}", f"/suivi/{report.number}/{report.secret}", f"/dossiers/{report.case_id}",
                    f"/dossiers/{report.case_id}/moi-aussi", "/confidentialite", "/accessibilite", "/nulle-part",
                    "/signaler/details", "/?lang=en"):  # fmt: skip
        watched.open(address)
    walk_through_the_form(watched)
    assert watched.faults == []


def walk_through_the_form(watched: Watched) -> None:
    go_on = "button[value=continuer]"
    page = watched.page
    watched.open("/signaler?service=VOI-NID")
    watched.press(go_on)  # without an answer: the summary
    page.check("input[value=yes]")
    watched.press(go_on)  # the alarm
    watched.press(go_on)
    watched.press(go_on)  # no place
    page.fill("[name=adresse]", "45, rue des Essais")
    watched.press(go_on)
    watched.press("button[name=rejoindre][value='']")
    page.fill("[name=description]", "Un gros trou")
    watched.press(go_on)
    page.fill("[name=courriel]", "pas un courriel")
    watched.press(go_on)
    page.fill("[name=courriel]", "gertrude@voisine.example")
    watched.press(go_on)
    watched.press(go_on)
    assert "/signaler/merci" in page.url


def test_a_photo_is_sent_as_soon_as_it_is_chosen(chromium, live_server, report, picture):
    watched = Watched(chromium, live_server.url)
    page = watched.page
    watched.open("/signaler?service=VOI-NID")
    page.check("input[value=no]")
    page.click("button[value=continuer]")
    page.fill("[name=adresse]", "45, rue des Essais")
    page.click("button[value=continuer]")
    page.click("button[name=rejoindre][value='']")
    page.fill("[name=description]", "Pas encore envoyé")
    page.set_input_files("#id_photos", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture().getvalue()})
    page.wait_for_selector(".thumbs img")
    page.click("text=Retirer")
    page.wait_for_selector(".thumbs", state="detached")
    assert page.input_value("[name=description]") == "Pas encore envoyé"
    assert watched.faults == []


def test_results_come_as_one_types(chromium, live_server, report):
    watched = Watched(chromium, live_server.url)
    watched.page.goto(live_server.url)
    watched.page.locator("#q").press_sequentially("nid")
    watched.page.wait_for_selector("#resultats .found__link")
    watched.look()
    assert watched.faults == []


def test_the_whole_form_works_without_script(chromium, live_server, report):
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()
    page.goto(live_server.url)
    page.fill("#q", "nid de poule")
    page.click("text=Chercher")
    page.click(".found__link >> nth=0")
    page.check("input[value=no]")
    page.click("button[value=continuer]")
    page.fill("[name=adresse]", "45, rue des Essais")
    page.click("button[value=continuer]")
    page.click("text=Moi aussi")
    page.fill("[name=description]", "Le même")
    page.click("button[name=language]")
    page.click("button[value=continuer]")
    page.click("button[value=continuer]")
    page.click("text=Send my request")
    joined = Report.objects.get(is_me_too=True)
    assert page.inner_text("#numero") == joined.spoken_number
    assert (joined.case_id, joined.description) == (report.case_id, "Le même")
