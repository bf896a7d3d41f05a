"""French as it is set: a no-break space before : ; ! ? » and after «, and a true apostrophe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "parvis"
CATALOGUES = sorted(PACKAGE.rglob("locale/en/LC_MESSAGES/django.po"))
WRONG = re.compile(r"\S [:;!?»]|« |(?<=[a-zé])'(?=[a-zéêàhœ])", re.IGNORECASE)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(PACKAGE).parts[0])
def test_french_sentences_are_set_as_french_is(path):
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    texts = [text for m in messages for text in (m.id if isinstance(m.id, tuple) else (m.id,))]
    assert [text for text in texts if WRONG.search(text)] == []
