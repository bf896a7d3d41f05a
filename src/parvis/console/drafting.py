"""Which fields of the case page are worth keeping before they are sent, and when to forget them."""

from __future__ import annotations

from collections.abc import Mapping

from parvis.cases import drafts
from parvis.console.forms.case import DRAFTED
from parvis.people.models import Agent


def typed(fields: Mapping[str, str]) -> dict[str, str]:
    """Those of these fields that a person types or picks, named as in the page: 'closed-sentence', 'reply-body'."""
    return {name: value for name, value in fields.items() if name.partition("-")[2] in DRAFTED and value.strip()}


def forget(agent: Agent, case_id: int, prefix: str) -> None:
    """One form was sent: keep what is typed in the others."""
    kept = drafts.load(agent, case_id)
    rest = {name: value for name, value in kept.items() if not name.startswith(f"{prefix}-")}
    if rest:
        drafts.save(agent, case_id, rest)
    elif kept:
        drafts.drop(agent, case_id)
