"""Who may open a door. Every view declares one audience; a test walks the URLs and refuses a view without.

@audience.public                      anyone
@audience.person                      a resident who holds the secret link of a report
@audience.agent("case.assign")        a signed-in member of staff whose role holds the permission
@audience.machine                     a program, with or without a key
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def _declare(view: View, audience: str) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    return _declare(view, "public")


def person(view: View) -> View:
    return _declare(view, "person")


def machine(view: View) -> View:
    return _declare(view, "machine")


def agent(permission: str) -> Callable[[View], View]:
    """Let in signed-in staff who hold `permission`; send others to sign in, or answer 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not request.user.may(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        return _declare(guarded, f"agent({permission})")  # type: ignore[return-value]

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request"):  # a fragment can't hold the sign-in page: move the whole window
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("console:sign_in")})
    return redirect_to_login(request.get_full_path(), reverse("console:sign_in"))
