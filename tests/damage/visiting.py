"""Somebody who speaks HTTP by hand: keeps cookies, follows redirections if asked, and may send anything at all."""

from __future__ import annotations

import http.client
import re
import secrets
import socket
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urlsplit

Fields = dict[str, "str | bytes | list[str]"]
Files = list[tuple[str, str, bytes, str]]  # field, file name, content, type


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    url: str  # path and query of the page that answered, after redirections

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def said(self) -> str:
        """The words of the page, entities read, tags left out."""
        return unescape(re.sub(r"<[^>]+>", " ", self.text))

    def hidden(self, *names: str) -> dict[str, str]:
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.text)
        return {name: unescape(value) for name, value in found if not names or name in names}


@dataclass
class Visitor:
    """A browser without script. `headers` go with every request."""

    base: str
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: list[str] = field(default_factory=list)  # every Set-Cookie heard, whole

    def ask(self, method: str, path: str, body: bytes | None = None, follow: bool = False, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body, self.headers | sent)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read(), path)
        connection.close()
        self._keep_cookies(answer)
        if follow and answer.status in (301, 302, 303):
            return self.ask("GET", _path_of(answer.headers["Location"]), follow=True)
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.set_cookies.append(line)
            name, _sep, value = line.partition(";")[0].partition("=")
            if value in ("", '""'):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value

    def open(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, follow=True, **headers)

    def token(self) -> str:
        if "parvis_csrf" not in self.cookies:
            self.open("/console/entrer")
        return self.cookies.get("parvis_csrf", "")

    def post(self, path: str, fields: Fields | None = None, files: Files | None = None, follow: bool = True) -> Answer:
        """Send a form with its token, by hand."""
        fields = {"csrfmiddlewaretoken": self.token()} | (fields or {})
        if files is None:
            body = encoded(fields)
            kind = "application/x-www-form-urlencoded"
        else:
            body, kind = multipart(fields, files)
        return self.ask("POST", path, body, follow=follow, Content_Type=kind)

    def press(self, path: str, **fields: str) -> Answer:
        return self.post(path, dict(fields))

    # ---- the residents' form ----

    def walk_to(self, step: str, service: str = "VOI-NID", *, address: str = "45, rue des Essais") -> Answer:
        """Fill the steps before this one with something plain; the page of the step."""
        answer = self.open(f"/signaler?service={service}")
        plain = {
            "lieu": {"adresse": address}, "deja-signale": {"rejoindre": ""},
            "details": {"description": "Un gros trou"}, "coordonnees": {"langue": "fr"},
        }  # fmt: skip
        while answer.path != f"/signaler/{step}":
            before = answer.path
            answer = self.send(answer, **plain[before.removeprefix("/signaler/")])
            assert answer.path != before, answer.said
        return answer

    def send(self, page: Answer, files: Files | None = None, **fields: str) -> Answer:
        """Press the button of a step of the form."""
        return self.post(page.path, page.hidden("draft", "service") | fields, files)

    def report(self, service: str = "VOI-NID", *, address: str = "45, rue des Essais", **who: str) -> str:
        """A whole report by the form; its number, ten digits."""
        page = self.walk_to("details", service, address=address)
        page = self.send(page, description=who.pop("description", "Un gros trou"))
        page = self.send(page, **({"langue": "fr"} | who))
        assert page.path == "/signaler/verification", page.said
        return number_on(self.send(page))


def number_on(page: Answer) -> str:
    """The number that the last page of the form tells."""
    found = re.search(r'id="numero">(\d\d)-(\d{4})-(\d{4})<', page.text)
    assert found, f"{page.status} {page.url} {page.said}"
    return "".join(found.groups())


def secret_link_on(page: Answer) -> str:
    found = re.search(r'href="(/suivi/[0-9-]+/[^"]+)"', page.text)
    assert found, page.said
    return found[1]


def _path_of(location: str) -> str:
    parts = urlsplit(location)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def encoded(fields: Fields) -> bytes:
    """Fields as a form sends them, halves of characters included."""
    pairs = [(name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
    return urlencode([(_bytes(name), _bytes(one)) for name, one in pairs]).encode()


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def multipart(fields: Fields, files: Files) -> tuple[bytes, str]:
    boundary = f"limite{secrets.token_hex(8)}"
    parts = []
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            data = one if isinstance(one, bytes) else one.encode("utf-8", "surrogatepass")
            parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + data)
    for name, filename, content, kind in files:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(head.encode() + content)
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
