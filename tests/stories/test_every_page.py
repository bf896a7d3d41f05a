"""Pages of both faces as they are served: no accessibility violation, no sideways scroll at 320 px, in both themes.

The pages of administration have theirs in tests/console/test_admin_in_a_browser.py.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PORTAL = (
    "/", "/?q=trou", "/?q=xyzzy", "/signaler", "/signaler?service=VOI-NID", "/suivi", "/suivi/26-0000-0000", "/carte",
    "/carte?etat=ouverts", "/confidentialite", "/accessibilite", "/rien-ici",
)  # fmt: skip
CONSOLE = (
    "/console/", "/console/files/open", "/console/files/overdue", "/console/files/all?text=trou",
    "/console/recherche?q=rue", "/console/recherche?q=xyzzy", "/console/nouvelle", "/console/rien-ici",
)  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stories")]  # one city for all


def faults(page: Page) -> list[str]:
    """What axe holds against the page, and whether it scrolls sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{page.url}: {one['id']} ({one['nodes'][0]['html'][:120]})" for one in found]
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return told + ([f"{page.url}: wider than the window"] if wider else [])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_residents_pages(visit, width, dark, language):
    resident = visit(width=width, dark=dark)
    wrong = []
    for path in PORTAL:
        page = resident.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
        page.wait_for_load_state("networkidle")
        wrong += faults(page)
    assert wrong == []


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (320, True)])
def test_staff_pages(visit, city, width, dark):
    desk = visit(width=width, dark=dark)
    wrong = faults(desk.open("/console/entrer"))
    page = desk.sign_in("premiere")
    for path in CONSOLE:
        page.goto(city.url + path)
        page.wait_for_load_state("networkidle")
        wrong += faults(page)
    page.goto(city.url + "/console/files/all")
    page.locator("a[href*='/console/dossiers/']").first.click()
    page.wait_for_load_state("networkidle")
    wrong += faults(page)
    assert wrong == []
