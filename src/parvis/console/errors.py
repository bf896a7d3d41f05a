"""Where the console answers what went wrong: one place maps the rooms' errors to pages that say what to do next.

PermissionDenied 403 · Http404, NotFoundOrNotYours 404 · MissingDetail, BadSubmission, BadPhoto 400
· IllegalMove, CannotJoin, StaleVersion 409
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from parvis.cases.errors import CannotJoin, CaseError, IllegalMove, NotFoundOrNotYours, StaleVersion
from parvis.console import drafting
from parvis.shared import audience

View = Callable[..., HttpResponseBase]
CONFLICTS = (IllegalMove, CannotJoin, StaleVersion)


def guarded(patterns: Iterable[URLPattern]) -> list[URLPattern]:
    """The same doors, with their errors answered in the console's own frame."""
    guarded = list(patterns)
    for pattern in guarded:
        pattern.callback = answering(pattern.callback)
    return guarded


def answering(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return forbidden(request)
        except (Http404, NotFoundOrNotYours):
            return not_found(request)
        except CaseError as error:
            return refused(request, error)

    return answered


def forbidden(request: HttpRequest) -> HttpResponse:
    sentence = _("Votre rôle ne donne pas accès à cette page. Demandez-le à la personne qui gère les comptes.")
    return _page(request, 403, _("Accès réservé"), sentence)


def not_found(request: HttpRequest) -> HttpResponse:
    sentence = _("Ce que vous cherchez n’existe pas, ou n’est pas dans vos files. Vérifiez le numéro, ou cherchez-le.")
    return _page(request, 404, _("Introuvable"), sentence)


def refused(request: HttpRequest, error: CaseError) -> HttpResponse:
    status = 409 if isinstance(error, CONFLICTS) else 400
    return _page(request, status, _("Rien n’a été changé"), error.sentence)


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {"status": status, "heading": title, "sentence": sentence, "unsent": _unsent(request)}
    if request.headers.get("HX-Request"):
        return render(request, "console/parts/refusal.html", context, status=status)
    return render(request, "console/refusal.html", context, status=status)


def _unsent(request: HttpRequest) -> list[str]:
    """The words of a form that couldn't be taken, to copy: nothing typed is lost."""
    return list(drafting.typed({name: str(value) for name, value in request.POST.items()}).values())


@audience.agent("console.open")
def unknown(request: HttpRequest, rest: str) -> HttpResponseBase:
    """An address of the console that leads nowhere."""
    return not_found(request)
