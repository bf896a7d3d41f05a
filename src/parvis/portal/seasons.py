"""The months of a service, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from parvis.shared.formats import speech


def spoken(months: Iterable[int]) -> str:
    """« de novembre à avril » for a run of months, around the new year as well; a list for the rest; '' for none."""
    open_months = set(months)
    if not open_months:
        return ""
    if len(open_months) == 12:
        return _("toute l’année")
    starts = [month for month in sorted(open_months) if _before(month) not in open_months]
    return ", ".join(_run(start, open_months) for start in starts)


def _before(month: int) -> int:
    return 12 if month == 1 else month - 1


def _after(month: int) -> int:
    return month % 12 + 1


def _run(start: int, open_months: set[int]) -> str:
    end = start
    while _after(end) in open_months:
        end = _after(end)
    if start == end:
        return _("en %(month)s") % {"month": _name(start)}
    names = {"first": _name(start), "last": _name(end)}
    if names["first"][0] in "ao":  # avril, août, octobre
        return _("d’%(first)s à %(last)s") % names
    return _("de %(first)s à %(last)s") % names


def _name(month: int) -> str:
    from babel.dates import get_month_names

    return str(get_month_names("wide", "stand-alone", locale=speech.babel_locale())[month])
