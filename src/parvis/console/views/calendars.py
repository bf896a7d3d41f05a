"""When the city and its teams work, and the days unlike the others."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.catalogue import editing
from parvis.catalogue.models import Calendar, ExceptionalDay
from parvis.console.forms.admin.calendars import WEEK, CalendarForm, ExceptionalDayForm, spoken_hours
from parvis.console.views.saving import attempt, tell
from parvis.people.models import Team
from parvis.shared import audience, clock

EDIT = "catalogue.edit"
DAYS_SHOWN = 100
PAST_DAYS_SHOWN = timedelta(days=31)


@audience.agent(EDIT)
def calendars(request: HttpRequest) -> HttpResponse:
    teams = Prefetch("teams", queryset=Team.objects.order_by("name_fr"))
    rows = Calendar.objects.prefetch_related(teams).order_by("-is_default", "name_fr")
    context = {"calendars": [(row, _week(row)) for row in rows], "section": "calendars"}
    return render(request, "console/admin/calendars.html", context)


def _week(calendar: Calendar) -> list[tuple[str, str]]:
    return [(str(name), spoken_hours(calendar.hours.get(str(day), []))) for day, name in enumerate(WEEK)]


@audience.agent(EDIT)
def new_calendar(request: HttpRequest) -> HttpResponse:
    form = CalendarForm(request.POST or None)
    row = attempt(form, form.save)
    if row is not None:
        messages.success(request, _("Le calendrier est enregistré."))
        return redirect("console:calendar", row.pk)
    context = {"form": form, "section": "calendars"}
    return render(request, "console/admin/calendar.html", context, status=400 if form.is_bound else 200)


@audience.agent(EDIT)
def calendar(request: HttpRequest, calendar_id: int) -> HttpResponse:
    row = get_object_or_404(Calendar.objects.prefetch_related("teams"), pk=calendar_id)
    form = CalendarForm(request.POST or None, calendar=row)
    if attempt(form, form.save) is not None:
        messages.success(request, _("Le calendrier est enregistré. Les échéances déjà données restent."))
        return redirect("console:calendar", calendar_id)
    return _page(request, row, form, ExceptionalDayForm(prefix="jour"))


@audience.agent(EDIT)
@require_POST
def save_day(request: HttpRequest, calendar_id: int) -> HttpResponse:
    row = get_object_or_404(Calendar.objects.prefetch_related("teams"), pk=calendar_id)
    form = ExceptionalDayForm(request.POST, prefix="jour")
    if attempt(form, lambda: form.save(row)) is not None:
        messages.success(request, _("Le jour particulier est enregistré."))
        return redirect("console:calendar", calendar_id)
    return _page(request, row, CalendarForm(calendar=row), form)


def _page(request: HttpRequest, row: Calendar, form: CalendarForm, day_form: ExceptionalDayForm) -> HttpResponse:
    days = row.exceptional_days.filter(day__gte=clock.today() - PAST_DAYS_SHOWN)[:DAYS_SHOWN]
    context = {
        "form": form,
        "day_form": day_form,
        "calendar": row,
        "days": [(day, spoken_hours(day.hours)) for day in days],
        "section": "calendars",
    }
    status = 400 if form.is_bound or day_form.is_bound else 200
    return render(request, "console/admin/calendar.html", context, status=status)


@audience.agent(EDIT)
@require_POST
def remove_day(request: HttpRequest, day_id: int) -> HttpResponse:
    row = get_object_or_404(ExceptionalDay, pk=day_id)
    tell(request, lambda: editing.remove_exceptional_day(day_id), _("Ce jour suit de nouveau la règle."))
    return redirect("console:calendar", row.calendar_id)
