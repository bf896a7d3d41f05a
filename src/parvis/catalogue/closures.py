"""Days on which a city closes: the public holidays of Québec, and the municipal days that a calendar may add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

Minutes = tuple[int, int]  # opening and closing, in minutes from local midnight; 1440 is the next midnight
_HALF_DAY: Minutes = (8 * 60 + 30, 13 * 60)  # as on 24 and 31 December 2019 in Québec


@dataclass(frozen=True)
class Closure:
    """A day that isn't like the others, with its name in both languages. `open` is what is left of the usual hours."""

    name_fr: str
    name_en: str
    open: Minutes | None = None


@dataclass(frozen=True)
class MunicipalDay:
    """A day off that the law doesn't give and a city may."""

    code: str
    closure: Closure
    on: Callable[[int], date]


def _easter_monday(year: int) -> date:
    from dateutil.easter import easter  # type: ignore[import-untyped]

    return date.fromordinal(easter(year).toordinal() + 1)


def _first_monday_of_august(year: int) -> date:
    first = date(year, 8, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _each(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


_DAYS = (
    MunicipalDay("second_january", Closure("Lendemain du jour de l’An", "Day after New Year’s Day"), _each(1, 2)),
    MunicipalDay("easter_monday", Closure("Lundi de Pâques", "Easter Monday"), _easter_monday),
    MunicipalDay("municipal_day", Closure("Congé municipal", "Municipal holiday"), _first_monday_of_august),
    MunicipalDay("christmas_eve", Closure("Veille de Noël", "Christmas Eve", _HALF_DAY), _each(12, 24)),
    MunicipalDay("boxing_day", Closure("Lendemain de Noël", "Boxing Day"), _each(12, 26)),
    MunicipalDay("new_year_eve", Closure("Veille du jour de l’An", "New Year’s Eve", _HALF_DAY), _each(12, 31)),
)
MUNICIPAL_DAYS = {day.code: day for day in _DAYS}


@lru_cache(maxsize=64)
def public_holidays(year: int) -> dict[date, Closure]:
    """The paid holidays of Québec, days moved from a Sunday included (Act respecting labour standards, s. 60)."""
    import holidays

    french = holidays.country_holidays("CA", subdiv="QC", years=year, language="fr")
    english = holidays.country_holidays("CA", subdiv="QC", years=year, language="en_CA")
    return {
        day: Closure(name.replace("'", "’").replace("l’an", "l’An"), english.get(day, name).replace("'", "’"))
        for day, name in french.items()
        if day.year == year
    }


@lru_cache(maxsize=256)
def municipal_days(year: int, codes: frozenset[str]) -> dict[date, Closure]:
    """The municipal days of a year among `codes`; a code that nobody knows is passed over."""
    return {MUNICIPAL_DAYS[code].on(year): MUNICIPAL_DAYS[code].closure for code in codes if code in MUNICIPAL_DAYS}
