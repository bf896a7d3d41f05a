"""Moving a case along an arrow of the workflow table."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.cases import access, workflow
from parvis.cases.states import State
from parvis.console.forms.moves import MoveForm
from parvis.console.staff import StaffRequest
from parvis.console.views import case as case_page
from parvis.shared import audience


@audience.agent("console.open")
@require_POST
def move(request: StaffRequest, case_id: int, to: str) -> HttpResponse:
    """The table says who may take which arrow; this only reads the form."""
    case = access.case_for(request.user, case_id)
    if not any(request.user.may(arrow.permission) for arrow in workflow.ARROWS if arrow.to == to):
        raise PermissionDenied
    form = MoveForm(case, to, request.POST, request.FILES)

    def verb() -> None:
        workflow.move(case_id, to, agent=request.user, version=form.seen, details=form.details())

    return case_page.act(request, case, form, verb, _("Le dossier est maintenant : %s.") % State(to).label)
