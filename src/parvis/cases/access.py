"""Who may see and touch which case: fetch, permission and lock in one call. Faces read through here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from parvis.cases.errors import NotFoundOrNotYours
from parvis.cases.models import Case, Photo, Report
from parvis.people.models import Agent
from parvis.people.permissions import Role
from parvis.shared import tracking


def cases_for(agent: Agent) -> QuerySet[Case]:
    """Every case that this person may read: all, those of their department and teams, or none."""
    if agent.may("case.read"):
        return Case.objects.all()
    if not agent.may("case.read_own"):
        return Case.objects.none()
    theirs = Q(team__in=agent.teams.all()) | Q(assignee=agent)
    if agent.role != Role.CREW and agent.department_id:
        theirs |= Q(department=agent.department_id)
    return Case.objects.filter(theirs)


def case_for(agent: Agent, case_id: int, permission: str | None = None, *, lock: bool = False) -> Case:
    """One case, with its row locked when asked (inside a transaction).

    `permission` None means reading. Raises NotFoundOrNotYours, whether it's missing, elsewhere, or not permitted.
    """
    if permission is not None and not agent.may(permission):
        raise NotFoundOrNotYours
    cases = cases_for(agent).filter(pk=case_id)
    if lock:  # the case alone: a joined row could be of before the wait for the lock
        cases = cases.select_for_update()
    else:
        cases = cases.select_related("service", "place", "team", "department", "assignee")
    case = next(iter(cases), None)
    if case is None:
        raise NotFoundOrNotYours
    return case


def report_by_number(typed: str) -> Report | None:
    """The report of a tracking number as typed or said, or None. Says nothing about who may read it whole."""
    number = tracking.read(typed)
    if number is None:
        return None
    return (
        Report.objects.select_related("case__service", "case__place", "case__team", "service", "place")
        .filter(number=number)
        .first()
    )


def report_by_secret(typed: str, secret: str) -> Report:
    """The report that a secret link opens. Raises NotFoundOrNotYours."""
    from secrets import compare_digest

    report = report_by_number(typed)
    if report is None or not compare_digest(report.secret.encode(), secret.encode()):
        raise NotFoundOrNotYours
    return report


def photo_for(photo_id: str, *, agent: Agent | None = None, report: Report | None = None) -> Photo:
    """A picture: public ones for anyone, a report's own for its secret link, the rest for staff who read the case.

    Raises NotFoundOrNotYours.
    """
    photo = Photo.objects.filter(pk=photo_id).select_related("case").first()
    if photo is None or photo.case_id is None:
        raise NotFoundOrNotYours
    if photo.is_public or (report is not None and photo.report_id == report.pk):
        return photo
    if agent is not None and cases_for(agent).filter(pk=photo.case_id).exists():
        return photo
    raise NotFoundOrNotYours
