"""Moving a case from its page: what a move asks, what two people at once meet, and what a forger gets."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from people import make_case, make_team
from PIL import Image

from parvis.cases import dispatch, drafts, workflow
from parvis.cases.models import Case, Photo
from parvis.cases.states import State
from parvis.cases.workflow import Details
from parvis.ledger.models import Entry
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db


def send(client, case, to, version=None, **fields):
    data = {f"{to}-{name}": value for name, value in fields.items()}
    data[f"{to}-version"] = case.version if version is None else version
    return client.post(f"/console/dossiers/{case.pk}/etat/{to}", data)


def picture():
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "grey").save(file, "JPEG")
    return SimpleUploadedFile("trou.jpg", file.getvalue(), "image/jpeg")


def test_a_case_goes_from_received_to_closed_by_its_page(signed_in, settings, tmp_path):
    settings.UPLOADS = tmp_path
    client, case, team = signed_in(), make_case(), make_team()
    send(client, case, "accepted", team=team.pk)
    case.refresh_from_db()
    assert (case.state, case.team) == (State.ACCEPTED, team)
    send(client, case, "planned", planned_for="2099-05-01")
    case.refresh_from_db()
    assert (case.state, str(case.planned_for)) == (State.PLANNED, "2099-05-01")
    send(client, case, "in_progress")
    case.refresh_from_db()
    answer = send(client, case, "closed", outcome="repaired", sentence="Le trou est rempli.", photos=[picture()])
    assert answer.headers["Location"] == f"/console/dossiers/{case.pk}"
    case.refresh_from_db()
    assert (case.state, case.outcome, case.outcome_sentence) == (State.CLOSED, "repaired", "Le trou est rempli.")
    photo = case.photos.get()
    assert photo.moment == Photo.Moment.AFTER
    shown = client.get(f"/console/photos/{photo.pk}/small")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    shown.close()


def test_a_refused_form_keeps_what_was_typed_and_the_pictures(signed_in, settings, tmp_path):
    settings.UPLOADS = tmp_path
    client, case = signed_in(), make_case()
    answer = send(client, case, "closed", outcome="not_ours", sentence="Cela relève du ministère.", photos=[picture()])
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "Nommez l’organisme dont cela relève." in html
    assert "Cela relève du ministère." in html
    kept = str(Photo.objects.get().pk)
    assert f'value="{kept}"' in html
    send(client, case, "closed", outcome="not_ours", sentence="Cela relève du ministère.", party="Hydro", kept=[kept])
    assert [str(photo.pk) for photo in case.photos.all()] == [kept]


def test_a_file_that_is_no_picture_is_refused_with_a_sentence(signed_in):
    client, case = signed_in(), make_case()
    answer = send(
        client, case, "closed", outcome="repaired", sentence="Fait", photos=[SimpleUploadedFile("a.jpg", b"GIF")]
    )
    assert answer.status_code == 400
    assert "pas une photo lisible" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == State.RECEIVED


INCOMPLETE = [
    {},
    {"outcome": "fixed", "sentence": "x"},
    {"outcome": "repaired"},
    {"outcome": "repaired", "sentence": " "},
    {"outcome": "repaired", "sentence": "x" * 1001},
]


@pytest.mark.parametrize("fields", INCOMPLETE)
def test_a_closing_without_its_outcome_and_sentence_changes_nothing(fields, signed_in):
    client, case = signed_in(), make_case()
    assert send(client, case, "closed", **fields).status_code == 400
    case.refresh_from_db()
    assert (case.state, case.version) == (State.RECEIVED, 1)


def test_a_day_that_is_past_is_refused(signed_in):
    client, case = signed_in(), make_case()
    workflow.move(case.pk, "accepted", agent=client.agent, details=Details(team_id=make_team().pk))
    case.refresh_from_db()
    for day in ("2001-01-01", "demain", "", "99999-01-01"):
        assert send(client, case, "planned", planned_for=day).status_code == 400


def test_two_people_at_once_see_both_versions_and_lose_nothing(signed_in):
    client, case, team = signed_in(), make_case(), make_team("ENC", name_fr="Encombrants")
    colleague = signed_in(Role.SUPERVISOR, name="Sacha Collègue").agent
    seen = case.version
    dispatch.assign(case.pk, agent=colleague, team_id=team.pk)
    answer = send(client, case, "closed", version=seen, outcome="repaired", sentence="Une phrase longuement pesée.")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert [(line.label, line.yours, line.theirs) for line in answer.context["differences"]] == [
        ("État", "Terminée", "Reçue"),
        ("Issue", "Réparé", "—"),
        ("Organisme responsable", "—", "—"),
        ("Phrase pour le public", "Une phrase longuement pesée.", "—"),
    ]
    assert [line.what for line in answer.context["since"]] == ["Dossier confié"]
    case.refresh_from_db()
    assert case.state == State.RECEIVED
    assert drafts.load(client.agent, case.pk)["closed-sentence"] == "Une phrase longuement pesée."
    assert "Une phrase longuement pesée." in client.get(f"/console/dossiers/{case.pk}").content.decode()
    resent = dict(answer.context["resend"])
    client.post(f"/console/dossiers/{case.pk}/etat/closed", resent)
    case.refresh_from_db()
    assert (case.state, case.outcome_sentence, case.team) == (State.CLOSED, "Une phrase longuement pesée.", team)
    assert drafts.load(client.agent, case.pk) == {}
    assert "par-dessus" in html


def test_a_move_that_is_gone_meanwhile_is_not_offered_again(signed_in):
    client, case = signed_in(), make_case()
    colleague = signed_in(Role.SUPERVISOR).agent
    workflow.move(case.pk, "closed", agent=colleague, details=Details(outcome="repaired", sentence="Fait"))
    answer = send(client, case, "closed", outcome="nothing_found", sentence="Rien vu.")
    assert (answer.status_code, answer.context["may_resend"]) == (409, False)
    case.refresh_from_db()
    assert case.outcome == "repaired"


def test_who_loses_the_case_meanwhile_gets_the_words_back(signed_in):
    team, other = make_team(), make_team("AUTRE", name_fr="Autre équipe")
    case, boss = make_case(), signed_in(Role.ADMINISTRATOR).agent
    dispatch.assign(case.pk, agent=boss, team_id=team.pk)
    crew = signed_in(Role.CREW, teams=(team,))
    dispatch.assign(case.pk, agent=boss, team_id=other.pk)
    answer = crew.post(f"/console/dossiers/{case.pk}/note", {"note-version": 2, "note-body": "Vu sur place à midi."})
    assert answer.status_code == 404
    assert "Vu sur place à midi." in answer.content.decode()


DETAILS = {
    "accepted": lambda team: {"team": team.pk},
    "planned": lambda team: {"planned_for": "2099-05-01"},
    "waiting": lambda team: {"reason": "weather"},
    "closed": lambda team: {"outcome": "repaired", "sentence": "Fait."},
}


@pytest.mark.parametrize("role", list(Role))
def test_every_move_outside_the_table_is_refused_and_changes_nothing(role, signed_in):
    team, case = make_team(), make_case()
    client = signed_in(role, teams=(team,), department=team.department)
    for state in State:
        closing = (
            {"outcome": "repaired", "closed_at": case.opened_at}
            if state == State.CLOSED
            else {"outcome": "", "closed_at": None}
        )
        Case.objects.filter(pk=case.pk).update(state=state, team=team, department=team.department, **closing)
        for to in [*State, "merged", "x"]:
            may = any(arrow.to == to for arrow in workflow.moves_for(Case.objects.get(pk=case.pk), client.agent))
            if may:
                continue
            entries = Entry.objects.count()
            answer = send(client, case, to, **DETAILS.get(to, lambda team: {})(team))
            assert 400 <= answer.status_code < 500, (state, to)
            now = Case.objects.get(pk=case.pk)
            assert (now.state, now.version, Entry.objects.count()) == (state, case.version, entries), (state, to)


@pytest.mark.parametrize("version", ["", "zero", "-1", "0", "99999999999999999999", "2"])
def test_a_forged_version_changes_nothing(version, signed_in):
    client, case = signed_in(), make_case()
    answer = send(client, case, "closed", version=version, outcome="repaired", sentence="Fait")
    assert answer.status_code in (400, 409)
    case.refresh_from_db()
    assert case.state == State.RECEIVED


@pytest.mark.parametrize("team", ["", "0", "abc", "999999", "-1"])
def test_a_forged_team_changes_nothing(team, signed_in):
    client, case = signed_in(), make_case()
    assert send(client, case, "accepted", team=team).status_code == 400
    case.refresh_from_db()
    assert case.state == State.RECEIVED
