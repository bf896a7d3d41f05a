"""Calendars and crews to start from: office hours for the city, day and night for the urgent network crews."""

from __future__ import annotations

from django.db import transaction

from parvis.catalogue import editing
from parvis.catalogue.closures import MUNICIPAL_DAYS
from parvis.catalogue.editing import CalendarDraft, RuleDraft
from parvis.catalogue.hours import OFFICE_HOURS, ROUND_THE_CLOCK
from parvis.catalogue.models import Calendar, RoutingRule, Service
from parvis.people import organising
from parvis.people.models import Department, Team


def load() -> None:
    """Make what is missing of the two calendars, and an urgent crew with its rules in each department that answers the
    urgent network line (311, option 1) within hours. What exists already is left as it is.
    """
    with transaction.atomic():
        if not Calendar.objects.filter(is_default=True).exists():
            editing.save_calendar(
                CalendarDraft(
                    "bureau", "Heures du 311", "311 hours", OFFICE_HOURS, True, tuple(MUNICIPAL_DAYS), is_default=True
                )
            )
        crews = [_crew(department) for department in _urgent_departments()]
        if crews and not Calendar.objects.filter(code="jour-et-nuit").exists():
            editing.save_calendar(
                CalendarDraft(
                    "jour-et-nuit", "Jour et nuit", "Day and night", ROUND_THE_CLOCK, observes_holidays=False,
                    team_ids=tuple(crew.pk for crew in crews),
                )
            )  # fmt: skip


def _urgent_services() -> list[Service]:
    wanted = Service.objects.filter(urgent_line=True, target_unit=Service.Unit.BUSINESS_HOURS, is_active=True)
    return list(wanted.select_related("department").order_by("code"))


def _urgent_departments() -> list[Department]:
    return list({service.department_id: service.department for service in _urgent_services()}.values())


def _crew(department: Department) -> Team:
    """The department's urgent crew: makes it and its rules the first time."""
    code = f"{department.code}-URG"
    known = Team.objects.filter(code=code).first()
    if known is not None:
        return known
    crew = organising.save_team(
        code,
        name_fr=f"Urgences – {department.name_fr}"[:120],
        name_en=f"Emergencies – {department.name_en or department.name_fr}"[:120],
        department=department,
    )
    for service in _urgent_services():
        if service.department_id == department.pk and not RoutingRule.objects.filter(service=service).exists():
            editing.save_rule(RuleDraft(team_id=crew.pk, service_id=service.pk, position=10))
    return crew
