"""Departments and teams: the second line, as an administrator draws it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from parvis.ledger.record import record
from parvis.people import events
from parvis.people.models import Department, Team
from parvis.places.models import Zone


def save_department(code: str, *, name_fr: str, name_en: str = "") -> Department:
    """Make a department, or rename it. Found by its code; saving what it is already writes nothing."""
    with transaction.atomic():
        department = Department.objects.select_for_update().filter(code=code).first()
        is_new = department is None
        department = department or Department(code=code)
        if is_new or (department.name_fr, department.name_en) != (name_fr, name_en):
            department.name_fr, department.name_en = name_fr, name_en
            department.save()
            record(events.DepartmentSaved(code, is_new), subject=department)
        return department


def save_team(
    code: str,
    *,
    name_fr: str,
    department: Department,
    name_en: str = "",
    zones: Collection[Zone] | None = None,
    is_active: bool = True,
) -> Team:
    """Make a team or change it, found by its code. `zones` None leaves them; empty means the whole city.

    A team that is no longer active keeps its cases and takes no new one.
    """
    with transaction.atomic():
        team = Team.objects.select_for_update().filter(code=code).first()
        is_new = team is None
        team = team or Team(code=code)
        before = None if is_new else (team.name_fr, team.name_en, team.department_id, team.is_active)
        changed = before != (name_fr, name_en, department.pk, is_active)
        if changed:
            team.name_fr, team.name_en, team.department, team.is_active = name_fr, name_en, department, is_active
            team.save()
        if zones is not None and set(zones) != set(team.zones.all()):
            team.zones.set(zones)
            changed = True
        if changed:
            record(events.TeamSaved(code, is_new, is_active, team.zones.count()), subject=team)
        return team
