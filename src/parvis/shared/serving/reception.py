"""Between the web server and Django: a request is received whole before one of the few hands takes it up.

A telephone on a weak network sends its photo for a minute; four of them would hold Django's four threads, and the whole
house with them. Here they hold a waiting thread each, of which there are many and which cost little.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any

# Python runs one of them at a time; more than one is for the moments when the first waits for the database or a file.
HANDS = 4
IN_MEMORY = 1024 * 1024  # a body beyond this waits in a file that has no name
CHUNK = 64 * 1024
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass
class _Answer:
    """What the application said, from its thread to the one that speaks with the client."""

    status: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: Iterable[bytes] = ()

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        self.status, self.headers = status, headers


class Reception:
    """A WSGI application around another. `longest`: bytes of the largest body that is received at all."""

    def __init__(self, application: Application, longest: int) -> None:
        self.application, self.longest = application, longest
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="parvis-web")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = _length(environ)
        if length > self.longest:
            return _too_much(start_response)
        if length:
            received = _receive(environ["wsgi.input"], length)
            if received is None:
                return _cut_short(start_response)
            environ["wsgi.input"] = received
        answer = self._hands.submit(self._ask, environ).result()
        start_response(answer.status, answer.headers)
        return answer.body

    def _ask(self, environ: Environ) -> _Answer:
        answer = _Answer()
        answer.body = self.application(environ, answer.start)
        return answer


def _length(environ: Environ) -> int:
    typed = environ.get("CONTENT_LENGTH") or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _receive(stream: Any, length: int) -> IO[bytes] | None:
    """The whole body, from its beginning; None when the client left before the end."""
    kept: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  Django reads it, and drops it
    left = length
    while left:
        try:
            chunk = stream.read(min(CHUNK, left))
        except OSError:
            return None
        if not chunk:
            return None
        kept.write(chunk)
        left -= len(chunk)
    kept.seek(0)
    return kept


def _too_much(start_response: Callable[..., Any]) -> list[bytes]:
    sentence = "Cet envoi est trop gros : joignez moins de photos à la fois.\nToo much at once: attach fewer photos.\n"
    return _plain(start_response, "413 Content Too Large", sentence)


def _cut_short(start_response: Callable[..., Any]) -> list[bytes]:
    return _plain(start_response, "400 Bad Request", "L’envoi s’est interrompu.\nThe upload was cut short.\n")


def _plain(start_response: Callable[..., Any], status: str, sentence: str) -> list[bytes]:
    body = sentence.encode()
    headers = {
        "Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body)), "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'", "Connection": "close",
    }  # fmt: skip
    start_response(status, list(headers.items()))
    return [body]
