"""What every test of the house needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from tests.append_only import lifted


@pytest.fixture(scope="session", autouse=True)
def ledger_emptied_between_tests() -> Iterator[None]:
    """A test that commits is undone by emptying every table, which the ledger's triggers would refuse."""
    empty = TransactionTestCase._fixture_teardown

    def empty_the_ledger_too(self: TransactionTestCase) -> None:
        with lifted():
            empty(self)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", empty_the_ledger_too)
    yield
    patch.undo()
