"""Who works here, and what each role may do."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from parvis.console.forms.admin.accounts import AgentFilters, AgentForm
from parvis.console.views import lists
from parvis.people import accounts
from parvis.people.errors import AccountError, BadContact
from parvis.people.models import Agent
from parvis.people.permissions import GRANTS, PERMISSIONS, Role
from parvis.shared import audience

EDIT = "people.edit"


@audience.agent(EDIT)
def list_accounts(request: HttpRequest) -> HttpResponse:
    filters = AgentFilters(request.GET)
    agents = _matching(filters).select_related("department").prefetch_related("teams")
    page = lists.by("name", agents, request)
    context = {"filters": filters, "page": page, "section": "accounts"}
    return render(request, "console/admin/accounts.html", context, status=200 if filters.is_valid() else 400)


def _matching(filters: AgentFilters) -> QuerySet[Agent]:
    if not filters.is_valid():
        return Agent.objects.none()
    wanted = filters.cleaned_data
    agents = Agent.objects.filter(is_active=not wanted["closed"])
    if wanted["q"]:
        agents = agents.filter(Q(name__icontains=wanted["q"]) | Q(username__icontains=wanted["q"].lower()))
    if wanted["role"]:
        agents = agents.filter(role=wanted["role"])
    return agents.filter(teams=wanted["team"]) if wanted["team"] else agents


@audience.agent(EDIT)
def new_account(request: HttpRequest) -> HttpResponse:
    form = AgentForm(request.POST or None)
    agent = _saved(form)
    if agent is not None:
        return _link_page(request, agent, is_new=True)
    return render(
        request,
        "console/admin/account.html",
        {"form": form, "section": "accounts"},
        status=400 if form.is_bound else 200,
    )


@audience.agent(EDIT)
def account(request: HttpRequest, agent_id: int) -> HttpResponse:
    agent = get_object_or_404(Agent.objects.prefetch_related("teams"), pk=agent_id)
    form = AgentForm(request.POST or None, agent=agent)
    if _saved(form) is not None:
        messages.success(request, _("Le compte est à jour."))
        return redirect("console:account", agent_id)
    context = {"form": form, "account": agent, "section": "accounts"}
    return render(request, "console/admin/account.html", context, status=400 if form.is_bound else 200)


def _saved(form: AgentForm) -> Agent | None:
    """The account as kept, or None with the sentences in the form."""
    if not form.is_valid():
        return None
    try:
        return form.save()
    except (AccountError, BadContact) as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, wrong.sentence)
        return None


@audience.agent(EDIT)
@require_POST
def close_account(request: HttpRequest, agent_id: int) -> HttpResponse:
    agent = get_object_or_404(Agent, pk=agent_id)
    try:
        accounts.close_account(agent)
    except AccountError as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Le compte est fermé : cette personne n’entre plus."))
    return redirect("console:account", agent_id)


@audience.agent(EDIT)
@require_POST
def reopen_account(request: HttpRequest, agent_id: int) -> HttpResponse:
    accounts.reopen(get_object_or_404(Agent, pk=agent_id))
    messages.success(request, _("Le compte est rouvert, avec son rôle et ses équipes."))
    return redirect("console:account", agent_id)


@audience.agent(EDIT)
@require_POST
@never_cache
def make_link(request: HttpRequest, agent_id: int) -> HttpResponse:
    return _link_page(request, get_object_or_404(Agent, pk=agent_id, is_active=True))


def _link_page(request: HttpRequest, agent: Agent, *, is_new: bool = False) -> HttpResponse:
    """Show a one-time link, once: it isn't kept anywhere."""
    token = accounts.one_time_sign_in(agent)
    link = request.build_absolute_uri(reverse("console:one_time", args=[token]))
    context = {"account": agent, "link": link, "is_new": is_new, "section": "accounts"}
    return render(request, "console/admin/account_link.html", context)


@audience.agent(EDIT)
def permissions(request: HttpRequest) -> HttpResponse:
    rows = [(sentence, [code in GRANTS[role] for role in Role]) for code, sentence in PERMISSIONS.items()]
    context = {"roles": [Role(role).label for role in Role], "rows": rows, "section": "permissions"}
    return render(request, "console/admin/permissions.html", context)
