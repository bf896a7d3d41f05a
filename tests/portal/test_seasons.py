"""The months of a service, in words."""

import pytest
from django.utils.translation import override

from parvis.portal import seasons


@pytest.mark.parametrize(
    ("months", "french"),
    [
        ([11, 12, 1, 2, 3, 4], "de novembre à avril"),
        ([5, 6], "de mai à juin"),
        ([7], "en juillet"),
        ([10, 11], "d’octobre à novembre"),
        ([1, 2, 7], "de janvier à février, en juillet"),
        (range(1, 13), "toute l’année"),
        ([], ""),
    ],
)
def test_months_are_said_as_a_run(months, french):
    assert seasons.spoken(months) == french


def test_in_english_too():
    with override("en"):
        assert seasons.spoken([11, 12, 1]) == "from November to January"
