"""The city's look: its colour as a style sheet, and its logo."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from parvis.portal import colours
from parvis.shared import audience

LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
TEMPLATE = """:root {{
  --colour-brand: {0.brand};
  --colour-brand-strong: {0.strong};
  --colour-brand-soft: {0.soft};
  --colour-on-brand: {0.on_brand};
  --colour-link: {0.brand};
}}
"""


def _css(colour: colours.Colour) -> str:
    night = TEMPLATE.format(colours.by_night(colour))
    return TEMPLATE.format(colours.by_day(colour)) + f"@media (prefers-color-scheme: dark) {{\n{night}}}\n"


@audience.public
@require_safe
@cache_control(public=True, max_age=365 * 24 * 3600)
def theme(request: HttpRequest) -> HttpResponse:
    """The colour's variants. Pages ask for it with the colour in the address, so it's cached for long."""
    return HttpResponse(_css(colours.read(settings.PARVIS_CITY["colour"])), content_type="text/css; charset=utf-8")


@audience.public
@require_safe
@cache_control(public=True, max_age=3600)
def logo(request: HttpRequest) -> FileResponse:
    """The file that PARVIS_LOGO names; 404 when the city shows its name alone."""
    path = Path(settings.PARVIS_CITY["logo"] or "/nowhere")
    if path.suffix.lower() not in LOGO_TYPES or not path.is_file():
        raise Http404("This city has no logo file.")
    return FileResponse(path.open("rb"), content_type=LOGO_TYPES[path.suffix.lower()])
