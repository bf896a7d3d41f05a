"""Categories and services."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.catalogue import checking, events
from parvis.catalogue.editing.drafts import ServiceDraft
from parvis.catalogue.editing.writing import apply, locked, refuse
from parvis.catalogue.errors import BadEntry
from parvis.catalogue.models import Category, Service
from parvis.ledger.record import record
from parvis.people.models import Department


def save_category(code: str, *, name_fr: str, name_en: str = "", position: int | None = None) -> Category:
    """Make or change a category, found by its code. Raises BadEntry."""
    with transaction.atomic():
        category = Category.objects.select_for_update().filter(code=code).first()
        is_new = category is None
        category = category or Category(code=code, position=Category.objects.count())
        before = (category.name_fr, category.name_en, category.position)
        category.name_fr, category.name_en = name_fr, name_en
        category.position = category.position if position is None else position
        refuse(checking.category_faults(category))
        if is_new or before != (category.name_fr, category.name_en, category.position):
            category.save()
            record(events.CategorySaved(code, is_new), subject=category)
        return category


def save_service(draft: ServiceDraft, service_id: int | None = None) -> Service:
    """Raises BadEntry, Unknown. The code of a service that exists stays: reports and open data bear it."""
    with transaction.atomic():
        service = Service() if service_id is None else locked(Service, service_id)
        if service_id is not None and draft.code != service.code:
            raise BadEntry({"code": _("Le code d’un service ne change pas. Retirez-le et créez-en un autre.")})
        changed = apply(service, draft, {"season_months": list(draft.season_months)})
        refuse(checking.service_faults(service) | _absent(service) | _code_taken(service))
        if service_id is None:
            service.save()
            record(events.ServiceCreated(service.code), subject=service)
        elif changed:
            service.save(update_fields=changed)
            record(events.ServiceChanged(service.code, tuple(changed)), subject=service)
        return service


def retire_service(service_id: int) -> Service:
    """Offer it no more; its cases go on. Raises Unknown."""
    return _set_active(service_id, False)


def restore_service(service_id: int) -> Service:
    return _set_active(service_id, True)


def _set_active(service_id: int, active: bool) -> Service:
    with transaction.atomic():
        service = locked(Service, service_id)
        if service.is_active != active:
            service.is_active = active
            service.save(update_fields=["is_active"])
            event = events.ServiceRestored if active else events.ServiceRetired
            record(event(service.code), subject=service)
        return service


def _absent(service: Service) -> dict[str, str]:
    """A category or department that isn't there."""
    faults = {}
    if not Category.objects.filter(pk=service.category_id).exists():
        faults["category_id"] = _("Choisissez une catégorie.")
    if not Department.objects.filter(pk=service.department_id).exists():
        faults["department_id"] = _("Choisissez une direction.")
    return faults


def _code_taken(service: Service) -> dict[str, str]:
    if Service.objects.filter(code=service.code).exclude(pk=service.pk).exists():
        return {"code": _("Un autre service porte ce code. Choisissez-en un autre.")}
    return {}
