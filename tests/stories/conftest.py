"""A real city for the stories: `parvis serve` in a folder of its own, and Debian's Chromium in front of it."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("PARVIS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MAKE_CITY = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from parvis.demo import city, growing
city.make()
growing.grow({reports}, breathe_s=0)
"""


@dataclass(frozen=True)
class City:
    """A running Parvis: where it answers, where its files lie."""

    url: str
    data: Path
    environment: dict[str, str]

    def parvis(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "parvis", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)

    def letters_to(self, address: str, *, at_least: int = 1, within_s: float = 20) -> list[EmailMessage]:
        """The messages in the outbox for somebody; waits until enough have come."""
        until = time.monotonic() + within_s
        while True:
            letters = list(self._letters(address))
            if len(letters) >= at_least or time.monotonic() > until:
                return letters
            time.sleep(0.2)

    def _letters(self, address: str) -> Iterator[EmailMessage]:
        for path in (self.data / "outbox").rglob("*.eml"):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if address in str(letter["To"]):
                yield letter


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "parvis serve stopped by itself"
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("parvis serve didn't answer within 30 s")


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    if not CHROMIUM:
        pytest.skip("needs Chromium: apt-get install chromium")
    data, port = tmp_path_factory.mktemp("city"), _free_port()
    environment = os.environ | {
        "PARVIS_DATA": str(data), "PARVIS_CITY": "Ville de Québec-sur-Essai", "PARVIS_DEMO": "yes",
        "PARVIS_URL": f"http://127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": "parvis.config.settings",
    }  # fmt: skip
    made = subprocess.run(
        [sys.executable, "-c", MAKE_CITY.format(reports=40)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    log = (data / "serve.log").open("wb")
    serve = [sys.executable, "-m", "parvis", "serve", "--port", str(port)]
    process = subprocess.Popen(serve, env=environment, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/", process)
        yield City(f"http://127.0.0.1:{port}", data, environment)
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser window, with what went wrong in it."""

    page: Page
    context: BrowserContext
    city: City
    complaints: list[str]

    def open(self, path: str) -> Page:
        self.page.goto(self.city.url + path)
        return self.page

    def sign_in(self, username: str) -> Page:
        from parvis.demo.cast import PASSWORD

        self.open("/console/entrer")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("[data-queues], nav a[href*='/console/files/']")
        return self.page


@pytest.fixture
def visit(city: City, chromium: Browser) -> Iterator:
    """visit(script=False, width=320, dark=True) → a Visitor. No complaint of the browser may be left at the end."""
    visitors: list[Visitor] = []

    def come(*, script: bool = True, width: int = 1280, dark: bool = False) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script, locale="fr-CA",
            color_scheme="dark" if dark else "light", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(10_000)
        visitor = Visitor(context.new_page(), context, city, [])
        _listen(visitor)
        visitors.append(visitor)
        return visitor

    yield come
    for visitor in visitors:
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def _listen(visitor: Visitor) -> None:
    """Note each error of the console, each uncaught error, each request to another host."""
    own = visitor.city.url.removeprefix("http://")

    def heard(message) -> None:
        # What a story asks for: a page that answers 4xx, a request of htmx cut short by leaving the page.
        expected = ("the server responded with a status of 4", "htmx:afterRequest", "htmx:sendAbort")
        if message.type == "error" and not any(words in message.text for words in expected):
            visitor.complaints.append(message.text)

    def asked(request) -> None:
        host = request.url.split("/")[2] if "://" in request.url else own
        if host != own and not request.url.startswith(("data:", "blob:")):
            visitor.complaints.append(f"asked another host: {request.url}")

    visitor.page.on("console", heard)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    visitor.page.on("request", asked)
