"""A bad day needs a real house: `parvis serve` on a folder of its own, and people who speak plain HTTP to it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.damage.visiting import Visitor, free_port
from tests.people import PASSWORD
from tests.people_room.own_city import MIGRATE, _own_database

MAKE_TOWN = """
import django, json; django.setup()
from django.db import transaction
from tests.people import *
from parvis.catalogue.models import Question, Service
make_segment(); make_zone()
sanitation = make_department("SAL")
pothole = make_service(duplicate_radius_m=0)
exact = Service.Visibility.EXACT
make_service("ECL-LAM", name_fr="Lampadaire éteint", name_en="Street light out", visibility=exact, duplicate_radius_m=0)
make_service("PRO-DEP", name_fr="Dépôt sauvage", name_en="Illegal dumping", visibility=Service.Visibility.SEGMENT)
hidden = make_service("NUI-INS", name_fr="Logement insalubre", name_en="Unhealthy housing", department=sanitation,
                      visibility=Service.Visibility.NEVER, location_mode=Service.LocationMode.ADDRESS)
Question.objects.create(service=hidden, key="piece", kind="text", label_fr="Quelle pièce ?", label_en="Which room?")
team = make_team()
other = make_team("SAL-1", sanitation)
for role, teams, department in (
    ("first_line", (), None), ("supervisor", (), None), ("second_line", (team,), team.department),
    ("crew", (team,), None), ("planner", (), None), ("council", (), None), ("administrator", (), None),
):
    make_agent(role, teams=teams, username=role, department=department)
print(json.dumps({"team": team.pk, "other_team": other.pk}))
"""

ANSWER = """
import django; django.setup()
import json, sys, traceback
for line in sys.stdin:
    said = ["null"]
    try:
        exec(json.loads(line), {"json": json, "print": said.append})
    except Exception:
        said = [json.dumps({"fell": traceback.format_exc()})]
    print(said[-1], flush=True)
"""


@dataclass(frozen=True)
class House:
    """A running Parvis: where it answers, where its files lie, how to ask it something from behind."""

    url: str
    data: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    clerk: subprocess.Popen[str]  # runs scripts inside the city's own code and database
    made: dict[str, int]
    signed_in: dict[str, dict[str, str]] = field(default_factory=dict)  # role → cookies

    def visitor(self, **options: Any) -> Visitor:
        return Visitor(self.url, **options)

    def staff(self, role: str, *, anew: bool = False) -> Visitor:
        """Somebody with this role, signed in through the door; `anew`: in a session of its own."""
        if role in self.signed_in and not anew:
            return self.visitor(cookies=dict(self.signed_in[role]))
        visitor = self.visitor()
        answer = visitor.press("/console/entrer", username=role, password=PASSWORD)
        assert answer.path == "/console/", answer.said
        self.signed_in.setdefault(role, dict(visitor.cookies))
        return visitor

    def ask(self, script: str) -> Any:
        """Run a script inside the city; what it prints last, as JSON."""
        assert self.clerk.stdin
        assert self.clerk.stdout
        self.clerk.stdin.write(json.dumps(script) + "\n")
        self.clerk.stdin.flush()
        said = json.loads(self.clerk.stdout.readline())
        assert not (isinstance(said, dict) and "fell" in said), said["fell"]
        return said

    def parvis(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "parvis", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=False)

    @property
    def log(self) -> str:
        return (self.data / "serve.log").read_text(errors="replace")

    def pictures(self) -> set[str]:
        """Every file under uploads."""
        return {str(path) for path in (self.data / "uploads").rglob("*") if path.is_file()}

    def memory_mb(self) -> int:
        """The most memory that any process of the tree has ever held."""
        return max(_peak_kb(pid) for pid in _family(self.process.pid)) // 1024


def _run(script: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(descendant for child in children for descendant in _family(int(child)))]


def _peak_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(errors="replace")
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("parvis serve didn't answer within a minute")


@contextmanager
def _open_house(data: Path, **settings: str) -> Iterator[House]:
    port = free_port()
    environment = os.environ | {
        "PARVIS_DATA": str(data), "PARVIS_CITY": "Ville de Québec-sur-Essai",
        "DJANGO_SETTINGS_MODULE": "parvis.config.settings", "PYTHONPATH": os.pathsep.join(sys.path),
    } | settings  # fmt: skip
    with _own_database(environment):
        made = json.loads(_run(MIGRATE + "\n" + MAKE_TOWN, environment).splitlines()[-1])
        with (data / "serve.log").open("wb") as log:
            serve = [sys.executable, "-m", "parvis", "serve", "--port", str(port)]
            process = subprocess.Popen(serve, env=environment, stdout=log, stderr=log)
        answer = [sys.executable, "-c", ANSWER]
        clerk = subprocess.Popen(answer, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            _wait(f"http://127.0.0.1:{port}/robots.txt", process, data / "serve.log")
            yield House(f"http://127.0.0.1:{port}", data, environment, process, clerk, made)
        finally:
            for one in (clerk, process):
                one.terminate()
                one.communicate(timeout=20)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house that all tests of the bad day share: each makes what it needs, and none counts what others made."""
    with _open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened
        assert re.findall(r".*(?:Traceback|caused by|locked|Internal Server Error).*", opened.log) == []
