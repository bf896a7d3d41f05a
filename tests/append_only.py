"""Lifts the database's refusal to change the ledger: to tamper with it, and to empty it between tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection

_MIGRATION = import_module("parvis.ledger.migrations.0002_append_only")


@contextmanager
def lifted() -> Iterator[None]:
    _run(_MIGRATION.LIFT)
    try:
        yield
    finally:
        _run(_MIGRATION.LAY)


def _run(statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
