"""A city without a mail server: letters as files that any mail reader opens."""

import email
import email.policy

import pytest
from tests.people import GERTRUDE, make_report

from parvis.notices import delivery, letters
from parvis.notices.envelope import envelope
from parvis.notices.errors import Unreachable
from parvis.notices.models import Notice
from parvis.notices.outbox import deliver
from parvis.shared.jobs import GiveUp, run_until_empty

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    make_report(contact=GERTRUDE)
    run_until_empty()
    return Notice.objects.get()


def read(path):
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def test_a_letter_is_a_message_that_mail_readers_open(notice, outbox):
    [path] = outbox.iterdir()
    message = read(path)
    assert message["To"] == GERTRUDE.email
    assert message["From"] == "Ville de Québec-sur-Essai <ne-pas-repondre@ville.example>"
    assert message["Subject"] == notice.subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert message["Message-ID"] == f"<{path.stem}@ville.example>"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == notice.body
    assert message.defects == []
    assert max(len(line) for line in path.read_bytes().splitlines()) <= 998


def test_the_same_letter_twice_is_the_same_file(notice, outbox):
    [path] = outbox.iterdir()
    before = path.read_bytes()
    delivery.send(envelope(notice))
    assert list(outbox.iterdir()) == [path]
    assert path.read_bytes() == before


def test_a_letter_half_written_is_not_there(notice, outbox):
    """The process died while writing: the next one finishes the job under the same name."""
    [path] = outbox.iterdir()
    path.rename(path.with_suffix(".part"))
    path.with_suffix(".part").write_bytes(b"From: half a lett")
    delivery.send(envelope(notice))
    assert list(outbox.iterdir()) == [path]
    assert read(path)["To"] == GERTRUDE.email


def test_an_outbox_that_cannot_be_written_is_tried_again(notice, settings, tmp_path):
    settings.OUTBOX = tmp_path / "a-file"
    settings.OUTBOX.write_text("in the way")
    with pytest.raises(Unreachable):
        delivery.send(envelope(notice))


def test_the_city_may_be_answered_where_it_has_an_address(notice, settings):
    settings.PARVIS_CITY = settings.PARVIS_CITY | {"email": "311@ville.example"}
    assert envelope(notice)["Reply-To"] == "Ville de Québec-sur-Essai <311@ville.example>"
    _subject, body = letters.preview(notice.report, "acknowledgement")
    assert "Répondez à ce message, ou appelez au 311 et donnez votre numéro de suivi.\n" in body
    assert "personne ne lit" not in body


@pytest.mark.parametrize(
    "hostile",
    [
        "a@b.example\r\nBcc: tous@ville.example",
        "a@b.example\nSubject: x",
        "a@b.example, c@d.example",
        "a@b.example\x85Bcc: z@b.example",
        "personne",
    ],
)
def test_nothing_leaves_for_a_recipient_that_hides_something(notice, outbox, hostile):
    [sent] = outbox.iterdir()
    Notice.objects.update(recipient=hostile, state="queued")
    with pytest.raises(GiveUp):
        deliver(notice.pk)
    notice.refresh_from_db()
    assert notice.state == "failed"
    assert notice.error == (
        "Le serveur de courriel refuse\xa0: adresse illisible. Vérifiez l’adresse avec la personne, puis relancez."
    )
    assert list(outbox.iterdir()) == [sent]


def test_no_second_header_hides_in_a_subject(notice):
    notice.subject = "Demande\r\nBcc: tous@ville.example\r\n\r\nbonjour"
    message = email.message_from_bytes(envelope(notice).as_bytes(), policy=email.policy.default)
    assert message["Bcc"] is None
    assert message["Subject"] == "Demande Bcc: tous@ville.example bonjour"
    assert message.get_content().replace("\r\n", "\n") == notice.body
