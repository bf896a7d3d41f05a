"""What a number shows, what the secret link shows, and what a stranger never sees."""

import pytest
from tests.people import GERTRUDE, OSCAR, TUESDAY_10H, make_agent, make_location, make_report, make_service, make_team

from parvis.cases import talking, workflow
from parvis.cases.models import Case
from parvis.cases.workflow import Details
from parvis.shared import tracking

pytestmark = pytest.mark.django_db
PRIVATE = ("Oscar", "featherby", "45, rue", "Un gros trou", "418")


@pytest.fixture
def report():
    return make_report(contact=OSCAR)


def closed(report, sentence="Le trou est rempli."):
    agent = make_agent("supervisor")
    workflow.move(report.case_id, "accepted", agent=agent, details=Details(team_id=make_team().pk))
    return workflow.move(report.case_id, "closed", agent=agent, details=Details(outcome="repaired", sentence=sentence))


def test_a_number_alone_shows_the_state_and_the_street_and_nothing_of_the_person(client, report):
    page = client.get(f"/suivi/{report.number}")
    text = page.content.decode().split("<main")[1].split("</main")[0]
    assert [word for word in PRIVATE if word in text] == []
    assert ["Nid-de-poule" in text, "Reçue" in text, "Rue des Essais" in text] == [True] * 3
    assert (page["X-Robots-Tag"], "no-store" in page["Cache-Control"]) == ("noindex, nofollow", True)


def test_a_number_is_read_with_and_without_dashes(client, report):
    assert client.get(f"/suivi/{tracking.spoken(report.number)}").status_code == 200
    assert client.get("/suivi", {"numero": report.number})["Location"] == f"/suivi/{tracking.spoken(report.number)}"


def test_the_secret_link_shows_what_the_person_said_and_not_how_to_reach_them(client, report):
    text = client.get(f"/suivi/{report.number}/{report.secret}").content.decode()
    assert [word in text for word in ("Oscar Featherby", "oscar@featherby.example", "45, rue", "Un gros trou")] == [
        False, False, True, True
    ]  # fmt: skip


def test_a_wrong_secret_and_an_unknown_number_look_the_same(client, report):
    wrong = client.get(f"/suivi/{report.number}/pas-le-bon")
    unknown = client.get(f"/suivi/{report.number}/é%00")
    missing = client.get("/suivi/26-0000-0000")
    assert [page.status_code for page in (wrong, unknown, missing)] == [404, 404, 404]
    assert "Nous ne trouvons pas cette demande" in wrong.content.decode()


def test_what_isn_t_a_number_stays_in_the_box(client):
    page = client.get("/suivi", {"numero": "26-4718-309"})
    assert page.status_code == 422
    assert 'value="26-4718-309"' in page.content.decode()


def test_the_story_is_told_in_french_and_in_english(client, report):
    closed(report)
    french = client.get(f"/suivi/{report.number}").content.decode()
    english = client.get(f"/suivi/{report.number}?lang=en").content.decode()
    assert [word in french for word in ("Prise en charge", "Terminée", "Réparé", "Le trou est rempli.")] == [True] * 4
    assert [word in english for word in ("Pothole", "Repaired", "Le trou est rempli.")] == [True] * 3


def test_replies_of_the_city_reach_those_who_reported_only(client, report):
    talking.reply(report.case_id, "Nous passerons jeudi.", agent=make_agent("supervisor"))
    assert "Nous passerons jeudi" not in client.get(f"/suivi/{report.number}").content.decode()
    assert "Nous passerons jeudi" in client.get(f"/suivi/{report.number}/{report.secret}").content.decode()


def test_internal_notes_reach_nobody(client, report):
    talking.note(report.case_id, "Client difficile", agent=make_agent("supervisor"))
    assert "Client difficile" not in client.get(f"/suivi/{report.number}/{report.secret}").content.decode()


def test_a_neighbour_on_the_same_case_reads_nothing_of_the_other(client, report):
    other = make_report(contact=GERTRUDE, join_case_id=report.case_id, description="")
    text = client.get(f"/suivi/{other.number}/{other.secret}").content.decode()
    assert "Oscar" not in text
    assert "Un gros trou" not in text
    assert "1 autre personne attend la même chose" in text.replace("\u00a0", " ")


def test_what_isn_t_solved_is_reopened_from_the_secret_link(client, report):
    closed(report)
    link = f"/suivi/{report.number}/{report.secret}"
    assert "Ce n’est pas réglé" in client.get(link).content.decode()
    page = client.post(f"{link}/rouvrir", follow=True)
    assert "votre demande est rouverte" in page.content.decode()
    assert Case.objects.get(pk=report.case_id).state == "accepted"


def test_reopening_twice_is_answered_with_a_sentence(client, report):
    page = client.post(f"/suivi/{report.number}/{report.secret}/rouvrir", follow=True)
    assert "ne peut plus être rouverte" in page.content.decode()


def test_nobody_reopens_without_the_secret(client, report):
    closed(report)
    assert client.post(f"/suivi/{report.number}/faux/rouvrir").status_code == 404
    assert Case.objects.get(pk=report.case_id).state == "closed"


def test_notices_are_stopped_and_resumed(client, report):
    link = f"/suivi/{report.number}/{report.secret}"
    client.post(f"{link}/avis", {"avis": "non"})
    report.refresh_from_db()
    assert report.wants_notices is False
    client.post(f"{link}/avis", {"avis": "oui"})
    report.refresh_from_db()
    assert report.wants_notices is True
    assert client.post(f"/suivi/{report.number}/faux/avis", {"avis": "non"}).status_code == 404


def test_dates_are_spoken_on_the_city_s_clock(client):
    from parvis.shared import clock

    with clock.moved_to(TUESDAY_10H):
        number = make_report().number
        text = client.get(f"/suivi/{number}").content.decode().replace("\u00a0", " ")
    assert "mardi 10 mars 2026 à 10 h" in text


def test_photos_open_through_the_secret_link_alone(client, picture, settings):
    from parvis.cases import photos

    kept = photos.keep_aside(picture())
    report = make_report(photo_ids=(kept.pk,), location=make_location())
    whole = client.get(f"/suivi/{report.number}/{report.secret}/photos/{kept.pk}/small.jpg")
    assert (whole.status_code, whole["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in whole["Cache-Control"]
    assert client.get(f"/photos/{kept.pk}/small.jpg").status_code == 404
    assert client.get(f"/suivi/{report.number}/faux/photos/{kept.pk}/small.jpg").status_code == 404
    assert client.get(f"/suivi/{report.number}/{report.secret}/photos/{kept.pk}/original.jpg").status_code == 404


def test_staff_who_read_the_case_see_its_photos_and_others_don_t(client, picture):
    from parvis.cases import photos

    kept = photos.keep_aside(picture())
    make_report(photo_ids=(kept.pk,))
    address = f"/photos/{kept.pk}/large.jpg"
    client.force_login(make_agent("first_line"))
    assert client.get(address).status_code == 200
    client.force_login(make_agent("council"))
    assert client.get(address).status_code == 404


def test_a_checked_photo_is_public(client, picture):
    from parvis.cases import photos

    kept = photos.keep_aside(picture())
    report = make_report(photo_ids=(kept.pk,))
    photos.publish(kept.pk, report.case)
    page = client.get(f"/photos/{kept.pk}/small.jpg")
    assert (page.status_code, "public" in page["Cache-Control"]) == (200, True)
    assert f"/photos/{kept.pk}/small.jpg" in client.get(f"/suivi/{report.number}").content.decode()


def test_a_service_changed_by_staff_is_told(client):
    report = make_report(contact=OSCAR)
    other = make_service("VOI-AFF", name_fr="Affaissement")
    Case.objects.filter(pk=report.case_id).update(service=other)
    assert "Affaissement" in client.get(f"/suivi/{report.number}/{report.secret}").content.decode()
