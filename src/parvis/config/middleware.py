"""Around every request: who acts, through which channel, for the ledger; and what may be kept of the answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from parvis.ledger import context


class LedgerContextMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with context.acting(actor=_actor(request), channel=_channel(request)):
            return self.get_response(request)


def _actor(request: HttpRequest) -> str:
    if request.path.startswith("/console/") and request.user.is_authenticated:
        return f"agent:{request.user.pk}"
    return "resident"


def _channel(request: HttpRequest) -> str:
    if request.path.startswith("/console/"):
        return "console"
    return "open311" if request.path.startswith("/open311/") else "web"


PRIVATE = ("/console/", "/suivi", "/signaler")


class DiscretionMiddleware:
    """No cache on the way keeps a page; of pages about somebody, not even the browser: the next person at a library's
    computer presses « back ». A view that says otherwise (photos, tiles, machine doors) is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_private = request.path.startswith(PRIVATE) or response.status_code >= 400
        response.headers.setdefault("Cache-Control", "private, no-store" if is_private else "private, no-cache")
        return response
