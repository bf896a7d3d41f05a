"""Every door says who may pass."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from parvis.people.permissions import PERMISSIONS


def doors(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path, pattern.callback
        else:
            yield from doors(pattern, path)


DOORS = list(doors())


@pytest.mark.parametrize(("path", "view"), DOORS, ids=[path or "/" for path, _view in DOORS])
def test_a_door_declares_its_audience(path: str, view: Any) -> None:
    audience = getattr(view, "audience", "none declared")
    assert re.fullmatch(r"public|person|machine|agent\(([a-z_.]+)\)", audience), f"{path}: {audience}"
    permission = audience.partition("(")[2].rstrip(")")
    assert permission in {"", *PERMISSIONS}


def test_the_console_is_for_staff_but_for_its_own_doors() -> None:
    open_doors = {
        path for path, view in DOORS if path.startswith("console/") and not view.audience.startswith("agent(")
    }
    allowed = {"console/entrer", "console/sortir"}  # sign in, by password or by link; sign out
    assert {path for path in open_doors if not path.startswith(tuple(allowed))} == set()


def test_residents_doors_ask_no_permission() -> None:
    asked = {path for path, view in DOORS if not path.startswith("console/") and view.audience.startswith("agent(")}
    assert asked == set()


def test_there_are_doors_to_walk() -> None:
    assert len(DOORS) > 20
