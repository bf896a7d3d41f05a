"""The reference pages tell the code as it is."""

import pytest

from parvis.catalogue import reading
from parvis.config import reference
from parvis.config.environment import SETTINGS
from parvis.ledger.events import REGISTRY


@pytest.mark.parametrize("name", sorted(reference.pages()))
def test_a_page_is_what_the_code_says(name: str) -> None:
    written = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert written == reference.pages()[name], "run `make docs`"


def test_every_setting_and_event_has_its_line() -> None:
    pages = reference.pages()
    assert [s.key for s in SETTINGS if f"`{s.key}`" not in pages["settings.md"]] == []
    assert [
        kind
        for kind, event in REGISTRY.items()
        if event.__module__.startswith("parvis.") and f"`{kind}`" not in pages["events.md"]
    ] == []


def test_every_column_of_a_catalogue_file_is_told() -> None:
    page = (reference.FOLDER / "catalogue-file.md").read_text(encoding="utf-8")
    assert [column for column in sorted(reading.COLUMNS) if f"`{column}`" not in page] == []
