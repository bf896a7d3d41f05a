"""Administration in Debian's Chromium: accessible at every width, and no script needed to keep the catalogue."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from people import GERTRUDE, PASSWORD, make_agent, make_report, make_service, make_team

from parvis.catalogue.models import Calendar, ExceptionalDay, Question, RoutingRule
from parvis.people.permissions import Role
from parvis.shared import clock
from parvis.shared.models import Job

CHROMIUM = "/usr/bin/chromium"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Debian's Chromium isn't installed here"),
]
YES_NO = [{"value": "oui", "fr": "Oui", "en": "Yes"}, {"value": "non", "fr": "Non", "en": "No"}]


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
def addresses(db: None) -> list[str]:
    """One address of every page of administration, with something to show on each."""
    team, service = make_team(), make_service()
    agent = make_agent(Role.CREW, teams=(team,))
    make_report(service=service, contact=GERTRUDE)
    first = Question.objects.create(
        service=service, key="a", kind="choice", label_fr="Est-ce profond ?", options=YES_NO
    )
    then = Question.objects.create(
        service=service, key="b", kind="text", label_fr="Combien ?", position=1, condition={"key": "a", "in": ["oui"]}
    )
    rule = RoutingRule.objects.create(service=service, team=team)
    calendar = Calendar.objects.create(code="v", name_fr="Ville", hours={"0": [["08:00", "19:00"]]}, is_default=True)
    ExceptionalDay.objects.create(calendar=calendar, day=clock.today() + timedelta(days=3), reason_fr="Neige")
    now = clock.now()
    Job.objects.create(
        task="x", args=[7], state="dead", run_at=now, enqueued_at=now, finished_at=now, error="TimeoutError\n  x:1 in y"
    )
    alone = (
        "password", "catalogue", "catalogue_file", "categories", "new_category", "new_service", "routing", "new_rule",
        "calendars",
        "new_calendar", "accounts", "new_account", "permissions", "organisation", "new_department", "new_team",
        "jobs", "ledger", "notices",
    )  # fmt: skip
    of_a_row = {
        "catalogue_service": service, "service_preview": service, "new_question": service, "category": service.category,
        "rule": rule, "calendar": calendar, "account": agent, "department": team.department, "team": team,
    }  # fmt: skip
    return [
        *(reverse(f"console:{name}") for name in alone),
        *(reverse(f"console:{name}", args=[row.pk]) for name, row in of_a_row.items()),
        *(reverse("console:question", args=[question.pk]) for question in (first, then)),
        f"/console/registre?sujet=service:{service.pk}&verifier=1",
        "/console/registre?sujet=nulle%20part",
        "/console/comptes?q=personne",
    ]


class Desk:
    """An administrator's browser, with what was wrong in it."""

    def __init__(self, chromium: Any, server: str, **context: Any) -> None:
        make_agent(Role.ADMINISTRATOR, username="ada", name="Ada Ministre")
        self.page = chromium.new_context(locale="fr-CA", **context).new_page()
        self.page.set_default_timeout(10_000)
        self.server, self.faults = server, []
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", lambda said: self.hear(said.type, said.text))
        self.page.on("request", lambda request: self.see(request.url))

    def hear(self, kind: str, said: str) -> None:
        if kind == "error" and "status of 4" not in said:  # the browser's own word on a refused form
            self.faults.append(f"console: {said}")

    def see(self, url: str) -> None:
        if not url.startswith((self.server, "data:", "blob:")):
            self.faults.append(f"elsewhere: {url}")

    def enter(self) -> None:
        self.page.goto(f"{self.server}/console/entrer")
        self.page.fill("[name=username]", "ada")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(f"{self.server}/console/")

    def look(self, address: str = "") -> None:
        from axe_playwright_python.sync_playwright import Axe

        if address:
            self.page.goto(self.server + address)
        where = self.page.url.removeprefix(self.server)
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.faults.append(f"{where} scrolls sideways")
        before = list(self.faults)  # axe's own style elements are refused by our policy: not ours to tell
        found = Axe().run(self.page).response["violations"]
        self.faults = before + [f"{where} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()
        self.page.wait_for_load_state()


@pytest.mark.parametrize(
    "context",
    [{"viewport": {"width": 320, "height": 640}}, {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}],
    ids=["320 pixels", "dark"],
)
def test_every_page_of_administration_is_accessible(chromium, live_server, addresses, context):
    desk = Desk(chromium, live_server.url, **context)
    for address in ("/console/entrer", "/console/entrer/x"):
        desk.look(address)
    desk.enter()
    for address in addresses:
        desk.look(address)
    for address, button in (
        ("/console/catalogue/services/nouveau", "Ajouter au catalogue"),
        ("/console/comptes/nouveau", "Créer le compte"),
        ("/console/calendriers/nouveau", "Enregistrer le calendrier"),
    ):
        desk.page.goto(live_server.url + address)
        desk.press(button)  # left empty: the form comes back with its sentences
        desk.look()
    assert desk.faults == []


def test_a_question_is_written_without_script_and_asked_of_residents(chromium, live_server):
    service = make_service(location_mode="none")
    desk = Desk(chromium, live_server.url, java_script_enabled=False)
    desk.enter()
    page = desk.page
    page.goto(live_server.url + reverse("console:catalogue_service", args=[service.pk]))
    page.get_by_role("link", name="Ajouter une question").click()
    page.get_by_label("Question en français").fill("Dans quelle voie ?")
    page.get_by_label("La réponse est").select_option("choice")
    page.get_by_label("Réponse 1 en français").fill("Voie de droite")
    page.get_by_label("Réponse 2 en français").fill("Voie de gauche")
    desk.press("Enregistrer la question")
    assert "La question est enregistrée." in page.inner_text("main")
    page.goto(live_server.url + f"/signaler?service={service.code}")
    assert "Dans quelle voie ?" in page.inner_text("main")
    assert desk.faults == []
