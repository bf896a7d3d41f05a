"""What every page knows: the city's name and colours, and whether this is the demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def city(request: HttpRequest) -> dict[str, Any]:
    return {"city": settings.PARVIS_CITY}
