"""The switch of language: a real link that leads back to the same page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from parvis.shared import audience

YEAR_S = 365 * 24 * 3600


@audience.public
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language for a year and go back to `next` (our own pages only, else home)."""
    asked = request.POST if request.method == "POST" else request.GET
    language, back = asked.get("language", ""), asked.get("next", "/")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = "/"
    return remember(HttpResponseRedirect(back), language)


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """Set the cookie that LanguageMiddleware reads; a language that the city doesn't speak is left alone."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_S, samesite="Lax", secure=settings.SECURE
        )
    return response
