"""What a catalogue entry must be, whoever writes it: a file or an administrator. Answers field → sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import CharField, Model
from django.utils.translation import gettext as _

from parvis.catalogue.closures import MUNICIPAL_DAYS
from parvis.catalogue.hours import read_minutes, read_week
from parvis.catalogue.models import Calendar, Category, ExceptionalDay, Question, Service

Faults = dict[str, str]
ROUTES = ("911", "311_URGENT", "POLICE_NU", "811")  # where a "yes" to the emergency question leads
EMERGENCIES = ("never", "screen", "always")
OPEN_DATA_PLACES = ("exact", "segment", "quartier", "never")
BASES = ("", "policy", "peer", "assumed")
HOURS_MAX, DAYS_MAX, RADIUS_MAX_M, OPTIONS_MAX = 8760, 1825, 2000, 100
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]*")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CHOSEN = (Question.Kind.CHOICE, Question.Kind.MULTI)


def category_faults(category: Category) -> Faults:
    faults = _lengths(category)
    if not _CODE.fullmatch(category.code):
        faults["code"] = _("Le code s’écrit en majuscules, chiffres et tirets, par exemple VOI.")
    if not category.name_fr:
        faults["name_fr"] = _("Donnez le nom en français.")
    return faults


def service_faults(service: Service) -> Faults:
    faults = _lengths(service) | _unlisted(service)
    if not _CODE.fullmatch(service.code):
        faults["code"] = _("Le code s’écrit en majuscules, chiffres et tirets, par exemple VOI-NID.")
    if not service.name_fr:
        faults["name_fr"] = _("Donnez le nom en français.")
    if service.priority not in range(1, 5):
        faults["priority"] = _("La priorité va de 1 (la plus pressante) à 4.")
    if not set(service.season_months) <= set(range(1, 13)):
        faults["season_months"] = _("Les mois vont de 1 à 12.")
    if service.emergency == "screen" and not (service.screen_question_fr and service.screen_route):
        faults["screen_question_fr"] = _("Donnez la question d’urgence et où mène un oui.")
    if not 0 <= service.demand_weight <= 100:
        faults["demand_weight"] = _("Le poids va de 0 à 100 %.")
    return faults | _number_faults(service)


def _number_faults(service: Service) -> Faults:
    faults: Faults = {}
    immediate = service.target_unit == Service.Unit.IMMEDIATE
    ceiling = HOURS_MAX if service.target_unit == Service.Unit.BUSINESS_HOURS else DAYS_MAX
    if immediate and service.target_value:
        faults["target_value"] = _("Un délai immédiat n’a pas de nombre : écrivez 0.")
    elif not immediate and not 1 <= service.target_value <= ceiling:
        faults["target_value"] = _("Le délai va de 1 à %d.") % ceiling
    if not 0 <= service.duplicate_radius_m <= RADIUS_MAX_M:
        faults["duplicate_radius_m"] = _("Le rayon va de 0 à %d mètres.") % RADIUS_MAX_M
    if not 0 <= service.duplicate_window_days <= DAYS_MAX:
        faults["duplicate_window_days"] = _("La durée va de 0 à %d jours.") % DAYS_MAX
    return faults


def _unlisted(service: Service) -> Faults:
    """Words that aren't among those that a column takes."""
    taken = {
        "nature": Service.Nature.values,
        "target_unit": Service.Unit.values,
        "location_mode": Service.LocationMode.values,
        "visibility": Service.Visibility.values,
        "photo": Service.Photo.values,
        "emergency": EMERGENCIES,
        "open_data_place": OPEN_DATA_PLACES,
        "screen_route": ("", *ROUTES),
        "target_basis": BASES,
    }
    return {field: _one_of(words) for field, words in taken.items() if getattr(service, field) not in words}


def _one_of(words: Iterable[str]) -> str:
    return _("Choisissez parmi : %s.") % ", ".join(word for word in words if word)


def _lengths(row: Model) -> Faults:
    faults = {}
    for field in row._meta.get_fields():
        if isinstance(field, CharField) and field.max_length and len(getattr(row, field.name)) > field.max_length:
            faults[field.name] = _("Ce texte dépasse %d caractères. Raccourcissez-le.") % field.max_length
    return faults


def question_faults(question: Question, earlier: Collection[Question]) -> Faults:
    """`earlier`: the questions that come before it, on which its condition may hang."""
    faults = _lengths(question)
    if not _KEY.fullmatch(question.key):
        faults["key"] = _("La clé s’écrit en minuscules sans accent, chiffres et tirets, par exemple nb_objets.")
    elif question.key in {each.key for each in earlier}:
        faults["key"] = _("Une autre question de ce service porte cette clé. Choisissez-en une autre.")
    if not question.label_fr:
        faults["label_fr"] = _("Écrivez la question en français.")
    if question.kind not in Question.Kind.values:
        faults["kind"] = _one_of(Question.Kind.values)
    if fault := _option_fault(question):
        faults["options"] = fault
    if question.condition is not None and (fault := _condition_fault(question.condition, earlier)):
        faults["condition"] = fault
    return faults


def _option_fault(question: Question) -> str:
    options: Any = question.options
    if question.kind not in _CHOSEN:
        return _("Seules les questions à choix ont des réponses proposées.") if options else ""
    if not isinstance(options, list) or not 2 <= len(options) <= OPTIONS_MAX:
        return _("Proposez de 2 à %d réponses.") % OPTIONS_MAX
    if not all(_is_option(option) for option in options):
        return _("Chaque réponse proposée a une valeur et un texte français.")
    if len({option["value"] for option in options}) != len(options):
        return _("Deux réponses proposées ont la même valeur.")
    return ""


def _is_option(option: Any) -> bool:
    return (
        isinstance(option, dict)
        and all(isinstance(word, str) and len(word) <= 200 for word in option.values())
        and {"value", "fr"} <= set(option) <= {"value", "fr", "en"}
        and bool(option["value"] and option["fr"])
    )


def _condition_fault(condition: Any, earlier: Collection[Question]) -> str:
    """{"key": "raison", "in": ["brise"]}: an earlier question to choose from, and some of its values."""
    if not isinstance(condition, dict) or set(condition) != {"key", "in"}:
        return _("La condition nomme une question et les réponses qui la déclenchent.")
    parent = next((each for each in earlier if each.key == condition["key"]), None)
    if parent is None or parent.kind not in _CHOSEN:
        return _("La condition porte sur une question à choix placée avant celle-ci.")
    values = {option["value"] for option in parent.options}
    wanted = condition["in"]
    if (
        not isinstance(wanted, list)
        or not wanted
        or not all(isinstance(each, str) and each in values for each in wanted)
    ):
        return _("La condition nomme au moins une des réponses proposées par l’autre question.")
    return ""


def calendar_faults(calendar: Calendar) -> Faults:
    faults = _lengths(calendar)
    if not _KEY.fullmatch(calendar.code):
        faults["code"] = _("Le code s’écrit en minuscules sans accent, chiffres et tirets, par exemple jour-et-nuit.")
    if not calendar.name_fr:
        faults["name_fr"] = _("Donnez le nom en français.")
    try:
        if not any(read_week(calendar.hours)):
            faults["hours"] = _("Donnez au moins une plage d’ouverture dans la semaine.")
    except (TypeError, ValueError):
        faults["hours"] = _bad_hours()
    if not set(calendar.municipal_days) <= set(MUNICIPAL_DAYS):
        faults["municipal_days"] = _one_of(MUNICIPAL_DAYS)
    return faults


def exceptional_day_faults(day: ExceptionalDay) -> Faults:
    faults = _lengths(day)
    if not day.reason_fr:
        faults["reason_fr"] = _("Donnez la raison en français : les gens la liront.")
    try:
        read_minutes(day.hours)
    except (TypeError, ValueError):
        faults["hours"] = _bad_hours()
    return faults


def _bad_hours() -> str:
    return _("Écrivez des plages comme 08:00–19:00, sans chevauchement, de 00:00 à 24:00.")
