"""Is somebody there? The answer that banners, acknowledgements and the emergency notice all give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from parvis.catalogue.errors import NeverOpen
from parvis.catalogue.hours import Hours
from parvis.people.models import Team
from parvis.shared import clock
from parvis.shared.bilingual import in_language
from parvis.shared.formats import speech


@dataclass(frozen=True)
class OpeningStatus:
    """Whether the city (or a team) is open, until when or from when, and why the day isn't ordinary."""

    is_open: bool
    opens_at: datetime | None  # the next opening, when closed; None when open, or never
    closes_at: datetime | None  # when open; None when closed, or open without end
    reason: str  # « Fête nationale du Québec »; '' on an ordinary day

    @property
    def sentence(self) -> str:
        """« Fermé (Fête nationale du Québec). Ouvre le jeudi 25 juin 2026 à 8 h. » in the page's language."""
        reason = f" ({self.reason})" if self.reason else ""
        if self.is_open and self.closes_at is None:
            return _("Ouvert en tout temps.")
        if self.is_open and self.closes_at:
            return _("Ouvert%(reason)s jusqu’à %(hour)s.") % {"reason": reason, "hour": speech.hour(self.closes_at)}
        if self.opens_at is None:
            return _("Fermé%(reason)s.") % {"reason": reason}
        return _("Fermé%(reason)s. Ouvre le %(moment)s.") % {"reason": reason, "moment": speech.moment(self.opens_at)}


def status(at: datetime | None = None, team: Team | None = None) -> OpeningStatus:
    """The state at `at` (default: now) on a team's calendar (default: the city's)."""
    at = at or clock.now()
    hours = Hours.of(team)
    today = hours.day(hours.local_day(at))
    reason = in_language(today.closure, "name") if today.closure else ""
    try:
        opens, closes = _stretch(hours, at)
    except NeverOpen:
        return OpeningStatus(False, None, None, reason)
    if opens <= at:
        return OpeningStatus(True, None, closes, reason)
    return OpeningStatus(False, opens, None, reason)


def _stretch(hours: Hours, at: datetime) -> tuple[datetime, datetime | None]:
    """The open stretch at or after `at`, midnights joined; without an end when it lasts over a week."""
    spans = hours.spans_from(at)
    opens, closes = next(spans)
    for start, end in spans:
        if start > closes:
            return opens, closes
        if end - opens > timedelta(days=8):
            break
        closes = end
    return opens, None
