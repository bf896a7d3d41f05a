"""Departments and teams, as an administrator draws them."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from parvis.console.forms.admin.organisation import DepartmentForm, TeamForm
from parvis.people.models import Department, Team
from parvis.shared import audience

EDIT = "people.edit"


@audience.agent(EDIT)
def organisation(request: HttpRequest) -> HttpResponse:
    people = Count("agents", filter=Q(agents__is_active=True))
    teams = Team.objects.annotate(people=people).order_by("-is_active", "name_fr")
    departments = Department.objects.prefetch_related(Prefetch("teams", queryset=teams))
    context = {"departments": departments, "section": "organisation"}
    return render(request, "console/admin/organisation.html", context)


@audience.agent(EDIT)
def new_department(request: HttpRequest) -> HttpResponse:
    return _edit(request, DepartmentForm(request.POST or None), _("Nouvelle direction"))


@audience.agent(EDIT)
def department(request: HttpRequest, department_id: int) -> HttpResponse:
    row = get_object_or_404(Department, pk=department_id)
    return _edit(request, DepartmentForm(request.POST or None, row=row), row.name_fr)


@audience.agent(EDIT)
def new_team(request: HttpRequest) -> HttpResponse:
    return _edit(request, TeamForm(request.POST or None), _("Nouvelle équipe"))


@audience.agent(EDIT)
def team(request: HttpRequest, team_id: int) -> HttpResponse:
    row = get_object_or_404(Team.objects.prefetch_related("zones"), pk=team_id)
    return _edit(request, TeamForm(request.POST or None, row=row), row.name_fr)


def _edit(request: HttpRequest, form: DepartmentForm | TeamForm, heading: str) -> HttpResponse:
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("« %(name)s » est enregistré.") % {"name": saved.name_fr})
        return redirect("console:organisation")
    context = {"form": form, "heading": heading, "section": "organisation", "back": "console:organisation"}
    return render(request, "console/admin/simple_form.html", context, status=400 if form.is_bound else 200)
