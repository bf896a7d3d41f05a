"""Who takes a case, and by when: opening, assigning, correcting the service or the place."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.cases import access, clockwork, events, index
from parvis.cases.errors import MissingDetail
from parvis.cases.models import Case
from parvis.cases.states import State
from parvis.cases.workflow import check_version, touch
from parvis.catalogue import routing
from parvis.catalogue.models import Service
from parvis.ledger.record import record
from parvis.people.models import Agent, Team
from parvis.places import cells, keeping
from parvis.places.geocoding import Location
from parvis.places.models import Place
from parvis.shared import clock


def open_case(service: Service, place: Place | None, *, by_screen: bool = False) -> Case:
    """A new case for one report, in the queue that routing names, with its promise. Call inside a transaction.

    `by_screen`: the person answered yes to the emergency question; the alarm stays until somebody clears it.
    """
    now = clock.now()
    alarm = by_screen or service.emergency == "always"
    case = Case(
        service=service, place=place, priority=service.priority, opened_at=now, updated_at=now, is_emergency=alarm,
        reports_count=1,
    )  # fmt: skip
    route(case)
    case.due_at = clockwork.due_at(case, now)
    locate(case)
    case.save()
    due = case.due_at.isoformat() if case.due_at else ""
    record(events.CaseOpened(service.code, case.team.code if case.team else "", due), subject=case)
    if alarm:
        record(events.EmergencyRaised("screen_question" if by_screen else "service"), subject=case)
    return case


def route(case: Case) -> None:
    """Set the team and department by the routing rules; the service's own department when no rule answers."""
    zones = [z for z in (case.place.neighbourhood_id, case.place.borough_id) if z] if case.place else []
    found = routing.team_for(case.service, zones)
    case.team = found.team if found else None
    case.department_id = case.team.department_id if case.team else case.service.department_id


def locate(case: Case) -> None:
    """Where the case is for look-ups (cell), and where strangers may see it (public position, map key)."""
    case.cell = case.morton = case.public_lon = case.public_lat = None
    place = case.place
    if place is None or place.lon is None or place.lat is None:
        return
    case.cell = cells.cell(place.lon, place.lat)
    shown = _public_position(case.service, place)
    if shown is not None:
        case.public_lon, case.public_lat = shown
        case.morton = cells.morton(*shown)


def _public_position(service: Service, place: Place) -> tuple[float, float] | None:
    if service.visibility == Service.Visibility.EXACT and place.lon is not None and place.lat is not None:
        return place.lon, place.lat
    if service.visibility == Service.Visibility.SEGMENT and place.segment is not None:
        return place.segment.mid_lon, place.segment.mid_lat
    return None


def assign(
    case_id: int,
    *,
    agent: Agent,
    team_id: int | None = None,
    assignee_id: int | None = None,
    version: int | None = None,
) -> Case:
    """Hand a case to a team, and within it to somebody (None: to nobody in particular).

    Changing the team keeps the number, the followers and the promise. Raises NotFoundOrNotYours, MissingDetail,
    StaleVersion.
    """
    with transaction.atomic():
        case = access.case_for(agent, case_id, "case.accept", lock=True)
        check_version(case, version)
        team = _active_team(team_id) if team_id is not None else case.team
        assignee = _member(assignee_id, team)
        if (team, assignee) == (case.team, case.assignee):
            return case
        case.team, case.assignee = team, assignee
        case.department = team.department if team else case.department
        touch(case)
        record(events.CaseAssigned(team.code if team else "", assignee.pk if assignee else None), subject=case)
        return case


def unassign(case_id: int, *, agent: Agent) -> Case:
    """Hand a case back to nobody: the queue of what is to be dispatched."""
    with transaction.atomic():
        case = access.case_for(agent, case_id, "case.accept", lock=True)
        if case.team is not None or case.assignee is not None:
            case.team = case.assignee = None
            touch(case)
            record(events.CaseAssigned("", None), subject=case)
        return case


def _active_team(team_id: int) -> Team:
    team = Team.objects.filter(pk=team_id, is_active=True).select_related("department").first()
    if team is None:
        raise MissingDetail("team", _("Cette équipe n’existe plus. Choisissez-en une autre."))
    return team


def _member(assignee_id: int | None, team: Team | None) -> Agent | None:
    if assignee_id is None:
        return None
    member = Agent.objects.filter(pk=assignee_id, is_active=True).first()
    if member is None or (team is not None and not member.teams.filter(pk=team.pk).exists()):
        raise MissingDetail("assignee", _("Cette personne ne fait pas partie de l’équipe. Choisissez-en une autre."))
    return member


def change_service(case_id: int, service_id: int, *, agent: Agent, version: int | None = None) -> Case:
    """Correct what the case is about. It is routed anew and promised anew, from the day it was opened."""
    with transaction.atomic():
        case = access.case_for(agent, case_id, "case.accept", lock=True)
        check_version(case, version)
        service = Service.objects.filter(pk=service_id, is_active=True).select_related("department").first()
        if service is None:
            raise MissingDetail("service", _("Ce service n’est plus offert. Choisissez-en un autre."))
        previous, was_due_at = case.service, case.due_at
        if service == previous:
            return case
        case.service, case.priority, case.assignee = service, service.priority, None
        route(case)
        locate(case)
        case.due_at = clockwork.due_at(case, case.opened_at) if case.state != State.CLOSED else case.due_at
        touch(case)
        record(events.CaseServiceChanged(service.code, previous.code), subject=case)
        clockwork.tell_if_changed(case, was_due_at, why="service")
        index.refresh(case)
        return case


def change_place(case_id: int, location: Location, *, agent: Agent, version: int | None = None) -> Case:
    """Correct where it is. What each person said stays on their report; the case is routed anew."""
    with transaction.atomic():
        case = access.case_for(agent, case_id, "case.accept", lock=True)
        check_version(case, version)
        previous = case.place_id
        case.place = keeping.keep(location)
        if case.state == State.RECEIVED:
            route(case)
        locate(case)
        touch(case)
        record(events.CasePlaceChanged(case.place.pk, previous), subject=case)
        index.refresh(case)
        return case


def clear_emergency(case_id: int, *, agent: Agent) -> Case:
    """A person has looked and says that nobody is in danger. Only then does the alarm go."""
    with transaction.atomic():
        case = access.case_for(agent, case_id, "case.clear_emergency", lock=True)
        if case.is_emergency:
            case.is_emergency = False
            touch(case)
            record(events.EmergencyCleared(), subject=case)
        return case
