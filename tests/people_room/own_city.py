"""A database of its own for a test that starts other processes, on whichever engine the tests run."""

import os
import secrets
import subprocess
import sys
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


class _own_database:  # noqa: N801
    """On PostgreSQL, a database made for the test and dropped after it; SQLite's is a file in the data folder."""

    def __init__(self, env):
        self.env = env
        self.shared = env.get("DATABASE_URL", "") if env.get("DATABASE_URL", "").startswith("postgres") else ""
        self.name = f"own_{secrets.token_hex(4)}"

    def __enter__(self):
        if self.shared:
            self._say(f"CREATE DATABASE {self.name}")
            self.env["DATABASE_URL"] = urlsplit(self.shared)._replace(path=f"/{self.name}").geturl()

    def __exit__(self, *error):
        if self.shared:
            self._say(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _say(self, sentence):
        import psycopg

        with psycopg.connect(self.shared, autocommit=True) as connection:
            connection.execute(sentence)
