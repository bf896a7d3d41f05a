"""What a person of the staff may look up, and where a number that they type leads."""

from __future__ import annotations

from parvis.cases import access
from parvis.people.models import Agent


def reads_cases(agent: Agent) -> bool:
    return agent.may("case.read") or agent.may("case.read_own")


def jump(agent: Agent, typed: str) -> int | None:
    """The case of a whole tracking number ('26-4718-3092') or of '#123', if this person may read it."""
    report = access.report_by_number(typed)
    pk = report.case_id if report is not None else _after_hash(typed)
    if pk is None:
        return None
    return access.cases_for(agent).filter(pk=pk).values_list("pk", flat=True).first()


def _after_hash(typed: str) -> int | None:
    digits = typed.strip().removeprefix("#")
    is_one = typed.strip().startswith("#") and digits.isascii() and digits.isdigit() and len(digits) < 19
    return int(digits) if is_one else None
