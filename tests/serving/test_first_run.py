"""Somebody must be able to come in, and nobody else."""

from __future__ import annotations

import pytest
from tests.people import make_agent

from parvis.config.first_run import administrators_link
from parvis.people import accounts
from parvis.people.models import Agent

pytestmark = pytest.mark.django_db


def agent_of(link: str | None) -> Agent | None:
    assert link is not None
    return accounts.redeem(link.removeprefix("/console/entrer/"))


def test_an_empty_house_gets_an_administrator_and_a_link_that_works_once():
    link = administrators_link()
    administrator = agent_of(link)

    assert administrator is not None
    assert (administrator.username, administrator.role, administrator.has_usable_password()) == (
        "admin", "administrator", False,
    )  # fmt: skip
    assert agent_of(link) is None


def test_a_lost_link_is_replaced_at_the_next_start_for_the_same_account():
    administrators_link()

    assert agent_of(administrators_link()) == Agent.objects.get()


def test_once_an_administrator_has_a_password_there_is_no_link_any_more():
    make_agent("administrator")

    assert administrators_link() is None


def test_a_name_that_is_taken_is_left_alone():
    make_agent("council", username="admin")

    assert agent_of(administrators_link()).username == "admin2"
