"""A house of its own, on disk (or its own PostgreSQL database), for tests that need several processes."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@dataclass
class House:
    environment: dict[str, str]
    folder: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *words: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-W", "error", "-m", "tests.shared.job_process", *map(str, words)]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)
        self.started.append(process)
        return process

    def run(self, *words: object) -> Any:
        process = self.start(*words)
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return json.loads(out) if out.strip() else None

    def delivered(self) -> int:
        return sum(1 for _ in self.folder.glob("delivered-*"))

    def runs(self) -> list[str]:
        return (self.folder / "runs").read_text().splitlines()


def wait_until(true: Callable[[], bool], timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    folder = tmp_path / "delivered"
    folder.mkdir()
    environment = {**os.environ, "PARVIS_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    database = "parvis_jobs_" + secrets.token_hex(4)
    on_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    if on_postgres:
        environment["DATABASE_URL"] = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database}"
        _administer(f"CREATE DATABASE {database}")
    made = House(environment, folder)
    try:
        made.run("prepare")
        yield made
    finally:
        for process in made.started:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stdout.close()
        if on_postgres:
            _administer(f"DROP DATABASE {database} WITH (FORCE)")


def _administer(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)
