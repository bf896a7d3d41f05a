"""`parvis serve`: an empty folder becomes an open house, and closes without leaving anything behind."""

from __future__ import annotations

import os
import re
import signal
import stat
import time

from tests.serving.conftest import ON_POSTGRES, Town, children_of, get, health, is_running, wait_until


def read_lines(house, count: int) -> list[str]:
    return [house.stdout.readline() for _ in range(count)]


def test_an_empty_folder_becomes_an_open_house_and_closes_without_a_trace(town: Town, port: int):
    house = town.open(port)
    address, link = read_lines(house, 2)

    assert address.startswith(f"Parvis is open at http://127.0.0.1:{port}/ ")
    path = re.search(rf"http://127\.0\.0\.1:{port}(/console/entrer/\S+)", link).group(1)
    assert get(port, path)[0] == 200
    assert get(port, "/")[0] == 200
    assert get(port, "/static/ui/base.css")[0] == 200
    assert {key: health(port)[key] for key in ("status", "database", "dead_jobs")} == {
        "status": "ok", "database": "ok", "dead_jobs": 0,
    }  # fmt: skip
    made = {path.name for path in town.data.iterdir()}
    assert made >= {"secret-key", "uploads", "outbox"} | (set() if ON_POSTGRES else {"parvis.sqlite3"})
    private = town.data / ("secret-key" if ON_POSTGRES else "parvis.sqlite3")
    assert stat.S_IMODE(private.stat().st_mode) == 0o600

    [child] = children_of(house.pid)
    house.send_signal(signal.SIGTERM)
    assert house.wait(10) == 0
    assert not is_running(child)
    assert get(port, "/healthz")[0] == 0


def test_a_second_house_is_refused_on_the_same_port_and_in_the_same_folder(build, port: int):
    first, second = build("first"), build("second")
    first.open(port)

    refused = second.parvis("serve", "--port", port)
    assert (refused.returncode, refused.stderr.strip()) == (
        1, f"CommandError: Port {port} is taken by another program: stop it, or choose another with --port {port + 1}.",
    )  # fmt: skip
    if not ON_POSTGRES:
        refused = first.parvis("serve", "--port", port + 1)
        assert "uses the folder" in refused.stderr
    assert health(port)["status"] == "ok"


def test_a_child_that_dies_is_replaced_and_a_parent_that_dies_takes_its_child_along(town: Town, port: int):
    house = town.open(port)
    [child] = children_of(house.pid)
    os.kill(child, signal.SIGKILL)
    wait_until(lambda: children_of(house.pid) not in ([], [child]) and get(port, "/healthz")[0] == 200)
    [second] = children_of(house.pid)

    time.sleep(0.5)
    house.kill()
    house.wait()
    wait_until(lambda: not is_running(second), timeout_s=15)


def test_a_refusal_is_a_sentence_and_makes_nothing(town: Town):
    refused = town.parvis("serve", "--host", "0.0.0.0", "--port", 3999)

    assert (refused.returncode, refused.stderr.strip()) == (
        1,
        "CommandError: At 0.0.0.0, other machines could reach Parvis, but PARVIS_URL doesn't say under which address. "
        "Set it, such as PARVIS_URL=https://311.example.org, or stay on --host 127.0.0.1.",
    )
    assert not (town.data / "parvis.sqlite3").exists()


def test_more_workers_are_at_work_on_postgres_and_refused_on_sqlite_with_the_reason(town: Town):
    if not ON_POSTGRES:
        refused = town.parvis("work")
        assert (refused.returncode, "one process writes at a time" in refused.stderr) == (1, True)
        return
    assert "isn't up to date" in town.parvis("work").stderr
    town.parvis("migrate", "--verbosity", "0")
    worker = town.start("work", "--threads", "2")
    wait_until(lambda: "workers: 1 at work" in town.parvis("doctor").stdout)
    worker.terminate()
    assert worker.wait(10) == 0
    assert "workers: none at work" in town.parvis("doctor").stdout
