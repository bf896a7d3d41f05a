"""Two cases for one thing, and one report that belongs elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from parvis.cases import access, joining
from parvis.cases.errors import CannotJoin
from parvis.cases.models import Merge
from parvis.console import drafting
from parvis.console.forms.case import MergeForm
from parvis.console.staff import StaffRequest
from parvis.console.views import case as case_page
from parvis.shared import audience


@audience.agent("case.merge")
@require_POST
def merge(request: StaffRequest, case_id: int) -> HttpResponse:
    """Move this case's reports into another, named by its number or picked among those nearby."""
    case = access.case_for(request.user, case_id)
    form = MergeForm(case, request.POST)
    into_id = form.into_id(request.user) if form.is_valid() else None
    if form.is_valid() and into_id is None:
        form.add_error("into", _("Aucun de vos dossiers ne porte ce numéro. Vérifiez-le."))
    if into_id is None:
        return case_page.show(request, case, bound=form, status=400)
    try:
        made = joining.merge(case_id, into_id, agent=request.user)
    except CannotJoin as error:
        form.add_error("into", error.sentence)
        return case_page.show(request, case, bound=form, status=409)
    drafting.forget(request.user, case_id, MergeForm.name)
    messages.success(request, _merged(made))
    return redirect("console:case", into_id)


def _merged(made: Merge) -> str:
    moved = len(made.report_ids)
    words = ngettext(
        "%(n)d demande du dossier %(case)d est maintenant ici.",
        "%(n)d demandes du dossier %(case)d sont maintenant ici.",
        moved,
    )
    return words % {"n": moved, "case": made.emptied_id}


@audience.agent("case.merge")
@require_POST
def unmerge(request: StaffRequest, merge_id: int) -> HttpResponse:
    made = joining.undo(merge_id, agent=request.user)
    messages.success(request, _("La jonction est annulée : chaque demande est de nouveau dans son dossier."))
    return redirect("console:case", made.emptied_id)


@audience.agent("case.merge")
@require_POST
def separate(request: StaffRequest, report_id: int) -> HttpResponse:
    case = joining.separate(report_id, agent=request.user)
    messages.success(request, _("La demande a maintenant son propre dossier."))
    return redirect("console:case", case.pk)
