"""One gesture on many cases: choose, see what would change, do it, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from parvis.cases import bulk
from parvis.cases.models import Case
from parvis.console.forms.bulk import BulkAssignForm, SelectionForm
from parvis.console.staff import StaffRequest
from parvis.shared import audience

LAST = "console_last_bulk"  # in the session: what the last bulk gesture did, to take it back


@audience.agent("case.bulk")
@require_POST
def preview(request: StaffRequest) -> HttpResponse:
    """How many, which ones, and what would change. Nothing changes yet."""
    selection = SelectionForm(request.POST)
    if not selection.is_valid():
        messages.error(request, str(selection.errors["case"][0]))
        return redirect("console:home")
    form = BulkAssignForm(request.POST if "to" in request.POST else None, initial=selection.cleaned_data)
    return _show(request, form, selection.cleaned_data["case"])


def _show(request: StaffRequest, form: BulkAssignForm, ids: list[int], status: int = 200) -> HttpResponse:
    rows = bulk.preview(ids, agent=request.user)
    context: dict[str, Any] = {"form": form, "rows": rows, "ids": ids, "missing": len(set(ids)) - len(rows)}
    if form.is_bound and form.is_valid():
        target = form.hands()
        context |= {"target": form.target_name(), "is_ready": True}
        context |= {"unchanged": sum(1 for case in rows if (case.team_id, case.assignee_id) == target)}
    return render(request, "console/bulk.html", context, status=status)


@audience.agent("case.bulk")
@require_POST
def assign(request: StaffRequest) -> HttpResponse:
    form = BulkAssignForm(request.POST)
    if not form.is_valid():
        return _show(request, form, form.cleaned_data.get("case", []), status=400)
    team_id, assignee_id = form.hands()
    before = {
        case.pk for case in bulk.preview(form.cleaned_data["case"], agent=request.user)
        if (case.team_id, case.assignee_id) == (team_id, assignee_id)
    }  # fmt: skip
    result = bulk.assign(form.cleaned_data["case"], agent=request.user, team_id=team_id, assignee_id=assignee_id)
    done = [one for one in result.done if one.case_id not in before]
    request.session[LAST] = {
        "to": [team_id, assignee_id],
        "done": [[one.case_id, one.team_id, one.assignee_id] for one in done],
        "refused": {str(pk): sentence for pk, sentence in result.refused.items()},
    }
    return redirect("console:bulk_done")


@audience.agent("case.bulk")
@require_safe
def done(request: StaffRequest) -> HttpResponse:
    """What the last bulk gesture did, with the way back."""
    last = request.session.get(LAST)
    if not last:
        return redirect("console:home")
    rows = bulk.preview([pk for pk, _team, _agent in last["done"]], agent=request.user)
    return render(
        request, "console/bulk_done.html", {"rows": rows, "count": len(last["done"]), "refused": last["refused"]}
    )


@audience.agent("case.bulk")
@require_POST
def undo(request: StaffRequest) -> HttpResponse:
    """Give back every case that nobody has touched since."""
    last = request.session.pop(LAST, None)
    if not last:
        messages.info(request, _("Il n’y a rien à annuler."))
        return redirect("console:home")
    assignments = [bulk.Assignment(*each) for each in last["done"]]
    untouched = _untouched([one.case_id for one in assignments], tuple(last["to"]), request)
    result = bulk.undo([one for one in assignments if one.case_id in untouched], agent=request.user)
    _tell(request, len(result.done), len(assignments) - len(result.done))
    return redirect("console:home")


def _untouched(ids: list[int], to: tuple[int, int | None], request: StaffRequest) -> set[int]:
    """Those that are still where the gesture put them: a colleague's later change isn't undone."""
    rows: list[Case] = bulk.preview(ids, agent=request.user)
    return {case.pk for case in rows if (case.team_id, case.assignee_id) == to}


def _tell(request: StaffRequest, back: int, left: int) -> None:
    words = ngettext("%(n)d dossier est revenu où il était.", "%(n)d dossiers sont revenus où ils étaient.", back)
    sentence = words % {"n": back}
    if left:
        more = ngettext(
            "%(n)d a changé depuis et reste tel quel.", "%(n)d ont changé depuis et restent tels quels.", left
        )
        sentence = f"{sentence} {more % {'n': left}}"
    messages.success(request, sentence)
