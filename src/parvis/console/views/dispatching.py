"""Handing a case to somebody, and correcting what and where it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.cases import access, dispatch, photos
from parvis.cases.models import Case
from parvis.console import addresses
from parvis.console.forms.case import AssignForm, PlaceForm, ServiceForm
from parvis.console.staff import StaffRequest
from parvis.console.views import case as case_page
from parvis.shared import audience


@audience.agent("case.accept")
@require_POST
def assign(request: StaffRequest, case_id: int) -> HttpResponse:
    case = access.case_for(request.user, case_id)
    form = AssignForm(case, request.POST)

    def verb() -> None:
        team_id, assignee_id = form.hands()
        dispatch.assign(case_id, agent=request.user, team_id=team_id, assignee_id=assignee_id, version=form.seen)

    return case_page.act(request, case, form, verb, _("Le dossier est confié."))


@audience.agent("case.accept")
@require_POST
def change_service(request: StaffRequest, case_id: int) -> HttpResponse:
    case = access.case_for(request.user, case_id)
    form = ServiceForm(case, request.POST)

    def verb() -> None:
        dispatch.change_service(case_id, form.cleaned_data["service"], agent=request.user, version=form.seen)

    return case_page.act(request, case, form, verb, _("Le service est corrigé ; le dossier est aiguillé de nouveau."))


@audience.agent("case.accept")
@require_POST
def change_place(request: StaffRequest, case_id: int) -> HttpResponse:
    case = access.case_for(request.user, case_id)
    form = PlaceForm(case, request.POST)
    if form.is_valid() and (location := addresses.locate(form)) is not None:

        def verb() -> None:
            dispatch.change_place(case_id, location, agent=request.user, version=form.seen)

        return case_page.act(request, case, form, verb, _("Le lieu est corrigé."))
    return case_page.show(request, case, bound=form, status=400)


@audience.agent("case.clear_emergency")
@require_POST
def clear_emergency(request: StaffRequest, case_id: int) -> HttpResponse:
    dispatch.clear_emergency(case_id, agent=request.user)
    messages.success(request, _("L’alerte d’urgence est levée."))
    return redirect("console:case", case_id)


@audience.agent("photo.publish")
@require_POST
def publish_photo(request: StaffRequest, case_id: int, photo_id: str) -> HttpResponse:
    """A person has looked at the picture: no face, no plate."""
    case: Case = access.case_for(request.user, case_id)
    photos.publish(photo_id, case)
    messages.success(request, _("La photo est publique."))
    return redirect("console:case", case_id)
