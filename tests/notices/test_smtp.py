"""Letters to a real mail server: accepted, refused, put off, cut off; and what the city then knows."""

import shutil
import socket
import ssl
import subprocess
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from tests.people import GERTRUDE, OSCAR, TUESDAY_10H, make_report

from parvis.ledger.models import Entry
from parvis.notices.delivery import smtp
from parvis.notices.delivery.smtp import Server
from parvis.notices.envelope import envelope
from parvis.notices.errors import Unreachable, without_addresses
from parvis.notices.models import Notice
from parvis.notices.outbox import deliver
from parvis.shared import clock, jobs
from parvis.shared.jobs import run_until_empty
from parvis.shared.models import Job

pytestmark = pytest.mark.django_db


class Postmaster:
    """A mail server's rules: `says` answers a recipient or the letter itself; what is accepted is kept."""

    def __init__(self):
        self.letters, self.to_recipient, self.to_letter, self.tries = [], {}, [], 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.tries += 1
        answer = self.to_recipient.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.to_letter.pop(0) if self.to_letter else "250 2.0.0 Accepted"
        if answer.startswith("250"):
            self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return answer

    def read(self):
        return [message_from_bytes(content, policy=policy.default) for _from, _to, content in self.letters]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve(free_port):
    """Start a mail server on 127.0.0.1; stops with the test."""
    started = []

    def start(handler, **options):
        controller = Controller(handler, hostname="127.0.0.1", port=free_port, **options)
        controller.start()
        started.append(controller)
        return free_port

    yield start
    for controller in started:
        controller.stop()


@pytest.fixture
def postmaster(serve, settings):
    handler = Postmaster()
    settings.SMTP_URL = f"smtp://127.0.0.1:{serve(handler)}"
    return handler


def test_a_letter_is_delivered_once(postmaster):
    make_report(contact=GERTRUDE)
    run_until_empty()
    [notice] = Notice.objects.all()
    assert (notice.state, notice.error, notice.sent_at is not None) == ("sent", "", True)
    [(sender, recipients, _content)] = postmaster.letters
    assert (sender, recipients) == ("ne-pas-repondre@ville.example", [GERTRUDE.email])
    [letter] = postmaster.read()
    assert letter["Subject"] == notice.subject
    assert letter.get_content().replace("\r\n", "\n") == notice.body
    assert letter["Auto-Submitted"] == "auto-generated"
    deliver(notice.pk)  # the job runs again
    assert len(postmaster.letters) == 1


def test_an_address_that_does_not_exist_fails_for_good_with_its_reason(postmaster):
    postmaster.to_recipient[GERTRUDE.email] = f"550 5.1.1 <{GERTRUDE.email}>: no such mailbox"
    make_report(contact=GERTRUDE)
    make_report(contact=OSCAR)
    run_until_empty()
    refused, sent = Notice.objects.order_by("pk")
    assert (refused.state, sent.state) == ("failed", "sent")
    assert refused.error == (
        "Le serveur de courriel refuse\xa0: 550 …: no such mailbox. Vérifiez l’adresse avec la personne, puis relancez."
    )
    assert postmaster.tries == 2  # not tried again by itself
    [job] = jobs.dead()
    assert job.args == [refused.pk]
    assert "gertrude" not in job.error
    assert Entry.objects.get(kind="notice.failed").data["why"] == "refused"


def test_once_mended_a_person_sends_it_again(postmaster):
    postmaster.to_recipient[GERTRUDE.email] = "550 5.1.1 no such mailbox"
    make_report(contact=GERTRUDE)
    run_until_empty()
    postmaster.to_recipient.clear()
    jobs.replay(jobs.dead().get().pk)
    run_until_empty()
    [notice] = Notice.objects.all()
    assert (notice.state, notice.error, len(postmaster.letters)) == ("sent", "", 1)


def test_a_busy_server_is_tried_again_under_the_same_message_id(postmaster):
    postmaster.to_letter = ["451 4.3.0 Try again later", "421 4.3.2 Shutting down"]
    with clock.moved_to(TUESDAY_10H):
        make_report(contact=GERTRUDE)
        run_until_empty()
    [notice] = Notice.objects.all()
    assert notice.state == "sending"
    assert Job.objects.get(args=[notice.pk]).state == "ready"
    for hours in (1, 2):
        with clock.moved_to(TUESDAY_10H + timedelta(hours=hours)):
            run_until_empty()
    notice.refresh_from_db()
    assert (notice.state, len(postmaster.letters)) == ("sent", 1)


def test_a_letter_whose_sender_died_goes_out_again_as_the_same_letter(postmaster):
    """The server took it, the worker died before writing so. A second copy can't be ruled out: it says it is a copy."""
    make_report(contact=GERTRUDE)
    run_until_empty()
    [notice] = Notice.objects.all()
    Notice.objects.update(state="sending", sent_at=None)
    deliver(notice.pk)
    first, second = postmaster.read()
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()


def test_a_server_that_is_away_for_days_fails_in_words(settings, free_port):
    settings.SMTP_URL = f"smtp://127.0.0.1:{free_port}"
    with clock.moved_to(TUESDAY_10H):
        make_report(contact=GERTRUDE)
    for day in range(10):
        with clock.moved_to(TUESDAY_10H + timedelta(days=day)):
            run_until_empty()
    [notice] = Notice.objects.all()
    assert notice.state == "failed"
    assert notice.error == (
        "Le courriel n’est pas parti\xa0: Connection refused. Vérifiez le serveur de courriel, puis relancez."
    )
    assert jobs.dead_count() == 1


@pytest.mark.parametrize("answer", ["554 5.7.1 Spam", "552 5.3.4 Too big"])
def test_a_letter_refused_for_what_it_says_fails_for_good(postmaster, answer):
    postmaster.to_letter = [answer]
    make_report(contact=GERTRUDE)
    run_until_empty()
    assert Notice.objects.get().state == "failed"
    assert jobs.dead_count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_network_is_used_while_a_transaction_is_open(postmaster, monkeypatch):
    seen = []
    send = smtp.send

    def watched(message, server):
        seen.append((connection.in_atomic_block, Notice.objects.get().state))
        send(message, server)

    monkeypatch.setattr(smtp, "send", watched)
    make_report(contact=GERTRUDE)
    run_until_empty()
    assert seen == [(False, "sending")]
    assert Notice.objects.get().state == "sent"


def test_a_server_that_says_nothing_is_left_in_time(free_port):
    with socket.create_server(("127.0.0.1", free_port)), pytest.raises(Unreachable) as silence:
        smtp.send(a_message(), Server("127.0.0.1", free_port), timeout_s=0.3)
    assert "timed out. Vérifiez" in silence.value.sentence


def a_message():
    return envelope(Notice(pk=1, key="1:1", recipient=GERTRUDE.email, subject="x", body="y", queued_at=TUESDAY_10H))


def test_a_password_is_not_sent_to_a_server_without_encryption(serve):
    said = []

    def check(server, session, envelope, mechanism, data):
        said.append(data)
        return AuthResult(success=True)

    port = serve(Postmaster(), authenticator=check, auth_require_tls=False)
    with pytest.raises(Unreachable):
        smtp.send(a_message(), Server.read(f"smtp://city:secret@127.0.0.1:{port}"))
    assert said == []


def test_signing_in_over_plain_smtp_where_the_city_says_so(serve):
    said, handler = [], Postmaster()

    def check(server, session, envelope, mechanism, data):
        said.append((data.login, data.password))
        return AuthResult(success=data.password == b"se:cr@t", handled=False)

    port = serve(handler, authenticator=check, auth_require_tls=False)
    smtp.send(a_message(), Server.read(f"smtp://city:se%3Acr%40t@127.0.0.1:{port}?tls=no"))
    assert said == [(b"city", b"se:cr@t")]
    assert len(handler.letters) == 1
    with pytest.raises(Unreachable):  # our own sign-in is wrong: the letter isn't given up
        smtp.send(a_message(), Server.read(f"smtp://city:wrong@127.0.0.1:{port}?tls=no"))
    assert smtp.answers(Server.read(f"smtp://city:se%3Acr%40t@127.0.0.1:{port}?tls=no")) == ""
    assert smtp.answers(Server.read(f"smtp://city:wrong@127.0.0.1:{port}?tls=no")).startswith("Le courriel n’est pas")


@pytest.fixture
def certificate(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("makes its own certificate with openssl, which isn't installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return certificate, context


@pytest.mark.parametrize("form", ["smtp://127.0.0.1:{port}?tls=yes", "smtps://127.0.0.1:{port}"])
def test_encrypted_both_ways_and_only_to_a_server_that_proves_who_it_is(serve, certificate, monkeypatch, form):
    path, context = certificate
    handler = Postmaster()
    if form.startswith("smtps"):
        port = serve(handler, ssl_context=context)
    else:
        port = serve(handler, tls_context=context, require_starttls=True)
    server = Server.read(form.format(port=port))
    with pytest.raises(Unreachable) as unknown:
        smtp.send(a_message(), server)
    assert "certificate" in unknown.value.sentence.lower()
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    smtp.send(a_message(), server)
    assert len(handler.letters) == 1


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.ville.example", Server("mail.ville.example", 25)),
        ("smtp://mail.ville.example:2525", Server("mail.ville.example", 2525)),
        ("smtp://mail.ville.example?tls=yes", Server("mail.ville.example", 587, tls="starttls")),
        ("smtp://u:p@mail.ville.example", Server("mail.ville.example", 587, "u", "p", "starttls")),
        ("smtp://u%40v:p%2F@mail.ville.example:25?tls=no", Server("mail.ville.example", 25, "u@v", "p/")),
        ("smtps://u:p@mail.ville.example", Server("mail.ville.example", 465, "u", "p", "implicit")),
    ],
)
def test_the_address_of_a_mail_server(url, server):
    assert Server.read(url) == server


@pytest.mark.parametrize("url", ["mail.ville.example", "http://x", "smtp://", "smtp://x:port", "smtp://x?tls=maybe"])
def test_a_wrong_address_is_refused_without_repeating_the_password(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        Server.read(url.replace("//", "//u:s3cret@"))
    assert "s3cret" not in str(refusal.value)
    assert "smtp://user:password@host:587?tls=yes" in str(refusal.value)


def test_addresses_are_cut_out_of_what_servers_say():
    said = "5.1.1 <gertrude@voisine.example>: user gertrude@voisine.example\r\nunknown."
    assert without_addresses(said) == "5.1.1 …: user … unknown"
