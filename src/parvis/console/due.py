"""How late or how soon a case is, in words and not in colour alone: « en retard de 2 jours »."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.cases.models import Case
from parvis.shared import clock
from parvis.shared.formats import speech

SOON_DAYS = 7


@dataclass(frozen=True)
class Due:
    """`level` picks the colour and the shape of the mark; `words` says the same to whoever sees neither."""

    level: str  # late, today, soon, later, paused, none, kept, missed
    words: str
    at: datetime | None = None

    @property
    def shape(self) -> str:
        return {"late": "alert", "missed": "alert", "paused": "pause", "kept": "check", "none": "minus"}.get(
            self.level, "clock"
        )


def of(case: Case) -> Due:
    """The due date of a case as staff read it now."""
    if case.closed_at is not None and not case.is_open:
        return _of_closed(case.due_at, case.closed_at)
    if case.due_at is None:
        return Due("none", _("sans échéance"))
    if case.clock_paused_at is not None:
        return Due("paused", _("délai suspendu"), case.due_at)
    return _late(case.due_at) if case.due_at < clock.now() else _coming(case.due_at)


def _of_closed(due_at: datetime | None, closed_at: datetime) -> Due:
    if due_at is None:
        return Due("none", _("terminé"))
    if closed_at <= due_at:
        return Due("kept", _("terminé à temps"), due_at)
    return Due("missed", _("terminé en retard"), due_at)


def _late(due_at: datetime) -> Due:
    late = clock.now() - due_at
    days = (clock.today() - timezone.localdate(due_at)).days
    if days >= 1 and late >= timedelta(hours=12):
        words = ngettext("en retard de %(n)d jour", "en retard de %(n)d jours", days) % {"n": days}
    elif late >= timedelta(hours=1):
        hours = int(late.total_seconds() // 3600)
        words = ngettext("en retard de %(n)d heure", "en retard de %(n)d heures", hours) % {"n": hours}
    else:
        minutes = max(1, int(late.total_seconds() // 60))
        words = ngettext("en retard de %(n)d minute", "en retard de %(n)d minutes", minutes) % {"n": minutes}
    return Due("late", words, due_at)


def _coming(due_at: datetime) -> Due:
    day = timezone.localdate(due_at)
    days = (day - clock.today()).days
    if days == 0:
        return Due("today", _("échéance aujourd’hui, %(hour)s") % {"hour": speech.hour(due_at)}, due_at)
    if days == 1:
        return Due("soon", _("échéance demain, %(hour)s") % {"hour": speech.hour(due_at)}, due_at)
    if days < SOON_DAYS:
        weekday = format_date(day, "EEEE", locale=speech.babel_locale())
        return Due("soon", _("échéance %(weekday)s, %(day)s") % {"weekday": weekday, "day": short_day(day)}, due_at)
    return Due("later", _("échéance le %(day)s") % {"day": short_day(day)}, due_at)


def short_day(day: date) -> str:
    """« 3 décembre », with its year when it isn't this one."""
    if speech.is_english():
        pattern = "MMMM d" if day.year == clock.today().year else "MMMM d, y"
        return str(format_date(day, pattern, locale="en_CA"))
    pattern = "MMMM" if day.year == clock.today().year else "MMMM y"
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{speech.NBSP}{format_date(day, pattern, locale='fr_CA')}"


def age(opened_at: datetime) -> str:
    """'3 j', '5 h', '12 min': how long since, in little room."""
    passed = clock.now() - opened_at
    if passed >= timedelta(days=1):
        return _("%(n)d j") % {"n": passed.days}
    if passed >= timedelta(hours=1):
        return _("%(n)d h") % {"n": int(passed.total_seconds() // 3600)}
    return _("%(n)d min") % {"n": max(0, int(passed.total_seconds() // 60))}
