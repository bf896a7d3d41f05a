"""One gesture on many cases: what it would do first, then the doing, each case on its own, and its undoing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parvis.cases import access, dispatch
from parvis.cases.errors import CaseError
from parvis.cases.models import Case
from parvis.people.models import Agent

MAX_CASES = 200


@dataclass(frozen=True)
class Assignment:
    """One case before and after: also what undoing needs."""

    case_id: int
    team_id: int | None  # before
    assignee_id: int | None  # before


@dataclass(frozen=True)
class BulkResult:
    done: list[Assignment] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)  # case id → sentence


def preview(case_ids: Sequence[int], *, agent: Agent) -> list[Case]:
    """The cases that a bulk gesture would touch: those of `case_ids` that this person may read, at most 200."""
    cases = access.cases_for(agent).filter(pk__in=list(case_ids)[:MAX_CASES], merged_into=None)
    return list(cases.select_related("service", "place", "team", "assignee").order_by("pk"))


def assign(case_ids: Sequence[int], *, agent: Agent, team_id: int, assignee_id: int | None = None) -> BulkResult:
    """Hand many cases to one team. A case that refuses doesn't stop the others."""
    result = BulkResult()
    for case in preview(case_ids, agent=agent):
        before = Assignment(case.pk, case.team_id, case.assignee_id)
        try:
            dispatch.assign(case.pk, agent=agent, team_id=team_id, assignee_id=assignee_id)
        except CaseError as refusal:
            result.refused[case.pk] = refusal.sentence
        else:
            result.done.append(before)
    return result


def undo(assignments: Sequence[Assignment], *, agent: Agent) -> BulkResult:
    """Hand each case back to whom it was with."""
    result = BulkResult()
    for before in assignments[:MAX_CASES]:
        try:
            _give_back(before, agent)
        except CaseError as refusal:
            result.refused[before.case_id] = refusal.sentence
        else:
            result.done.append(before)
    return result


def _give_back(before: Assignment, agent: Agent) -> None:
    if before.team_id is None:
        dispatch.unassign(before.case_id, agent=agent)
    else:
        dispatch.assign(before.case_id, agent=agent, team_id=before.team_id, assignee_id=before.assignee_id)
