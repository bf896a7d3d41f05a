"""From the first page to the number, without script."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.people import make_location, make_report, make_service

from parvis.cases.models import Photo, Report
from parvis.catalogue.models import Question, Service
from parvis.shared import tracking

pytestmark = pytest.mark.django_db


def test_a_pothole_is_reported_from_the_first_page_to_the_number(resident, pothole):
    resident.open("/?q=nid")
    assert "/signaler?service=VOI-NID" in resident.text
    resident.open("/signaler?service=VOI-NID")
    assert resident.path == "/signaler/lieu"
    resident.send(adresse="45, rue des Essais")
    assert resident.path == "/signaler/details"
    resident.send(description="Un gros trou")
    assert resident.path == "/signaler/coordonnees"
    resident.send(nom="Oscar Featherby", courriel="oscar@featherby.example", langue="en", avis="on")
    assert resident.path == "/signaler/verification"
    assert "oscar@featherby.example" in resident.text
    resident.send()
    assert resident.path == "/signaler/merci"
    report = Report.objects.get()
    assert tracking.spoken(report.number) in resident.text
    assert report.secret in resident.text
    assert (report.description, report.language, report.person.name) == ("Un gros trou", "en", "Oscar Featherby")
    assert report.place.label == "45, rue des Essais"


def test_sending_twice_makes_one_report(resident, pothole, client: Client):
    resident.reach("verification")
    fields = resident.hidden()
    first = client.post("/signaler/verification", fields)
    second = client.post("/signaler/verification", fields)
    assert [answer.status_code for answer in (first, second)] == [302, 302]
    assert first["Location"] == second["Location"] == "/signaler/merci"
    assert Report.objects.count() == 1


def test_the_last_page_bears_a_reload_and_a_step_back(resident, pothole):
    resident.reach("verification")
    resident.send()
    number = tracking.spoken(Report.objects.get().number)
    assert number in resident.open("/signaler/merci").content.decode()
    resident.open("/signaler/verification")  # the back button
    assert resident.path == "/signaler/merci"
    assert Report.objects.count() == 1


def test_a_step_that_comes_too_early_leads_where_the_form_stands(resident, pothole):
    resident.open("/signaler?service=VOI-NID")
    resident.open("/signaler/verification")
    assert resident.path == "/signaler/lieu"


def test_changing_one_thing_comes_straight_back_to_the_check(resident, pothole):
    resident.reach("verification")
    resident.open("/signaler/details")
    assert "Un gros trou" in resident.text
    resident.send(description="Un très gros trou")
    assert resident.path == "/signaler/verification"
    assert "Un très gros trou" in resident.text


def test_changing_the_subject_keeps_the_place(resident, pothole):
    make_service("ECL-LAM", name_fr="Lampadaire éteint", duplicate_radius_m=0)
    resident.reach("verification")
    resident.open("/signaler?changer=1&service=ECL-LAM")
    assert resident.path == "/signaler/details"
    resident.send(description="Éteint")
    assert resident.path == "/signaler/verification"
    assert "Lampadaire éteint" in resident.text
    assert "45, rue des Essais" in resident.text


def test_a_draft_that_expired_says_so_kindly(resident, pothole):
    page = resident.open("/signaler/details")
    assert page.status_code == 410
    assert "Rien n’a été envoyé" in resident.text


def test_what_was_typed_survives_an_expired_draft(resident, pothole, client: Client):
    resident.reach("details")
    fields = resident.hidden() | {"description": "Longue histoire"}
    client.session.flush()
    client.cookies.pop("parvis_session")
    resident.page = client.post("/signaler/details", fields, follow=True)
    assert resident.path == "/signaler/lieu"
    assert "Votre formulaire avait expiré" in resident.text
    resident.send(adresse="45, rue des Essais")
    assert "Longue histoire" in resident.text


def test_two_windows_keep_their_own_drafts(resident, pothole, client: Client):
    make_service("ECL-LAM", name_fr="Lampadaire éteint", duplicate_radius_m=0)
    resident.reach("details")
    first = resident.hidden()
    resident.reach("details", "ECL-LAM")
    resident.page = client.post("/signaler/details", first | {"description": "Le trou"}, follow=True)
    resident.send(langue="fr")
    assert "Nid-de-poule" in resident.text
    assert "Le trou" in resident.text


def test_a_yes_to_the_emergency_question_shows_whom_to_call_and_leaves_the_door_open(resident, pothole):
    Service.objects.update(emergency="screen", screen_question_fr="Y a-t-il un blessé ?", screen_route="911")
    resident.open("/signaler?service=VOI-NID")
    assert "Y a-t-il un blessé" in resident.text
    resident.send(danger="yes")
    assert "Appelez le 911 maintenant" in resident.text
    assert 'href="tel:911"' in resident.text
    resident.send(danger="yes", poursuivre="1")
    assert resident.path == "/signaler/lieu"
    assert "Appelez le 911 maintenant" in resident.text
    resident.send(adresse="45, rue des Essais")
    resident.send(description="Quelqu’un est tombé")
    resident.send(langue="fr")
    resident.send()
    assert Report.objects.get().case.is_emergency


@pytest.mark.parametrize(
    ("route", "link"),
    [("911", "tel:911"), ("311_URGENT", "tel:311"), ("POLICE_NU", "tel:+14186916911"), ("811", "tel:811")],
)
def test_each_route_has_its_number(resident, pothole, route, link):
    Service.objects.update(emergency="screen", screen_question_fr="Est-ce urgent ?", screen_route=route)
    resident.open("/signaler?service=VOI-NID")
    resident.send(danger="yes")
    assert f'class="alarm__call" href="{link}"' in resident.text


def test_a_subject_that_is_always_an_emergency_is_announced_before_the_form(resident, pothole):
    Service.objects.update(emergency="always", screen_route="911")
    resident.open("/signaler?service=VOI-NID")
    assert resident.path == "/signaler/urgence"
    assert "Appelez le 911 maintenant" in resident.text
    resident.send()
    assert resident.path == "/signaler/lieu"


def test_no_answer_to_the_emergency_question_is_asked_again(resident, pothole):
    Service.objects.update(emergency="screen", screen_question_fr="Est-ce urgent ?")
    resident.open("/signaler?service=VOI-NID")
    page = resident.send()
    assert page.status_code == 422
    assert 'href="#id_danger_0"' in resident.text


def test_an_unknown_address_stays_in_the_box_with_a_sentence(resident, pothole):
    resident.reach("lieu")
    page = resident.send(adresse="12, rue de Nulle-Part")
    assert page.status_code == 422
    assert 'value="12, rue de Nulle-Part"' in resident.text
    assert "Nous ne trouvons pas ce lieu" in resident.text
    assert 'href="#id_adresse"' in resident.text


def test_a_street_without_a_number_is_offered_and_may_be_chosen(resident, pothole):
    resident.reach("lieu")
    page = resident.send(adresse="rue des Essais")
    assert page.status_code == 422
    key = resident.text.split('name="choix" value="')[1].split('"')[0]
    resident.send(adresse="rue des Essais", choix=key)
    assert resident.path == "/signaler/details"


def test_a_point_of_the_map_is_as_good_as_an_address(resident, pothole):
    resident.reach("lieu")
    resident.send(adresse="", lon="-71.2200", lat="46.8101")
    assert resident.path == "/signaler/details"


@pytest.mark.parametrize(("lon", "lat"), [("nan", "46.8"), ("abc", "46.8"), ("500", "46.8"), ("1e400", "46.8")])
def test_a_point_that_is_no_point_is_refused_with_a_sentence(resident, pothole, lon, lat):
    resident.reach("lieu")
    page = resident.send(adresse="", lon=lon, lat=lat)
    assert page.status_code == 422
    assert 'href="#id_adresse"' in resident.text


def test_a_place_outside_the_city_names_the_neighbour_to_call(resident, pothole):
    from tests.people import make_zone

    make_zone("city", "C", box=(-71.4, 46.7, -71.1, 47.0))
    make_zone("neighbour", "LEV", box=(-71.1, 46.7, -70.9, 47.0), name="Voisine-sur-Rive", phone="418 555-0199")
    resident.reach("lieu")
    page = resident.send(adresse="", lon="-71.0", lat="46.8")
    assert page.status_code == 422
    assert "Ce lieu est à Voisine-sur-Rive" in resident.text
    assert "tel:+14185550199" in resident.text


def test_a_service_without_a_place_asks_for_none(resident, street):
    make_service("ADM-INF", name_fr="Information", location_mode="none", nature="information", duplicate_radius_m=0)
    resident.open("/signaler?service=ADM-INF")
    assert resident.path == "/signaler/details"
    resident.send(description="Quand ouvre la bibliothèque ?")
    resident.send(langue="fr")
    resident.send()
    assert Report.objects.get().place is None


def test_somebody_who_sees_their_own_problem_joins_it(resident, street):
    make_service()
    first = make_report(location=make_location())
    resident.reach("deja-signale")
    assert "Moi aussi" in resident.text
    assert "gros trou" not in resident.text  # nobody reads the words of the first person
    resident.send(rejoindre=str(first.case_id))
    resident.send()
    resident.send(langue="fr")
    assert "Vous vous joignez à un dossier déjà ouvert" in resident.text
    resident.send()
    second = Report.objects.exclude(pk=first.pk).get()
    assert (second.case_id, second.is_me_too, second.number == first.number) == (first.case_id, True, False)


def test_a_case_that_wasn_t_offered_can_t_be_joined(resident, street):
    make_service()
    make_report(location=make_location())
    far = make_report(location=make_location(lon=-71.3, lat=46.9))
    resident.reach("deja-signale")
    resident.send(rejoindre=str(far.case_id))
    resident.send()
    resident.send(langue="fr")
    resident.send()
    assert Report.objects.filter(case=far.case).count() == 1


def test_nothing_near_means_no_question(resident, street):
    make_service()
    resident.reach("lieu")
    resident.send(adresse="45, rue des Essais")
    assert resident.path == "/signaler/details"


def test_the_questions_of_the_service_are_asked_and_checked(resident, pothole):
    options = [{"value": "petit", "fr": "Petit", "en": "Small"}, {"value": "gros", "fr": "Gros", "en": "Large"}]
    Question.objects.create(service=pothole, key="taille", kind="choice", label_fr="Quelle taille ?", is_required=True,
                            options=options)  # fmt: skip
    Question.objects.create(service=pothole, key="ou", kind="multi", label_fr="Où ?", options=options, position=2)
    resident.reach("details")
    page = resident.send(description="Mots gardés")
    assert page.status_code == 422
    assert "Mots gardés" in resident.text
    assert 'href="#id_q_taille_0"' in resident.text
    resident.send(description="Mots gardés", q_taille="gros", q_ou=["petit", "gros"])
    resident.send(langue="fr")
    assert "Petit, Gros" in resident.text
    resident.send()
    assert Report.objects.get().answers == {"taille": "gros", "ou": ["petit", "gros"]}


def test_a_box_unticked_later_is_empty(resident, pothole):
    options = [{"value": "a", "fr": "A"}]
    Question.objects.create(service=pothole, key="ou", kind="multi", label_fr="Où ?", options=options)
    resident.reach("details")
    resident.send(description="x", q_ou=["a"])
    resident.open("/signaler/details")
    assert "checked" in resident.text
    resident.send(description="x")
    resident.send(langue="fr")
    resident.send()
    assert Report.objects.get().answers == {}


def test_a_question_that_depends_on_another_comes_when_its_turn_does(resident, pothole):
    options = [{"value": "oui", "fr": "Oui"}, {"value": "non", "fr": "Non"}]
    Question.objects.create(service=pothole, key="brise", kind="choice", label_fr="Brisé ?", options=options)
    Question.objects.create(service=pothole, key="quoi", kind="text", label_fr="Quelle pièce ?", is_required=True,
                            position=2, condition={"key": "brise", "in": ["oui"]})  # fmt: skip
    resident.reach("details")
    assert "Quelle pièce" not in resident.text
    page = resident.send(q_brise="oui")
    assert page.status_code == 422
    assert "Quelle pièce" in resident.text
    resident.send(q_brise="oui", q_quoi="Le pare-chocs")
    assert resident.path == "/signaler/coordonnees"


def test_photos_are_added_and_taken_back_without_losing_a_word(resident, pothole, picture):
    resident.reach("details")
    resident.send(description="Avec photos", photos=[picture(), picture("deux.png", "PNG")], action="photos")
    assert resident.path == "/signaler/details"
    assert "Avec photos" in resident.text
    first, second = Photo.objects.order_by("added_at").values_list("pk", flat=True)
    assert f"/photos/{first}/small.jpg" in resident.text
    resident.send(description="Avec photos", retirer=str(first))
    assert f"/photos/{first}/" not in resident.text
    resident.send(description="Avec photos")
    resident.send(langue="fr")
    resident.send()
    assert list(Report.objects.get().photos.values_list("pk", flat=True)) == [second]


def test_a_file_that_is_no_photo_is_named_and_the_words_stay(resident, pothole, picture):
    import io

    bad = io.BytesIO(b"MZ not a picture")
    bad.name = "facture.jpg"
    resident.reach("details")
    page = resident.send(description="Mots gardés", photos=[picture(), bad])
    assert page.status_code == 422
    assert "facture.jpg" in resident.text
    assert "Mots gardés" in resident.text
    assert Photo.objects.count() == 1


def test_one_photo_too_many_is_refused_with_the_limit_in_words(resident, pothole, picture, settings):
    settings.PHOTO_MAX_COUNT = 1
    resident.reach("details")
    page = resident.send(photos=[picture(), picture("deux.jpg")])
    assert page.status_code == 422
    assert "deux.jpg" in resident.text
    assert Photo.objects.count() == 1


def test_another_browser_sees_no_photo_of_a_draft(resident, pothole, picture, client: Client):
    resident.reach("details")
    resident.send(photos=[picture()], action="photos")
    address = f"/photos/{Photo.objects.get().pk}/small.jpg"
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert Client().get(address).status_code == 404


def test_somebody_may_stay_anonymous_where_the_service_allows(resident, pothole):
    resident.reach("verification")
    assert "Vous restez anonyme" in resident.text
    resident.send()
    assert Report.objects.get().person is None


def test_where_the_team_must_call_back_a_name_alone_isn_t_enough(resident, pothole):
    Service.objects.update(anonymous_allowed=False)
    resident.reach("coordonnees")
    page = resident.send(nom="Philomène", langue="fr")
    assert page.status_code == 422
    assert 'value="Philomène"' in resident.text
    assert 'href="#id_courriel"' in resident.text
    resident.send(nom="Philomène", telephone="418 555-0111", langue="fr")
    assert resident.path == "/signaler/verification"


def test_a_bad_e_mail_stays_in_its_field(resident, pothole):
    resident.reach("coordonnees")
    page = resident.send(courriel="oscar chez featherby", langue="fr")
    assert page.status_code == 422
    assert 'value="oscar chez featherby"' in resident.text


def test_a_service_retired_meanwhile_says_so(resident, pothole):
    resident.reach("details")
    Service.objects.update(is_active=False)
    page = resident.open("/signaler/details")
    assert page.status_code == 410


def test_an_unknown_service_shows_the_others(resident, pothole):
    page = resident.open("/signaler?service=RIEN")
    assert page.status_code == 404
    assert "Nid-de-poule" in resident.text


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a\x00b", "\u202egnp.exe", "x" * 30_000])
def test_hostile_words_are_inert_or_refused(resident, pothole, words):
    resident.reach("details")
    page = resident.send(description=words)
    assert page.status_code in (200, 422)
    assert "<script>alert" not in resident.text
    assert "\x00" not in resident.text
    assert "\u202e" not in resident.text


def test_abandoning_forgets_the_draft_and_its_photos(resident, pothole, picture, client: Client):
    resident.reach("details")
    resident.send(photos=[picture()], action="photos")
    client.post("/signaler/abandon", resident.hidden())
    assert Photo.objects.count() == 0
    assert resident.open("/signaler/details").status_code == 410


def test_the_answer_to_one_emergency_question_isn_t_kept_for_another_subject(resident, pothole):
    Service.objects.update(emergency="screen", screen_question_fr="Y a-t-il un blessé ?", screen_route="911")
    make_service("ECL-LAM", name_fr="Lampadaire éteint", duplicate_radius_m=0)
    resident.open("/signaler?service=VOI-NID")
    resident.send(danger="yes")
    resident.open("/signaler?changer=1&service=ECL-LAM")
    assert "911 maintenant" not in resident.text
    resident.reach("verification", "ECL-LAM")
    resident.send()
    assert not Report.objects.get().case.is_emergency


def test_the_next_person_at_a_shared_computer_finds_no_number(resident, pothole):
    from datetime import timedelta

    from parvis.shared import clock

    resident.reach("verification")
    resident.send()
    with clock.moved_to(clock.now() + timedelta(minutes=31)):
        resident.open("/signaler/merci")
    assert resident.path == "/suivi"


def test_out_of_season_is_said_and_not_refused(resident, pothole):
    from tests.people import TUESDAY_10H

    from parvis.shared import clock

    Service.objects.update(season_months=[5, 6, 7, 8, 9, 10])
    with clock.moved_to(TUESDAY_10H):
        resident.reach("details")
    assert "offert de mai à octobre" in resident.text


def test_after_hours_the_check_says_when_it_will_be_read(resident, pothole):
    from datetime import timedelta

    from tests.people import TUESDAY_10H

    from parvis.catalogue import defaults
    from parvis.shared import clock

    defaults.load()
    with clock.moved_to(TUESDAY_10H + timedelta(hours=13)):
        resident.reach("verification")
    assert "sera lue à partir du mercredi 11 mars 2026 à 8 h" in resident.text.replace("\u00a0", " ")


def test_a_draft_from_before_an_upgrade_counts_as_expired(resident, pothole, client: Client):
    resident.reach("details")
    store = client.session
    store["drafts"] = [store["drafts"][0] | {"no_longer": "known"}]
    store.save()
    assert resident.open("/signaler/details").status_code == 410
