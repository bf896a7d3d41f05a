"""What an administrator typed, as a form holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from parvis.catalogue.models import Service


@dataclass(frozen=True)
class ServiceDraft:
    """Every column of a service that people edit, under the same names."""

    code: str
    category_id: int
    department_id: int
    name_fr: str
    nature: str
    name_en: str = ""
    target_value: int = 0
    target_unit: str = Service.Unit.IMMEDIATE
    target_after_operation: bool = False
    target_basis: str = ""
    priority: int = 3
    location_mode: str = Service.LocationMode.ADDRESS
    anonymous_allowed: bool = True
    photo: str = Service.Photo.OPTIONAL
    visibility: str = Service.Visibility.NEVER
    open_data_place: str = "never"
    season_months: tuple[int, ...] = ()  # empty: all year
    asset_type: str = ""
    duplicate_radius_m: int = 0
    duplicate_window_days: int = 0
    urgent_line: bool = False
    emergency: str = "never"
    screen_question_fr: str = ""
    screen_question_en: str = ""
    screen_route: str = ""
    referral_fr: str = ""
    referral_en: str = ""
    synonyms_fr: str = ""  # one per line
    synonyms_en: str = ""
    demand_weight: float = 0

    @staticmethod
    def of(service: Service) -> ServiceDraft:
        """A draft to start from: the service as it stands."""
        values = {field.name: getattr(service, field.name) for field in fields(ServiceDraft)}
        return ServiceDraft(**values | {"season_months": tuple(service.season_months)})


@dataclass(frozen=True)
class QuestionDraft:
    key: str
    kind: str
    label_fr: str
    label_en: str = ""
    is_required: bool = False
    options: tuple[Mapping[str, str], ...] = ()  # {"value", "fr", "en"}
    condition: Mapping[str, Any] | None = None  # {"key", "in"}


@dataclass(frozen=True)
class RuleDraft:
    """Neither service nor category means every service; no zone means everywhere."""

    team_id: int
    service_id: int | None = None
    category_id: int | None = None
    zone_id: int | None = None
    position: int = 100


@dataclass(frozen=True)
class CalendarDraft:
    code: str
    name_fr: str
    name_en: str = ""
    hours: Mapping[str, Sequence[Sequence[str]]] | None = None
    observes_holidays: bool = True
    municipal_days: tuple[str, ...] = ()
    is_default: bool = False
    team_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class ExceptionalDayDraft:
    day: date
    reason_fr: str
    reason_en: str = ""
    hours: tuple[tuple[str, str], ...] = ()  # (("08:30", "13:00"),); empty: closed
