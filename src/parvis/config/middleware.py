"""Ties each request to the ledger: who acts, through which channel, under which correlation id."""

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
