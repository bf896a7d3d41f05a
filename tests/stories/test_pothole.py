"""The main job of a 311, from the hole in the street to the answer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.stories.pictures import filled_hole, turned_with_gps

NUMBER = re.compile(r"\d\d-\d{4}-\d{4}")
JPEG = {"name": "trou.jpg", "mimeType": "image/jpeg"}

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("stories")]  # one city for all


def words_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def go_on(page: Page) -> None:
    page.locator("form#etape button.button--primary").last.click()


def report_a_pothole(page: Page, address: str, email: str, *, photo: bool = False) -> tuple[str, str]:
    """Through the whole form as a resident does. Returns the number and the secret path."""
    page.fill("[name=q]", "trou dans la rue")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("^Nid-de-poule")).first.click()
    if page.locator("[name=danger]").count():
        page.locator("[name=danger][value=no]").check()
        go_on(page)
    page.fill("[name=adresse]", address)
    go_on(page)
    if page.locator("[name=choix]").count():
        page.locator("[name=choix]").first.check()
        go_on(page)
    if page.get_by_role("button", name="Non, c’est autre chose").count():
        page.get_by_role("button", name="Non, c’est autre chose").click()
    for radio in page.locator("#questions fieldset").all():
        radio.locator("input").first.check()
    page.fill("[name=description]", "Un trou profond, on l’évite de justesse <b>vite</b>")
    if photo:
        page.set_input_files("[name=photos]", JPEG | {"buffer": turned_with_gps()})
        page.get_by_role("button", name="Ajouter ces photos").click()
        expect(page.locator(".thumbs img")).to_have_count(1)
    go_on(page)
    page.fill("[name=courriel]", email)
    go_on(page)
    go_on(page)
    number = page.locator("#numero").inner_text().strip()
    assert NUMBER.fullmatch(number)
    return number, page.locator(".secret a").get_attribute("href") or ""


def test_a_pothole_from_the_door_to_the_answer(visit, city):
    # A resident, without an account and without script.
    resident = visit(script=False)
    page = resident.open("/")
    number, secret = report_a_pothole(page, "150 rue Saint-Jean", "agathe@trottoir.example", photo=True)
    page.goto(city.url + secret)
    expect(page.get_by_text("on l’évite de justesse <b>vite</b>")).to_be_visible()

    # The picture is upright, and holds neither metadata nor position in any size.
    stored = sorted((city.data / "uploads").rglob("*.jpg"))
    assert len(stored) == 2
    for path in stored:
        with Image.open(path) as picture:
            assert picture.height > picture.width
            assert dict(picture.getexif()) == {}

    # A first-line agent finds it by number, by street and by word, and hands it to a team.
    agent = visit()
    desk = agent.sign_in("premiere")
    for typed in (number, "saint-jean", "évite justesse"):
        desk.goto(f"{city.url}/console/recherche?q={typed}")
        if "/dossiers/" not in desk.url:
            desk.locator("a[href*='/console/dossiers/']").filter(has_text="Nid-de-poule").first.click()
        expect(desk.get_by_text(number)).to_be_visible()
    case_url = desk.url
    desk.locator("#geste-accepted summary").click()
    team = desk.locator("#geste-accepted option").filter(has_text=re.compile("voirie", re.IGNORECASE)).first
    desk.locator("#geste-accepted select").first.select_option(team.get_attribute("value"))
    desk.locator("#geste-accepted button[type=submit]").click()
    expect(desk.locator(".case__marks").get_by_text("Prise en charge")).to_be_visible()

    # The foreman plans it, starts it, and closes it with an outcome, a sentence and a picture.
    foreman = visit()
    shop = foreman.sign_in("voirie")
    shop.goto(case_url)
    shop.locator("#geste-planned summary").click()
    shop.locator("#geste-planned input[type=date]").fill((date.today() + timedelta(days=1)).isoformat())  # noqa: DTZ011
    shop.locator("#geste-planned button[type=submit]").click()
    expect(shop.locator(".case__marks").get_by_text("Planifiée")).to_be_visible()

    # A neighbour joins the same case.
    neighbour = visit(script=False)
    street = neighbour.open("/suivi/" + number)
    expect(street.get_by_text("agathe")).to_have_count(0)
    expect(street.get_by_text("on l’évite de justesse")).to_have_count(0)
    case_id = case_url.rstrip("/").split("/")[-1].split("?")[0].split("#")[0]
    street.goto(f"{city.url}/dossiers/{case_id}")
    street.get_by_role("link", name="Moi aussi").click()
    street.fill("[name=courriel]", "basile@voisin.example")
    street.get_by_role("button", name="Me joindre à ce dossier").click()
    assert NUMBER.search(street.content())

    shop.reload()
    shop.get_by_role("button", name="Commencer").click()
    expect(shop.locator(".case__marks").get_by_text("En cours")).to_be_visible()
    ending = shop.locator("#geste-closed")
    ending.locator("summary").click()
    ending.locator("[name$=outcome][value=repaired]").check()
    ending.locator("textarea").first.fill("Le trou est bouché avec de l’enrobé à chaud.")
    ending.locator("input[type=file]").set_input_files(JPEG | {"buffer": filled_hole()})
    ending.locator("button[type=submit]").click()
    expect(shop.locator(".case__marks").get_by_text("Terminée")).to_be_visible()

    # Nobody is recognisable on it: the picture of the mended street may be seen by all.
    shop.get_by_role("button", name="Rendre publique").last.click()
    expect(shop.get_by_text("publique").first).to_be_visible()

    # The notices lie in the outbox: the acknowledgement and each public change; the neighbour gets those that follow.
    told = city.letters_to("agathe@trottoir.example", at_least=5)  # received, taken, planned, started, closed
    assert [number in str(letter["Subject"]) for letter in told] == [True] * 5
    assert [text for text in map(words_of, told) if "Le trou est bouché avec de l’enrobé à chaud." in text] != []
    follows = city.letters_to("basile@voisin.example", at_least=3)  # received, started, closed
    assert len([text for text in map(words_of, follows) if "Le trou est bouché" in text]) == 1

    # The tracking page tells it in French and in English.
    page.goto(f"{city.url}/suivi/{number}")
    expect(page.get_by_text("Terminée", exact=True).first).to_be_visible()
    expect(page.get_by_text("Réparé").first).to_be_visible()
    expect(page.locator("img[src*='/photos/']").first).to_be_visible()
    page.goto(f"{city.url}/suivi/{number}?lang=en")
    expect(page.get_by_role("heading", name="Pothole")).to_be_visible()
    expect(page.get_by_text("Repaired").first).to_be_visible()

    assert city.parvis("ledger", "verify").returncode == 0


def test_a_merge_by_mistake_is_undone(visit, city):
    first = visit(script=False)
    here, _secret = report_a_pothole(first.open("/"), "20 rue Saint-Jean", "hermine@trottoir.example")
    second = visit(script=False)
    there, _secret = report_a_pothole(second.open("/"), "400 chemin Sainte-Foy", "clovis@trottoir.example")
    desk = visit().sign_in("premiere")
    desk.goto(f"{city.url}/console/recherche?q={here}")
    desk.locator("#geste-merge summary").click()
    desk.locator("#geste-merge input[type=text]").last.fill(there)
    desk.locator("#geste-merge").get_by_role("button", name=re.compile("^Joindre")).last.click()
    numbers = desk.locator("strong.tracking-number")
    expect(numbers.get_by_text(here)).to_be_visible()
    expect(numbers.get_by_text(there)).to_be_visible()
    desk.get_by_role("button", name=re.compile("^Annuler")).first.click()
    desk.goto(f"{city.url}/console/recherche?q={there}")
    expect(numbers.get_by_text(there)).to_be_visible()
    expect(numbers.get_by_text(here)).to_have_count(0)


def test_two_editors_see_both_versions(visit, city):
    resident = visit(script=False)
    number, _secret = report_a_pothole(resident.open("/"), "30 rue Saint-Jean", "octavie@trottoir.example")
    one, other = visit().sign_in("premiere"), visit().sign_in("superviseure")
    for desk in (one, other):
        desk.goto(f"{city.url}/console/recherche?q={number}")
    other.locator("#geste-closed summary").click()
    other.locator("#geste-closed textarea").first.fill("Ma phrase, longue et précieuse.")
    other.locator("#geste-closed [name$=outcome][value=nothing_found]").check()
    one.locator("#geste-accepted summary").click()
    one.locator("#geste-accepted button[type=submit]").click()
    expect(one.locator(".case__marks").get_by_text("Prise en charge")).to_be_visible()
    other.locator("#geste-closed button[type=submit]").click()
    expect(other.get_by_text("Ma phrase, longue et précieuse.").first).to_be_visible()
    expect(other.get_by_text("Prise en charge").first).to_be_visible()
