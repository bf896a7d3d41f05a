"""What people are promised, in words: a date that can be kept, or nothing."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from parvis.catalogue.models import Service
from parvis.shared.formats import speech

Unit = Service.Unit


def sentence(service: Service, due_at: datetime | None, language: str) -> str:
    """The end of "We aim to answer…": « d’ici le mardi 1er décembre 2026 », with the hour for targets in hours.

    Without a due date: « dès que possible ».
    """
    with override(language):
        if due_at is None:
            return _("dès que possible")
        if service.target_unit == Unit.BUSINESS_HOURS:
            return _("d’ici le %(moment)s") % {"moment": speech.moment(due_at)}
        return _("d’ici le %(day)s") % {"day": speech.day(due_at)}


def target(service: Service, language: str) -> str:
    """The delay that a service aims at, before anything is asked: « en 10 jours ouvrables »; '' without one."""
    count = service.target_value
    with override(language):
        if service.target_unit == Unit.IMMEDIATE or not count:
            return ""
        if service.target_after_operation:
            return _("en %(count)d heures ouvrables après l’opération de déneigement") % {"count": count}
        return _delay(service.target_unit, count) % {"count": count}


def _delay(unit: str, count: int) -> str:
    if unit == Unit.BUSINESS_HOURS:
        return ngettext("en %(count)d heure ouvrable", "en %(count)d heures ouvrables", count)
    if unit == Unit.BUSINESS_DAYS:
        return ngettext("en %(count)d jour ouvrable", "en %(count)d jours ouvrables", count)
    return ngettext("en %(count)d jour", "en %(count)d jours", count)
