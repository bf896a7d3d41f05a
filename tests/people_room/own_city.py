"""A database of its own for a test that starts other processes, on whichever engine the tests run."""

import os
import secrets
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest


@pytest.fixture
def own_city(tmp_path):
    """The environment of a fresh, migrated city: pass it to subprocess.run(env=…)."""
    env = {**os.environ, "PARVIS_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    with _own_database(env):
        subprocess.run([sys.executable, "-c", MIGRATE], env=env, check=True, capture_output=True, timeout=120)
        yield env


MIGRATE = (
    "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
)


@contextmanager
def _own_database(env):
    """On PostgreSQL, a database made for the test and dropped after it; SQLite's is a file in the data folder."""
    shared = env.get("DATABASE_URL", "")
    if not shared.startswith("postgres"):
        yield
        return
    name = f"own_{secrets.token_hex(4)}"
    _say(shared, f"CREATE DATABASE {name}")
    env["DATABASE_URL"] = urlsplit(shared)._replace(path=f"/{name}").geturl()
    try:
        yield
    finally:
        _say(shared, f"DROP DATABASE {name} WITH (FORCE)")


def _say(database, sentence):
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(sentence)
