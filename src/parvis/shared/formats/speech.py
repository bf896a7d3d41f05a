"""Dates, delays and telephone numbers as people say them, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language

from parvis.shared import clock

NBSP = "\u00a0"


def is_english() -> bool:
    return (get_language() or "fr").startswith("en")


def babel_locale() -> str:
    return "en_CA" if is_english() else "fr_CA"


def local(value: datetime) -> datetime:
    """The moment on the city's clock; a naive one is taken as already there."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def day(value: date) -> str:
    """« mardi 1er décembre 2026 », "Tuesday, December 1, 2026"."""
    from babel.dates import format_date

    plain = local(value).date() if isinstance(value, datetime) else value
    if is_english():
        return str(format_date(plain, "EEEE, MMMM d, y", locale="en_CA"))
    number = "1er" if plain.day == 1 else str(plain.day)
    weekday = format_date(plain, "EEEE", locale="fr_CA")
    return f"{weekday} {number}{NBSP}{format_date(plain, 'MMMM y', locale='fr_CA')}"


def hour(value: datetime) -> str:
    """« 13 h 05 », "1:05 p.m."."""
    at = local(value)
    if is_english():
        return f"{at.hour % 12 or 12}:{at:%M}{NBSP}{'a.m.' if at.hour < 12 else 'p.m.'}"
    return f"{at.hour}{NBSP}h" + (f"{NBSP}{at:%M}" if at.minute else "")


def moment(value: datetime) -> str:
    """« mardi 24 novembre 2026 à 13 h 05 », "Tuesday, November 24, 2026 at 1:05 p.m."."""
    return f"{day(value)} {'at' if is_english() else 'à'}{NBSP}{hour(value)}"


def ago(value: datetime | date) -> str:
    """« il y a 5 minutes », « dans 3 jours », counted from the house's clock."""
    from babel.dates import format_timedelta

    delta = value - clock.now() if isinstance(value, datetime) else value - clock.today()
    if abs(delta) < timedelta(minutes=1) and isinstance(value, datetime):
        return "just now" if is_english() else "à l’instant"
    if not delta:
        return "today" if is_english() else "aujourd’hui"
    return str(format_timedelta(delta, add_direction=True, threshold=1.3, locale=babel_locale()))


def phone(value: str) -> str:
    """'+14185550123' → '418 555-0123'; a short number or an unknown form stays as it is."""
    digits = "".join(c for c in value if c.isdigit())
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    if len(digits) != 10 or (value.startswith("+") and not value.startswith("+1")):
        return value
    return f"{digits[:3]}{NBSP}{digits[3:6]}-{digits[6:]}"


def dialled(value: str) -> str:
    """The address that a telephone opens: '418 691-6911' → 'tel:+14186916911', '911' → 'tel:911'."""
    digits = "".join(c for c in value if c.isdigit())
    if len(digits) == 10:
        return f"tel:+1{digits}"
    return f"tel:+{digits}" if len(digits) == 11 else f"tel:{digits}"
