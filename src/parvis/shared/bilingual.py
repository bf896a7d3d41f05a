"""Text that exists in French (always) and English (where given)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language


def in_language(row: Any, field: str, language: str | None = None) -> str:
    """`row.<field>_en` when English is asked for and given, else `row.<field>_fr`. `language` None means the page's."""
    language = language or get_language() or "fr"
    english = str(getattr(row, f"{field}_en")) if language.startswith("en") else ""
    return english or str(getattr(row, f"{field}_fr"))
