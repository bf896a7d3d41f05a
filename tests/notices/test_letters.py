"""The words that people get, whole, in French and in English; and what must never be among them."""

from datetime import timedelta

import pytest
from django.utils.translation import override
from tests.people import GERTRUDE, OSCAR, TUESDAY_10H, make_agent, make_report, make_service, make_team

from parvis.cases import talking, workflow
from parvis.cases.models import Case
from parvis.cases.states import Outcome
from parvis.cases.workflow import Details
from parvis.notices import letters
from parvis.notices.errors import UnknownKind
from parvis.shared import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_tuesday_morning():
    with clock.moved_to(TUESDAY_10H):
        yield


def french_report(**fields):
    report = make_report(contact=GERTRUDE, **fields)
    return _renumber(report)


def _renumber(report, number="2647183092", secret="un-secret"):
    report.number, report.secret = number, secret
    report.save()
    return report


ACKNOWLEDGEMENT_FR = """\
Votre numéro de suivi : 26-4718-3092

Bonjour,

Nous avons reçu votre demande.

Sujet : Nid-de-poule
Lieu : Rue des Essais

QUAND ?
Nous visons une réponse d’ici le mardi 24 mars 2026.

ET MAINTENANT ?
1. Une équipe lit votre demande et la prend en charge.
2. Nous vous écrivons à chaque étape.
3. À la fin, nous vous disons ce qui a été fait, ou pourquoi rien ne l’a été.

SUIVRE VOTRE DEMANDE
https://311.ville.example/suivi/26-4718-3092/un-secret
Ce lien ouvre toute votre demande. Gardez-le pour vous.

UNE QUESTION ?
Appelez au 311 et donnez votre numéro de suivi.
Ce message est automatique : personne ne lit les réponses.

En cas de danger immédiat, composez le 911.

Ville de Québec-sur-Essai

Pour ne plus recevoir ces messages, ouvrez le lien ci-dessus et choisissez « Ne plus recevoir d’avis ».
"""

CLOSED_EN = """\
Your tracking number: 26-4718-3092

Hello,

Your request is completed.

Outcome: {repaired}

La crew a rempli le trou ce matin.

Subject: Pothole
Place: Rue des Essais

NOT SOLVED?
Tell us within 30 days: open the link below and choose “It isn’t solved”.

FOLLOW YOUR REQUEST
https://311.ville.example/suivi/26-4718-3092/un-secret
This link opens your whole request. Keep it to yourself.

A QUESTION?
Call 311 and give your tracking number.
This message is automatic: nobody reads the replies.

In immediate danger, call 911.

Ville de Québec-sur-Essai

To stop receiving these messages, open the link above and choose “Stop notices”.
"""


def unbreakable(text):
    """French as typed on a keyboard, with the unbreakable spaces that the letters hold."""
    for sign in ":;!?»":
        text = text.replace(f" {sign}", f"\xa0{sign}")
    return text.replace("« ", "«\xa0").replace("24 mars", "24\xa0mars")


def test_the_acknowledgement_in_french_whole():
    subject, body = letters.preview(french_report(), "acknowledgement")
    assert subject == "Demande 26-4718-3092\xa0: nous l’avons reçue"
    assert body == unbreakable(ACKNOWLEDGEMENT_FR)


def test_the_closing_letter_in_english_whole():
    report = _renumber(make_report(contact=OSCAR, language="en"))
    foreman = make_agent("supervisor")
    workflow.move(
        report.case_id, "closed", agent=foreman,
        details=Details(outcome="repaired", sentence="La crew a rempli le trou ce matin."),
    )  # fmt: skip
    subject, body = letters.preview(fresh(report), "case_closed")
    assert subject == "Request 26-4718-3092: completed"
    with override("en"):
        assert body == CLOSED_EN.format(repaired=Outcome.REPAIRED.label)


def fresh(report):
    report.refresh_from_db()
    return type(report).objects.select_related("case__service", "case__place", "service", "place").get(pk=report.pk)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", letters.KINDS)
def test_every_letter_exists_in_both_languages_with_its_number_first(kind, language):
    report = _renumber(make_report(contact=OSCAR, language=language))
    subject, body = letters.preview(report, kind)
    assert subject.startswith("Demande 26-4718-3092\xa0: " if language == "fr" else "Request 26-4718-3092: ")
    assert "\n" not in subject
    assert body.split("\n")[0].endswith("26-4718-3092")
    assert body.count("https://311.ville.example/suivi/26-4718-3092/un-secret") == 1
    assert "911" in body
    assert not any(sign in body for sign in ("{", "}", "&#x27;", "None", "\n\n\n", " \n"))


@pytest.mark.parametrize("kind", letters.KINDS)
def test_french_signs_stand_after_an_unbreakable_space(kind):
    _subject, body = letters.preview(french_report(), kind)
    words = body.replace("https://", "")
    assert not any(f" {sign}" in words or f"«{other}" in words for sign in ":;!?»" for other in " a")
    assert "'" not in words


def test_a_date_that_cannot_be_promised_is_not_invented():
    report = french_report(service=make_service("VOI-SUG", target_unit="immediate", target_value=0))
    _subject, body = letters.preview(report, "acknowledgement")
    assert (
        "QUAND\xa0?\nNous ne pouvons pas vous promettre de date.\nNous traitons votre demande dès que possible.\n"
        in body
    )


def test_a_date_that_has_passed_is_owned_up_to():
    report = french_report()
    with clock.moved_to(TUESDAY_10H + timedelta(days=30)):
        _subject, body = letters.preview(report, "case_accepted")
    assert (
        "Nous avions visé une réponse d’ici le mardi 24\xa0mars 2026.\nNous sommes en retard. Nous nous en excusons."
        in body
    )


def test_a_clock_that_stands_still_is_said():
    report = french_report()
    workflow.move(report.case_id, "waiting", agent=make_agent("supervisor"), details=Details(reason="third_party"))
    _subject, body = letters.preview(fresh(report), "case_waiting")
    assert "Nous attendons un autre organisme pour continuer.\n" in body
    assert "Le délai est suspendu pendant cette attente.\n" in body


def test_what_is_not_ours_names_who():
    report = french_report()
    workflow.move(
        report.case_id, "closed", agent=make_agent("supervisor"),
        details=Details(outcome="not_ours", sentence="Cette route relève du ministère.", party="Ministère des Routes"),
    )  # fmt: skip
    _subject, body = letters.preview(fresh(report), "case_closed")
    assert "Organisme responsable\xa0: Ministère des Routes\n\nCette route relève du ministère.\n" in body


def test_a_withdrawn_request_is_not_asked_whether_it_is_solved():
    report = french_report()
    details = Details(outcome="withdrawn", sentence="Vous nous l’avez demandé.")
    workflow.move(report.case_id, "closed", agent=make_agent("supervisor"), details=details)
    _subject, body = letters.preview(fresh(report), "case_closed")
    assert "réglé" not in body


def test_an_internal_note_is_never_told():
    report = french_report()
    agent = make_agent("supervisor")
    talking.reply(report.case_id, "Nous passerons jeudi.\nMerci & à bientôt !", agent=agent)
    talking.note(report.case_id, "Ce monsieur est difficile.", agent=agent)
    _subject, body = letters.preview(fresh(report), "case_replied")
    assert "Nous passerons jeudi.\nMerci & à bientôt !" in body
    assert "difficile" not in body


def test_a_home_address_and_what_the_person_wrote_stay_out_of_mail():
    report = french_report(description="Je suis seule à la maison le mardi")
    whole = "".join(letters.preview(report, kind)[1] for kind in letters.KINDS)
    assert not any(word in whole for word in ("45, rue", "seule", "Gertrude", "gertrude"))


def test_a_letter_that_does_not_exist_is_refused():
    with pytest.raises(UnknownKind):
        letters.preview(french_report(), "../../etc/passwd")


def test_only_what_still_stands_is_told():
    team = make_team()
    report = french_report()
    agent = make_agent("supervisor")
    workflow.move(report.case_id, "accepted", agent=agent, details=Details(team_id=team.pk))
    case = Case.objects.get(pk=report.case_id)
    stands = letters.still_stands
    assert stands("case_accepted", case, {"from_state": "received"})
    assert not stands("case_planned", case, {"planned_for": "2026-03-20"})
    assert not stands("case_waiting", case, {"reason": "weather"})
    assert not stands("case_closed", case, {"outcome": "repaired"})
    assert stands("case_replied", case, {"message_id": 1})
