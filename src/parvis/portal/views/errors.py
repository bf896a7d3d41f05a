"""The pages shown when something is wrong: each says what to do next. They read nothing from the database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.shared import audience


@audience.public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "portal/errors/404.html", status=404)


@audience.public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/errors/403.html", status=403)


@audience.public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "portal/errors/400.html", status=400)


@audience.public
def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/errors/500.html", status=500)
