"""The index in memory: built once, by one thread, and never stale."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from tests.people import make_segment, make_street

from parvis.places import gazetteer, geocoding
from parvis.places.edition import Latest, held

pytestmark = pytest.mark.django_db


def test_a_new_street_is_found_at_once() -> None:
    assert geocoding.find("rue toute neuve") == []
    make_segment(make_street("Rue Toute-Neuve"))
    assert geocoding.find("rue toute neuve")[0].label == "Rue Toute-Neuve"


def test_the_index_is_the_same_object_as_long_as_nothing_changed() -> None:
    assert gazetteer.current() is gazetteer.current()


def test_many_questions_may_share_one_look_at_the_data(django_assert_num_queries: Any) -> None:
    gazetteer.current()
    with django_assert_num_queries(1), held():
        for _ in range(5):
            gazetteer.current()


def test_one_thread_builds_while_the_others_wait() -> None:
    built: list[int] = []
    started = threading.Barrier(8)

    def build() -> int:
        built.append(1)
        return len(built)

    latest, answers = Latest(build), []

    def ask() -> None:
        started.wait()
        answers.append(latest.get("same key"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 8
    assert latest.get("another key") == 2
