"""Real houses, opened by the real command in folders of their own."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
CLEAN = {"PORT", "PARVIS_URL", "PARVIS_HOSTS", "PARVIS_DEBUG", "PARVIS_SECRET_KEY", "PARVIS_SMTP_URL"}


@dataclass
class Town:
    """Runs `parvis` in a folder (and, on PostgreSQL, a database) of its own, and leaves nothing running."""

    data: Path
    database_url: str = ""
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def parvis(self, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(words), env=self._environment(environment), capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip

    def open(self, port: int, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Start `parvis serve` and wait until it answers."""
        house = self.start("serve", "--port", port, *words, **environment)
        wait_until(lambda: house.poll() is not None or get(port, "/healthz")[0] == 200)
        assert house.poll() is None
        return house

    def start(self, *words: object, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            self._command(words), env=self._environment(environment), stdout=subprocess.PIPE, text=True
        )
        self.started.append(process)
        return process

    def _command(self, words: tuple[object, ...]) -> list[str]:
        return [sys.executable, "-m", "parvis", *map(str, words)]

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key not in CLEAN}
        own = {
            "PARVIS_DATA": str(self.data), "DATABASE_URL": self.database_url, "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "parvis.config.settings", "PYTHONPATH": str(ROOT / "src"),
        }  # fmt: skip
        return kept | own | more


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()
    except OSError:
        return 0, ""


def health(port: int) -> dict[str, Any]:
    return json.loads(get(port, "/healthz")[1])


def children_of(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in path.read_text().split()]


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(true: Callable[[], bool], timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


@pytest.fixture
def port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Callable[[str], Town]]:
    """`build("name")` makes an empty town."""
    towns: list[Town] = []
    databases: list[str] = []

    def one(name: str = "town") -> Town:
        url = ""
        if ON_POSTGRES:
            databases.append("parvis_town_" + secrets.token_hex(4))
            administer(f"CREATE DATABASE {databases[-1]}")
            url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{databases[-1]}"
        towns.append(Town(tmp_path / name, url))
        return towns[-1]

    yield one
    for house in (house for town in towns for house in town.started):
        if house.poll() is None:
            house.send_signal(signal.SIGTERM)
            house.wait(20)
        house.stdout.close()
    for database in databases:
        administer(f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture
def town(build: Callable[[str], Town]) -> Town:
    return build("town")


def administer(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)
