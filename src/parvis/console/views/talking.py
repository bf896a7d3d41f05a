"""Replies that people get, notes that only staff read."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.cases import access, talking
from parvis.console.forms.case import NoteForm, ReplyForm
from parvis.console.staff import StaffRequest
from parvis.console.views import case as case_page
from parvis.shared import audience


@audience.agent("case.reply")
@require_POST
def reply(request: StaffRequest, case_id: int) -> HttpResponse:
    case = access.case_for(request.user, case_id)
    form = ReplyForm(case, request.POST)

    def verb() -> None:
        talking.reply(case_id, form.cleaned_data["body"], agent=request.user)

    return case_page.act(request, case, form, verb, _("La réponse part aux personnes qui ont signalé ce dossier."))


@audience.agent("case.note")
@require_POST
def note(request: StaffRequest, case_id: int) -> HttpResponse:
    case = access.case_for(request.user, case_id)
    form = NoteForm(case, request.POST)

    def verb() -> None:
        talking.note(case_id, form.cleaned_data["body"], agent=request.user)

    return case_page.act(request, case, form, verb, _("La note est ajoutée."))
