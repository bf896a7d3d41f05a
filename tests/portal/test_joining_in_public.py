"""« Moi aussi » from the public page of a case."""

import pytest
from django.test import Client
from tests.people import OSCAR, make_agent, make_report, make_service

from parvis.cases import joining
from parvis.cases.models import Report
from parvis.catalogue.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_report(contact=OSCAR)


def test_a_stranger_reads_the_case_without_the_person(client, report):
    text = client.get(f"/dossiers/{report.case_id}").content.decode()
    assert ["Nid-de-poule" in text, "Rue des Essais" in text, "1 personne attend" in text] == [True] * 3
    assert [word for word in ("Oscar", "45, rue", "gros trou") if word in text] == []


def test_a_neighbour_joins_with_an_e_mail_and_gets_a_number(client, report):
    page = client.post(f"/dossiers/{report.case_id}/moi-aussi", {"courriel": "gertrude@voisine.example"}, follow=True)
    mine = Report.objects.get(is_me_too=True)
    assert mine.spoken_number in page.content.decode()
    assert (mine.case_id, mine.person.email, mine.wants_notices) == (report.case_id, "gertrude@voisine.example", True)


def test_a_neighbour_joins_without_saying_who(client, report):
    client.post(f"/dossiers/{report.case_id}/moi-aussi")
    assert Report.objects.get(is_me_too=True).person is None


def test_joining_twice_from_one_form_counts_once(client, report):
    client.get(f"/dossiers/{report.case_id}/moi-aussi")
    second = Client()
    second.cookies = client.cookies.copy()
    session = dict(client.session.items())
    client.post(f"/dossiers/{report.case_id}/moi-aussi")
    store = client.session
    store.update(session)  # as if both clicks had read the session before either wrote it
    store.save()
    client.post(f"/dossiers/{report.case_id}/moi-aussi")
    assert Report.objects.filter(is_me_too=True).count() == 1


def test_a_bad_e_mail_is_refused_and_stays(client, report):
    page = client.post(f"/dossiers/{report.case_id}/moi-aussi", {"courriel": "gertrude"})
    assert page.status_code == 422
    assert 'value="gertrude"' in page.content.decode()


def test_a_service_with_questions_asks_them_first(client, report):
    Question.objects.create(service=report.service, key="q", kind="text", label_fr="Profondeur ?", is_required=True)
    page = client.post(f"/dossiers/{report.case_id}/moi-aussi", {"courriel": "gertrude@voisine.example"}, follow=True)
    text = page.content.decode()
    assert "Profondeur ?" in text or Report.objects.filter(is_me_too=True).exists()


def test_a_merged_case_leads_to_the_one_that_stands(client, report):
    other = make_report(description="Le même")
    joining.merge(report.case_id, other.case_id, agent=make_agent("supervisor"))
    assert client.get(f"/dossiers/{report.case_id}")["Location"] == f"/dossiers/{other.case_id}"


@pytest.mark.parametrize("visibility", ["never", "aggregate"])
def test_a_case_off_the_map_has_no_public_page(client, visibility):
    report = make_report(service=make_service("NUI-BRU", visibility=visibility))
    assert client.get(f"/dossiers/{report.case_id}").status_code == 404
    assert client.post(f"/dossiers/{report.case_id}/moi-aussi").status_code == 404


def test_an_emergency_has_no_public_page(client):
    report = make_report(screen_answer="yes")
    assert client.get(f"/dossiers/{report.case_id}").status_code == 404


@pytest.mark.parametrize("case_id", ["0", "99999999", "9" * 30])
def test_a_forged_id_finds_nothing(client, case_id):
    assert client.get(f"/dossiers/{case_id}").status_code == 404
