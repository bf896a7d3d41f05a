"""Handing on, correcting, joining, talking, drafts: the other gestures of the case page."""

import pytest
from people import GERTRUDE, make_case, make_report, make_segment, make_service, make_street, make_team

from parvis.cases import drafts, joining
from parvis.cases.models import Case, Merge, Message
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db


def send(client, case, verb, prefix, version=None, **fields):
    data = {f"{prefix}-{name}": value for name, value in fields.items()}
    data[f"{prefix}-version"] = case.version if version is None else version
    return client.post(f"/console/dossiers/{case.pk}/{verb}", data)


def test_a_case_is_handed_to_a_team_or_to_somebody_in_it(signed_in):
    team = make_team()
    client, member, case = signed_in(), signed_in(Role.CREW, teams=(team,)).agent, make_case()
    send(client, case, "confier", "assign", to=str(team.pk))
    case.refresh_from_db()
    assert (case.team, case.assignee) == (team, None)
    send(client, case, "confier", "assign", to=f"{team.pk}-{member.pk}")
    case.refresh_from_db()
    assert (case.team, case.assignee) == (team, member)


def test_nobody_outside_the_team_can_be_named(signed_in):
    client, case = signed_in(), make_case()
    team, other = make_team(), make_team("AUTRE")
    stranger = signed_in(Role.CREW, teams=(other,)).agent
    for to in (f"{team.pk}-{stranger.pk}", "0", "abc", f"{team.pk}-", "-1", ""):
        assert send(client, case, "confier", "assign", to=to).status_code == 400
    case.refresh_from_db()
    assert (case.team, case.version) == (None, 1)


def test_handing_a_case_away_leads_back_to_the_queues(signed_in):
    mine, theirs = make_team(), make_team("ENC", department=None)
    case = make_case()
    Case.objects.filter(pk=case.pk).update(team=mine, department=None)
    client = signed_in(Role.SECOND_LINE, teams=(mine,))
    assert send(client, case, "confier", "assign", to=str(theirs.pk)).headers["Location"] == "/console/"


def test_a_stale_assignment_shows_both_versions(signed_in):
    client, case = signed_in(), make_case()
    team = make_team(name_fr="Voirie")
    send(client, case, "confier", "assign", to=str(team.pk))
    answer = send(client, case, "confier", "assign", version=1, to=str(make_team("B", name_fr="Égouts").pk))
    assert answer.status_code == 409
    assert [(d.yours, d.theirs) for d in answer.context["differences"]] == [("Égouts · toute l’équipe", "Voirie")]


def test_the_service_is_corrected(signed_in):
    case, light = make_case(), make_service("ECL", name_fr="Lampadaire éteint")
    send(signed_in(), case, "service", "service", service=light.pk)
    case.refresh_from_db()
    assert case.service == light
    assert send(signed_in(), case, "service", "service", service="999999").status_code == 400


def test_the_place_is_corrected_by_its_words(signed_in):
    make_segment(make_street("Rue de la Maquette"))
    case, client = make_case(), signed_in()
    answer = send(client, case, "lieu", "place", address="rue qui n’existe nulle part")
    assert answer.status_code == 400
    assert "Cette adresse est introuvable" in answer.content.decode()
    assert send(client, case, "lieu", "place", address="12 rue de la Maquette").status_code == 302
    case.refresh_from_db()
    assert "Maquette" in case.place.label


def test_a_case_joins_another_by_its_number_and_comes_back(signed_in):
    case, into, client = make_case(), make_case(), signed_in()
    number = into.reports.get().spoken_number
    assert send(client, case, "joindre", "merge", into=number).headers["Location"] == f"/console/dossiers/{into.pk}"
    case.refresh_from_db()
    assert case.merged_into == into
    made = Merge.objects.get()
    client.post(f"/console/jonctions/{made.pk}/annuler")
    case.refresh_from_db()
    assert case.merged_into is None
    assert client.post(f"/console/jonctions/{made.pk}/annuler").status_code == 409


@pytest.mark.parametrize("typed", ["", "26-0000-0000", "abc", "999999", "#", "9" * 30, "\x00", "<script>"])
def test_a_number_that_names_no_case_joins_nothing(typed, signed_in):
    case = make_case()
    assert send(signed_in(), case, "joindre", "merge", into=typed).status_code == 400
    assert Merge.objects.count() == 0


def test_a_case_does_not_join_itself_or_a_closed_one(signed_in):
    case, client = make_case(), signed_in()
    answer = send(client, case, "joindre", "merge", into=str(case.pk))
    assert answer.status_code == 409
    assert "C’est le même dossier" in answer.content.decode()


def test_a_second_line_cannot_join_into_a_case_it_may_not_read(signed_in):
    team, case, elsewhere = make_team(), make_case(), make_case()
    Case.objects.filter(pk=case.pk).update(team=team)
    Case.objects.filter(pk=elsewhere.pk).update(team=None, department=None)
    client = signed_in(Role.SECOND_LINE, teams=(team,))
    assert send(client, case, "joindre", "merge", into=str(elsewhere.pk)).status_code == 400
    assert Merge.objects.count() == 0


def test_one_report_leaves_a_shared_case(signed_in):
    case = make_case()
    report = make_report(join_case_id=case.pk, contact=GERTRUDE)
    answer = signed_in().post(f"/console/demandes/{report.pk}/separer")
    report.refresh_from_db()
    assert report.case_id != case.pk
    assert answer.headers["Location"] == f"/console/dossiers/{report.case_id}"
    assert signed_in().post(f"/console/demandes/{report.pk}/separer").status_code == 409


def test_words_are_kept_apart(signed_in):
    case, client = make_case(), signed_in()
    send(client, case, "reponse", "reply", body="Une équipe passe jeudi.")
    send(client, case, "note", "note", body="Prévoir deux camions.")
    kept = {message.kind: message.body for message in Message.objects.all()}
    assert kept == {"reply": "Une équipe passe jeudi.", "note": "Prévoir deux camions."}
    for body in ("", "   ", "x" * 5001):
        assert send(client, case, "reponse", "reply", body=body).status_code == 400


def test_a_draft_survives_until_its_own_form_is_sent(signed_in):
    case, client = make_case(), signed_in()
    typed = {"reply-body": "Bonjour, une équ", "note-body": "À vérifier", "closed-outcome": "", "assign-to": "3"}
    saved = client.post(f"/console/dossiers/{case.pk}/brouillon", typed)
    assert "Brouillon gardé" in saved.content.decode()
    html = client.get(f"/console/dossiers/{case.pk}").content.decode()
    assert "Bonjour, une équ" in html
    assert "Un brouillon vous attendait" in html
    send(client, case, "reponse", "reply", body="Bonjour, une équipe passe.")
    assert drafts.load(client.agent, case.pk) == {"note-body": "À vérifier"}
    client.post(f"/console/dossiers/{case.pk}/brouillon/effacer")
    assert drafts.load(client.agent, case.pk) == {}


def test_a_draft_is_nobody_elses(signed_in):
    case = make_case()
    signed_in().post(f"/console/dossiers/{case.pk}/brouillon", {"note-body": "Entre moi et moi"})
    assert "Entre moi et moi" not in signed_in().get(f"/console/dossiers/{case.pk}").content.decode()


def test_two_people_on_one_case_see_each_other(signed_in):
    case = make_case()
    alex, sacha = signed_in(name="Alex Premier"), signed_in(name="Sacha Second")
    alex.post(f"/console/dossiers/{case.pk}/presence")
    seen = sacha.post(f"/console/dossiers/{case.pk}/presence").content.decode()
    assert "Alex Premier a aussi ce dossier ouvert" in seen
    assert "Sacha Second" in alex.get(f"/console/dossiers/{case.pk}").content.decode()


def test_merging_carries_the_alarm(signed_in):
    service = make_service(emergency="screen")
    case, into = make_case(service=service, screen_answer="yes"), make_case(service=service)
    joining.merge(case.pk, into.pk, agent=signed_in().agent)
    assert "Alerte d’urgence" in signed_in().get(f"/console/dossiers/{into.pk}").content.decode()
