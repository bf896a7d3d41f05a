"""Opening hours, and the days unlike the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.catalogue import checking, events
from parvis.catalogue.editing.drafts import CalendarDraft, ExceptionalDayDraft
from parvis.catalogue.editing.writing import apply, locked, refuse
from parvis.catalogue.models import Calendar, ExceptionalDay
from parvis.ledger.record import record
from parvis.people.models import Team


def save_calendar(draft: CalendarDraft, calendar_id: int | None = None) -> Calendar:
    """One calendar is the city's own: making another so takes it over. Due dates given before stay. Raises BadEntry."""
    with transaction.atomic():
        calendar = Calendar() if calendar_id is None else locked(Calendar, calendar_id)
        was_default = calendar.is_default
        values = {"hours": _plain(draft.hours or {}), "municipal_days": list(draft.municipal_days)}
        changed = apply(calendar, draft, values, leave=("team_ids",))
        refuse(checking.calendar_faults(calendar) | _calendar_conflicts(calendar, was_default))
        if calendar.is_default:
            Calendar.objects.filter(is_default=True).exclude(pk=calendar.pk).update(is_default=False)
        calendar.save()
        if set(draft.team_ids) != set(calendar.teams.values_list("pk", flat=True)):
            calendar.teams.set(Team.objects.filter(pk__in=draft.team_ids))
            changed.append("teams")
        if changed:
            record(events.CalendarSaved(calendar.code, calendar_id is None, tuple(changed)), subject=calendar)
        return calendar


def _calendar_conflicts(calendar: Calendar, was_default: bool) -> dict[str, str]:
    faults = {}
    if Calendar.objects.filter(code=calendar.code).exclude(pk=calendar.pk).exists():
        faults["code"] = _("Un autre calendrier porte ce code. Choisissez-en un autre.")
    if was_default and not calendar.is_default:
        faults["is_default"] = _("La Ville garde un calendrier : désignez-en plutôt un autre.")
    return faults


def save_exceptional_day(calendar_id: int, draft: ExceptionalDayDraft) -> ExceptionalDay:
    """Open or close a calendar on one day, with the reason that people read; replaces that day's. Raises BadEntry."""
    with transaction.atomic():
        calendar = locked(Calendar, calendar_id)
        day = calendar.exceptional_days.filter(day=draft.day).first()
        is_new = day is None
        day = day or ExceptionalDay(calendar=calendar)
        changed = apply(day, draft, {"hours": [list(interval) for interval in draft.hours]})
        refuse(checking.exceptional_day_faults(day))
        if changed or is_new:
            day.save()
            record(events.ExceptionalDaySaved(day.day.isoformat(), bool(day.hours)), subject=calendar)
        return day


def remove_exceptional_day(day_id: int) -> None:
    with transaction.atomic():
        day = locked(ExceptionalDay, day_id)
        calendar = locked(Calendar, day.calendar_id)
        record(events.ExceptionalDayRemoved(day.day.isoformat()), subject=calendar)
        day.delete()


def _plain(hours: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, list[list[str]]]:
    """As JSON gives it back, without the days that are closed."""
    return {day: [list(interval) for interval in intervals] for day, intervals in hours.items() if intervals}
