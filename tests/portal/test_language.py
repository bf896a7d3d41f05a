"""French first; English one link away, without losing a word."""

import pytest
from tests.people import make_service

pytestmark = pytest.mark.django_db


def test_french_comes_first_whatever_the_browser_prefers(client):
    page = client.get("/", headers={"Accept-Language": "en"})
    assert (page["Content-Language"], '<html lang="fr-CA">' in page.content.decode()) == ("fr", True)


def test_the_switch_is_a_link_that_comes_back_to_the_same_page(client):
    text = client.get("/suivi?numero=12").content.decode()
    assert 'href="/langue?language=en&amp;next=%2Fsuivi%3Fnumero%3D12"' in text
    page = client.get("/langue", {"language": "en", "next": "/suivi?numero=12"}, follow=True)
    assert page.redirect_chain == [("/suivi?numero=12", 302)]
    assert "Tracking number" in page.content.decode()
    assert "What can we do for you?" in client.get("/").content.decode()  # the cookie remembers


@pytest.mark.parametrize("target", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)", ""])
def test_the_switch_leads_to_no_other_site(client, target):
    assert client.get("/langue", {"language": "en", "next": target})["Location"] == "/"


def test_a_language_that_the_city_doesn_t_speak_is_left_alone(client):
    assert client.get("/langue", {"language": "xx"}).cookies.get("parvis_language") is None


def test_switching_in_the_middle_of_a_form_keeps_what_was_typed(resident, pothole):
    resident.reach("details")
    assert 'form="etape" name="language" value="en"' in resident.text
    resident.send(description="À moitié écr", language="en")
    assert resident.path == "/signaler/details"
    assert "À moitié écr" in resident.text
    assert "Pothole" in resident.text
    resident.send(description="À moitié écrit")
    resident.send(language="fr", courriel="pas encore")
    assert 'value="pas encore"' in resident.text
    assert "Comment vous joindre" in resident.text


def test_the_report_speaks_the_language_of_its_author(resident, pothole):
    from parvis.cases.models import Report

    make_service()
    resident.client.get("/langue", {"language": "en"})
    resident.reach("coordonnees")
    assert 'value="en" id="id_langue_1" required checked' in resident.text.replace("\n", " ")
    resident.send(langue="en")
    resident.send()
    assert Report.objects.get().language == "en"
