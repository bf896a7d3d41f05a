"""One box finds services and tracking numbers."""

import pytest
from tests.people import make_category, make_report, make_service

from parvis.shared import tracking

pytestmark = pytest.mark.django_db


def test_the_box_finds_a_service_by_a_word_that_people_use(client):
    make_service()
    assert "Nid-de-poule" in client.get("/", {"q": "trou dans la rue"}).content.decode()


def test_a_tracking_number_leads_to_its_report_with_or_without_dashes(client):
    number = make_report().number
    for typed in (number, tracking.spoken(number), f" {number[:2]} {number[2:]} "):
        assert client.get("/", {"q": typed})["Location"] == f"/suivi/{number}"


def test_typing_brings_a_fragment_and_no_whole_page(client):
    make_service()
    page = client.get("/", {"q": "nid"}, headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    assert "Nid-de-poule" in page.content.decode()
    assert "HX-Request" in page["Vary"]


def test_nothing_found_says_what_to_do_next(client):
    text = client.get("/", {"q": "zzzz"}).content.decode()
    assert "Rien ne ressemble à «\u00a0zzzz\u00a0»" in text
    assert "311" in text


def test_what_was_asked_is_shown_inert(client):
    assert "<script>x" not in client.get("/", {"q": "<script>x</script>"}).content.decode()


def test_urgent_numbers_are_one_touch_away(client):
    text = client.get("/").content.decode()
    assert [f'href="{link}"' in text for link in ("tel:911", "tel:311", "tel:+14186916911", "tel:811")] == [True] * 4


@pytest.mark.parametrize("address", ["/", "/signaler"])
def test_queries_don_t_grow_with_the_catalogue(client, django_assert_num_queries, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for wanted in (1, 3):
        for n in range(wanted):
            make_service(f"S{n}", name_fr=f"Service {n}", category=make_category(f"C{n}"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_retired_service_is_offered_nowhere(client):
    make_service(is_active=False)
    assert "Nid-de-poule" not in client.get("/signaler").content.decode()
