"""One-way flow, in the tables as in the imports."""

import subprocess
import sys

import pytest
from django.apps import apps
from django.db import models
from tests.house.plan import FACES, PACKAGE, PROJECT, RANK, room_of

OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("parvis.")]


def relations(model: type[models.Model]) -> list[tuple[str, str]]:
    """(field, room that it points to) for each relation to another model of ours that the model itself declares."""
    return [
        (field.name, room_of(field.related_model.__module__))
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model.__module__.startswith("parvis.")
    ]


def test_no_table_points_to_a_room_above_its_own() -> None:
    upward = [
        f"{model.__name__}.{name} → {room}"
        for model in OURS
        for name, room in relations(model)
        if RANK[room] > RANK[room_of(model.__module__)]
    ]
    assert upward == []


def test_the_walk_sees_relations() -> None:
    """Were the walk blind, the test above could not fail."""
    seen = {(model.__name__, name): room for model in OURS for name, room in relations(model)}
    assert seen["Service", "department"] == "people"
    assert seen["Calendar", "teams"] == "people"
    assert len(set(seen.values())) >= 4


def test_tables_bear_the_name_of_their_room() -> None:
    strays = [m._meta.db_table for m in OURS if not m._meta.db_table.startswith(f"{m._meta.app_label}_")]
    assert strays == []


def test_every_folder_has_its_place_in_the_plan() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert folders == set(RANK)


@pytest.mark.parametrize("room", sorted(set(RANK) - FACES - {"config", "demo"}))
@pytest.mark.parametrize("line", ["from django.http import HttpResponse", "from django.shortcuts import render"])
def test_a_room_that_learns_http_is_refused(room: str, line: str) -> None:
    assert "TID251" in ruff(line, f"src/parvis/{room}/invented.py")


@pytest.mark.parametrize("face", sorted(FACES))
def test_a_face_may_speak_http(face: str) -> None:
    assert "TID251" not in ruff("from django.http import HttpResponse", f"src/parvis/{face}/invented.py")


def test_effects_arent_wired_with_signals() -> None:
    assert "TID251" in ruff("from django.dispatch import receiver", "src/parvis/cases/invented.py")


def ruff(source: str, name: str) -> str:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--output-format",
        "concise",
        "--stdin-filename",
        name,
    ]
    return subprocess.run(
        [*command, "-"], input=source, text=True, capture_output=True, cwd=PROJECT, check=False
    ).stdout


@pytest.mark.parametrize("room", sorted(set(RANK) - {"config"}))
def test_every_room_says_in_a_page_what_it_is(room: str) -> None:
    pages = list((PACKAGE / room).glob("README.md")) or list((PACKAGE / room).glob("*/README.md"))
    assert pages, f"src/parvis/{room}/README.md is missing"
    assert all(len(page.read_text(encoding="utf-8").splitlines()) <= 40 for page in pages)
