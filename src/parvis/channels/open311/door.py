"""What every path of this door has in common: methods, language, cross-origin leave, and errors in the format asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from parvis.channels.open311 import writing
from parvis.channels.open311.documents import Document
from parvis.channels.open311.errors import Refused, refuse
from parvis.shared import audience

Handler = Callable[..., Document]


def door(**handlers: Handler) -> Callable[..., HttpResponse]:
    """A view from one handler per method, `door(GET=…, POST=…)`. A handler returns a Document or raises Refused."""

    def view(request: HttpRequest, extension: str, **where: Any) -> HttpResponse:
        language = _language(request)
        with translation.override(language):
            response = _answer(handlers, request, extension, where)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Content-Language"] = language
        return response

    return csrf_exempt(audience.machine(view))  # no cookie is read here, so there is nothing to forge


def _answer(handlers: dict[str, Handler], request: HttpRequest, extension: str, where: dict[str, Any]) -> HttpResponse:
    if request.method == "OPTIONS":
        return _leave(handlers)
    try:
        return writing.answer(_handle(handlers, request, where), extension)
    except Refused as refused:
        response = writing.answer(writing.problems(refused.problems), extension, refused.status)
        if refused.allow:
            response.headers["Allow"] = ", ".join(refused.allow)
        return response


def _handle(handlers: dict[str, Handler], request: HttpRequest, where: dict[str, Any]) -> Document:
    handler = handlers.get("GET" if request.method == "HEAD" else str(request.method))
    if handler is None:
        refused = refuse(405, _("Cette adresse accepte : %(methods)s.") % {"methods": ", ".join(handlers)})
        refused.allow = [*handlers, "OPTIONS"]
        raise refused
    try:
        return handler(request, **where)
    except RequestDataTooBig:
        raise refuse(413, _("L’envoi est trop gros. Réduisez le texte ou les photos, puis recommencez.")) from None
    except (BadRequest, MultiPartParserError, SuspiciousOperation):
        raise refuse(400, _("L’envoi est illisible : envoyez un formulaire codé en UTF-8.")) from None


def _leave(handlers: dict[str, Handler]) -> HttpResponse:
    """Let pages of other sites call this path (CORS preflight)."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = ", ".join([*handlers, "OPTIONS"])
    response.headers["Access-Control-Allow-Headers"] = "Content-Type, Idempotency-Key"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _language(request: HttpRequest) -> str:
    """The language asked by `locale` (or `lang`), else the city's. Never a cookie: answers are cached for everybody."""
    asked = (request.GET.get("locale") or request.GET.get("lang") or "")[:2].lower()
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
