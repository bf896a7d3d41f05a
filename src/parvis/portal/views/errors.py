"""The pages shown when something is wrong: each says what to do next."""

from django.http import HttpRequest, HttpResponse

from parvis.shared import audience


@audience.public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("404", status=404)


@audience.public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse("403", status=403)


@audience.public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("400", status=400)


@audience.public
def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse("500", status=500)
