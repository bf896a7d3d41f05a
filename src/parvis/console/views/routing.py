"""Which team takes what, where: the routing table, one rule a line."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.catalogue import editing
from parvis.catalogue.models import RoutingRule
from parvis.catalogue.routing import subject_words
from parvis.console.forms.admin.routing import RuleForm
from parvis.console.views import lists
from parvis.console.views.saving import attempt, tell
from parvis.shared import audience

EDIT = "catalogue.edit"


@audience.agent(EDIT)
def routing(request: HttpRequest) -> HttpResponse:
    rules = RoutingRule.objects.select_related("service", "category", "team").prefetch_related("zone")
    page = lists.by("position", rules.defer("zone__geometry"), request)
    rows = [(rule, subject_words(rule)) for rule in page.rows]
    return render(request, "console/admin/routing.html", {"page": page, "rows": rows, "section": "routing"})


@audience.agent(EDIT)
def new_rule(request: HttpRequest) -> HttpResponse:
    return _edit(request, RuleForm(request.POST or None), None)


@audience.agent(EDIT)
def rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    row = get_object_or_404(RoutingRule, pk=rule_id)
    return _edit(request, RuleForm(request.POST or None, rule=row), row)


def _edit(request: HttpRequest, form: RuleForm, row: RoutingRule | None) -> HttpResponse:
    if attempt(form, form.save) is not None:
        messages.success(request, _("La règle est enregistrée. Elle vaut pour les prochaines demandes."))
        return redirect("console:routing")
    context = {"form": form, "rule": row, "section": "routing"}
    return render(request, "console/admin/rule.html", context, status=400 if form.is_bound else 200)


@audience.agent(EDIT)
@require_POST
def remove(request: HttpRequest, rule_id: int) -> HttpResponse:
    done = _("La règle est retirée. Les dossiers gardent leur équipe.")
    tell(request, lambda: editing.remove_rule(rule_id), done)
    return redirect("console:routing")
