"""Each error page says what to do next."""

import pytest
from django.test import Client, RequestFactory

from parvis.portal.views import errors


@pytest.mark.django_db
def test_a_page_that_doesn_t_exist(client):
    page = client.get("/nulle-part")
    assert page.status_code == 404
    assert "Cherchez depuis l’accueil" in page.content.decode()


@pytest.mark.parametrize(
    ("view", "arguments", "status"),
    [
        (errors.bad_request, (Exception(),), 400),
        (errors.forbidden, (Exception(),), 403),
        (errors.not_found, (Exception(),), 404),
        (errors.server_error, (), 500),
    ],
)
def test_error_pages_stand_without_a_database(view, arguments, status):
    page = view(RequestFactory().get("/"), *arguments)
    assert page.status_code == status
    assert "Appelez le" in page.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained():
    page = Client(enforce_csrf_checks=True).post("/signaler/abandon")
    assert page.status_code == 403
    assert "Ce formulaire doit être renvoyé" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/confidentialite", "/accessibilite", "/robots.txt", "/theme.css"])
def test_plain_pages_answer(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/signaler", "/suivi", "/confidentialite"])
def test_nothing_comes_from_elsewhere_and_nothing_is_inline(client, address):
    import re

    text = client.get(address).content.decode()
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', text) == []
    assert re.findall(r"<style|<script(?![^>]*src=)|\sstyle=|\son[a-z]+=", text) == []


@pytest.mark.django_db
def test_the_colour_of_the_city_is_a_style_sheet(client, settings):
    settings.PARVIS_CITY = settings.PARVIS_CITY | {"colour": "#ffee00"}
    page = client.get("/theme.css")
    assert page["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age" in page["Cache-Control"]
    assert "#ffee00" not in page.content.decode().split("@media")[0]  # yellow on white can't be read


@pytest.mark.django_db
def test_a_city_without_a_logo_file_shows_its_name(client):
    assert client.get("/logo").status_code == 404
