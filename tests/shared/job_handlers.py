"""What the jobs of these tests do."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django_tasks import task

from parvis.shared import jobs

seen: list[object] = []


def note(*args: object, **kwargs: object) -> None:
    seen.append((args, kwargs) if kwargs else args[0] if len(args) == 1 else args)


def fail_with_a_name() -> None:
    raise ValueError("Philomène Tremblotte, 418-555-0111")


def give_up() -> None:
    raise jobs.GiveUp("Correct the address philomene@tremblotte.example, then replay.")


def enqueue_another() -> None:
    jobs.enqueue(note, "another")


def wait_and_check_the_lease() -> None:
    seen.append(jobs.still_held())


@task
def add(a: int, b: int) -> int:
    return a + b


@task(takes_context=True)
def tell_attempt(context, word: str) -> str:
    return f"{word} {context.attempt}"


@task
async def add_later(a: int, b: int) -> int:
    return a + b


def deliver(folder: str, number: int) -> None:
    """Leave one file, once, whatever the number of runs; every run leaves a mark."""
    with (Path(folder) / "runs").open("a") as runs:
        runs.write(f"{number}\n")
    time.sleep(0.001)
    (Path(folder) / f"delivered-{number}").touch()


def enter_alone(folder: str, number: int) -> None:
    """Two workers in here at the same time would leave a complaint."""
    door = Path(folder) / f"door-{number}"
    try:
        os.close(os.open(door, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        (Path(folder) / f"complaint-{number}").touch()
        return
    time.sleep(0.002)
    door.unlink()
    deliver(folder, number)


def take_a_while(folder: str, number: int) -> None:
    with (Path(folder) / "runs").open("a") as runs:
        runs.write(f"start {number} {time.monotonic()}\n")
        runs.flush()
        time.sleep(1.5)
        runs.write(f"end {number} {time.monotonic()}\n")
