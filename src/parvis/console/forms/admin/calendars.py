"""Opening hours as people write them: « 8 h 30 à 12 h, 13 h à 16 h 30 »."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.catalogue import editing
from parvis.catalogue.closures import MUNICIPAL_DAYS
from parvis.catalogue.editing import CalendarDraft, ExceptionalDayDraft
from parvis.catalogue.models import Calendar, ExceptionalDay
from parvis.console.forms.admin.accounts import TeamsChoice
from parvis.console.forms.admin.organisation import code_field
from parvis.people.models import Team
from parvis.shared.bilingual import in_language
from parvis.shared.widgets import DateInput

WEEK = (_("Lundi"), _("Mardi"), _("Mercredi"), _("Jeudi"), _("Vendredi"), _("Samedi"), _("Dimanche"))
_TIME = r"([0-9]{1,2})\s*(?:h|:)\s*([0-9]{2})?"
_INTERVAL = re.compile(rf"{_TIME}\s*(?:-|–|—|à|to)\s*{_TIME}", re.ASCII | re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|\bet\b|\band\b)\s*")


class IntervalsField(forms.CharField):
    """Opening intervals of one day, as text; cleans to [["08:30", "12:00"], …], empty when closed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=120, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return spoken_hours(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[list[str]]:
        typed = str(super().clean(value)).strip()
        return [_interval(part) for part in _BETWEEN.split(typed)] if typed else []


def spoken_hours(intervals: Any) -> str:
    """[["08:30", "12:00"]] → '08:30–12:00', several separated by commas."""
    return ", ".join(f"{opening}–{closing}" for opening, closing in intervals)


def _interval(typed: str) -> list[str]:
    match = _INTERVAL.fullmatch(typed.strip())
    if match is None:
        raise forms.ValidationError(
            gettext("Écrivez par exemple 8 h 30 à 12 h, 13 h à 16 h 30. Laissez vide si c’est fermé.")
        )
    from_h, from_min, to_h, to_min = match.groups(default="00")
    return [f"{int(from_h):02d}:{from_min}", f"{int(to_h):02d}:{to_min}"]


class CalendarForm(forms.Form):
    code = code_field(30)
    name_fr = forms.CharField(label=_("Nom en français"), max_length=100)
    name_en = forms.CharField(label=_("Nom en anglais"), max_length=100, required=False)
    observes_holidays = forms.BooleanField(label=_("Fermé les jours fériés du Québec"), required=False, initial=True)
    municipal_days = forms.MultipleChoiceField(
        label=_("Congés de la Ville"),
        help_text=_("Des jours que la loi ne donne pas et que la Ville accorde."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_default = forms.BooleanField(
        label=_("Calendrier de la Ville"),
        help_text=_("Il vaut pour les équipes qui n’en ont pas d’autre, et dit quand le 311 répond."),
        required=False,
    )
    teams = TeamsChoice(
        label=_("Équipes qui suivent ce calendrier"),
        queryset=Team.objects.filter(is_active=True).select_related("department"),
        required=False,
    )

    def __init__(self, *args: Any, calendar: Calendar | None = None, **kwargs: Any) -> None:
        if calendar is not None:
            kwargs["initial"] = _initial(calendar)
        super().__init__(*args, **kwargs)
        self.calendar = calendar
        for weekday, name in enumerate(WEEK):
            self.fields[f"day{weekday}"] = IntervalsField(label=name)
        days = [(code, in_language(day.closure, "name")) for code, day in MUNICIPAL_DAYS.items()]
        self.fields["municipal_days"].choices = days  # type: ignore[attr-defined]
        if calendar is not None:
            del self.fields["code"]
        else:
            self.fields["code"].help_text = _("Minuscules, chiffres et tirets, par exemple jour-et-nuit.")

    def week(self) -> list[Any]:
        return [self[f"day{weekday}"] for weekday in range(7)]

    def save(self) -> Calendar:
        """Raises BadEntry, Unknown."""
        data = self.cleaned_data
        draft = CalendarDraft(
            code=self.calendar.code if self.calendar else data["code"],
            name_fr=data["name_fr"],
            name_en=data["name_en"],
            hours={str(weekday): data[f"day{weekday}"] for weekday in range(7)},
            observes_holidays=data["observes_holidays"],
            municipal_days=tuple(data["municipal_days"]),
            is_default=data["is_default"],
            team_ids=tuple(team.pk for team in data["teams"]),
        )
        return editing.save_calendar(draft, self.calendar.pk if self.calendar else None)


def _initial(calendar: Calendar) -> dict[str, Any]:
    columns = ("name_fr", "name_en", "observes_holidays", "municipal_days", "is_default")
    week = {f"day{weekday}": calendar.hours.get(str(weekday), []) for weekday in range(7)}
    teams = [team.pk for team in calendar.teams.all()]
    return {name: getattr(calendar, name) for name in columns} | week | {"teams": teams}


class ExceptionalDayForm(forms.Form):
    day = forms.DateField(label=_("Jour"), widget=DateInput())
    hours = IntervalsField(label=_("Heures d’ouverture"), help_text=_("Vide : fermé toute la journée."))
    reason_fr = forms.CharField(
        label=_("Raison en français"), help_text=_("Les gens la lisent, par exemple « Tempête »."), max_length=160
    )
    reason_en = forms.CharField(label=_("Raison en anglais"), max_length=160, required=False)

    def save(self, calendar: Calendar) -> ExceptionalDay:
        """Raises BadEntry, Unknown."""
        data = self.cleaned_data
        draft = ExceptionalDayDraft(
            day=data["day"],
            reason_fr=data["reason_fr"],
            reason_en=data["reason_en"],
            hours=tuple((opening, closing) for opening, closing in data["hours"]),
        )
        return editing.save_exceptional_day(calendar.pk, draft)
