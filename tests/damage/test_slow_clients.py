"""Telephones on a weak network, and those who play them: nobody else waits for their bytes."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from tests.damage.test_pictures import picture
from tests.damage.visiting import Visitor, multipart


@contextmanager
def half_sent(
    house, visitor: Visitor, path: str, body: bytes, kind: str, *, claimed: int = 0
) -> Iterator[socket.socket]:
    """A post of which only `body` has come so far, out of `claimed` bytes."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {claimed or len(body)}\r\n"
        f"Cookie: {'; '.join(f'{name}={value}' for name, value in visitor.cookies.items())}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", urlsplit(house.url).port), timeout=20) as line:
        line.sendall(head.encode() + body)
        yield line


def test_forty_slow_uploads_keep_nobody_waiting(house):
    slow = house.visitor()
    slow.token()
    with ExitStack() as waiting:
        for _ in range(40):
            form = "application/x-www-form-urlencoded"
            waiting.enter_context(half_sent(house, slow, "/console/entrer", b"username=", form, claimed=100_000))
        time.sleep(0.3)
        began = time.monotonic()
        assert house.visitor().report()
        assert time.monotonic() - began < 5


def test_a_photo_that_comes_slowly_arrives_whole(house):
    resident = house.visitor()
    page = resident.walk_to("details")
    fields = {"csrfmiddlewaretoken": resident.token(), "description": "Lentement", **page.hidden("draft", "service")}
    body, kind = multipart(fields, [("photos", "trou.jpg", picture((900, 700)), "image/jpeg")])
    before = house.pictures()
    with half_sent(house, resident, page.path, body[:300], kind, claimed=len(body)) as line:
        for at in range(300, len(body), 2000):
            time.sleep(0.02)
            line.sendall(body[at : at + 2000])
        assert line.recv(20).startswith(b"HTTP/1.1 302")
    assert len(house.pictures() - before) == 2


def test_an_upload_that_is_cut_keeps_nothing(house):
    resident = house.visitor()
    page = resident.walk_to("details")
    fields = {"csrfmiddlewaretoken": resident.token(), "description": "Coupé", **page.hidden("draft", "service")}
    body, kind = multipart(fields, [("photos", "trou.jpg", picture((900, 700)), "image/jpeg")])
    before = house.pictures()
    with half_sent(house, resident, page.path, body[:-200], kind, claimed=len(body)):
        time.sleep(0.1)
    time.sleep(0.3)
    assert house.pictures() == before
    assert "Coupé" not in resident.open(page.path).text


def test_what_is_far_too_much_is_refused_before_it_is_received(house):
    resident = house.visitor()
    resident.token()
    with half_sent(
        house, resident, "/signaler/details", b"x", "multipart/form-data; boundary=x", claimed=10**12
    ) as line:
        answer = line.recv(4096)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"joignez moins de photos" in answer


def test_a_length_that_is_no_number_harms_nobody(house):
    for length in ("-1", "1e9", "٣", "9" * 40, "12abc", ""):
        with socket.create_connection(("127.0.0.1", urlsplit(house.url).port), timeout=5) as line:
            line.sendall(f"POST /suivi HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n".encode())
            line.shutdown(socket.SHUT_WR)
            answer = line.recv(100)
        assert answer == b"" or answer.startswith(b"HTTP/1.1 4"), (length, answer)
    assert house.visitor().open("/robots.txt").status == 200
