from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from people import make_agent

from parvis.people.permissions import Role


@pytest.fixture(scope="session", autouse=True)
def static_folder():
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that isn't there


@pytest.fixture
def signed_in(db):
    """A browser in which a member of staff has signed in: signed_in(Role.CREW, teams=(team,)) or signed_in(agent)."""

    def enter(who=Role.FIRST_LINE, **fields):
        client = Client()
        client.agent = make_agent(who, **fields) if isinstance(who, str) else who
        client.force_login(client.agent)
        return client

    return enter
