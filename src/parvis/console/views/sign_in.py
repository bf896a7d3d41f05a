"""The staff's entrance: by password or by a one-time link, and the way out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from parvis.console.forms.admin.sign_in import PasswordForm, SignInForm
from parvis.people import accounts
from parvis.people.errors import SignInLocked, SignInRefused
from parvis.people.models import Agent
from parvis.shared import audience, pace

BACKEND = "django.contrib.auth.backends.ModelBackend"
CAME_BY_LINK = "came_by_link"  # in the session: whoever came by a link chooses a password without the old one


@audience.public
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(_destination(request))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _sign_in_page(request, form, 400 if form.is_bound else 200)
    try:
        agent = accounts.sign_in(**form.cleaned_data, address=pace.address_of(request.META))
    except SignInRefused as refused:
        form.add_error(None, refused.sentence)
        return _sign_in_page(request, form, 429 if isinstance(refused, SignInLocked) else 400)
    login(request, agent, backend=BACKEND)
    return HttpResponseRedirect(_destination(request))


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    context = {"form": form, "next": _next(request)}
    return render(request, "console/admin/sign_in.html", context, status=status)


@audience.public
@never_cache
def one_time(request: HttpRequest, token: str) -> HttpResponse:
    """A link that signs in once. Opening it shows a button, since mail scanners open links too; pressing it counts."""
    if request.method != "POST":
        return render(request, "console/admin/one_time.html")
    agent = accounts.redeem(token)
    if agent is None:
        return render(request, "console/admin/one_time.html", {"is_spent": True}, status=400)
    login(request, agent, backend=BACKEND)
    request.session[CAME_BY_LINK] = True
    return redirect("console:home" if agent.has_usable_password() else "console:password")


@audience.public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("console:sign_in")


@audience.agent("console.open")
@sensitive_post_parameters("current", "new", "again")
@never_cache
def password(request: HttpRequest) -> HttpResponse:
    agent = request.user
    assert isinstance(agent, Agent)
    by_link = bool(request.session.get(CAME_BY_LINK))
    form = PasswordForm(request.POST or None, agent=agent, ask_current=not by_link)
    changed = form.save() if form.is_valid() else None
    if changed is None:
        return render(request, "console/admin/password.html", {"form": form}, status=400 if form.is_bound else 200)
    update_session_auth_hash(request, changed)
    request.session.pop(CAME_BY_LINK, None)
    messages.success(request, _("Votre mot de passe est changé. Vos autres sessions sont fermées."))
    return redirect("console:home")


def _next(request: HttpRequest) -> str:
    """The page that somebody wanted before signing in, if it is one of ours; else ''."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else ""


def _destination(request: HttpRequest) -> str:
    return _next(request) or reverse("console:home")
