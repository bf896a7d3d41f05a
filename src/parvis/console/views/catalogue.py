"""The catalogue as an administrator keeps it, without a developer: services and their families."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from parvis.catalogue import editing, promises
from parvis.catalogue.models import Category, Service
from parvis.console.forms.admin.preview import preview_of
from parvis.console.forms.admin.services import CatalogueFilters, CategoryForm, ServiceForm
from parvis.console.views import lists
from parvis.console.views.saving import attempt, tell
from parvis.shared import audience, text

EDIT = "catalogue.edit"


@audience.agent(EDIT)
def catalogue(request: HttpRequest) -> HttpResponse:
    filters = CatalogueFilters(request.GET)
    services = _matching(filters).select_related("category", "department").annotate(asked=Count("questions"))
    page = lists.by("name_fr", services, request)
    for service in page.rows:
        service.target = promises.target(service, request.LANGUAGE_CODE)
    context = {"filters": filters, "page": page, "section": "catalogue"}
    return render(request, "console/admin/catalogue.html", context, status=200 if filters.is_valid() else 400)


def _matching(filters: CatalogueFilters) -> QuerySet[Service]:
    if not filters.is_valid():
        return Service.objects.none()
    wanted = filters.cleaned_data
    services = Service.objects.filter(is_active=not wanted["retired"])
    if wanted["category"]:
        services = services.filter(category=wanted["category"])
    return services.filter(pk__in=_named_like(wanted["q"])) if wanted["q"] else services


def _named_like(typed: str) -> list[int]:
    """Services whose names, code or words hold what was typed, accents or not, retired ones too. A few hundred rows."""
    wanted = text.fold(typed)
    columns = ("code", "name_fr", "name_en", "synonyms_fr", "synonyms_en")
    return [pk for pk, *said in Service.objects.values_list("pk", *columns) if wanted in text.fold(" ".join(said))]


@audience.agent(EDIT)
def new_service(request: HttpRequest) -> HttpResponse:
    form = ServiceForm(request.POST or None)
    service = attempt(form, form.save)
    if service is not None:
        messages.success(request, _("Le service est au catalogue. Ajoutez ses questions, s’il en a."))
        return redirect("console:catalogue_service", service.pk)
    context = {"form": form, "section": "catalogue"}
    return render(request, "console/admin/service.html", context, status=400 if form.is_bound else 200)


@audience.agent(EDIT)
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    row = get_object_or_404(Service, pk=service_id)
    heading, form = row.name, ServiceForm(request.POST or None, instance=row)  # a bound form writes on its instance
    if attempt(form, form.save) is not None:
        messages.success(request, _("Le service est à jour. Les gens le voient ainsi dès maintenant."))
        return redirect("console:catalogue_service", service_id)
    context = {
        "form": form,
        "service": row,
        "heading": heading,
        "questions": list(row.questions.all()),
        "section": "catalogue",
    }
    return render(request, "console/admin/service.html", context, status=400 if form.is_bound else 200)


@audience.agent(EDIT)
def preview(request: HttpRequest, service_id: int) -> HttpResponse:
    """The resident's form, French beside English."""
    row = get_object_or_404(Service.objects.select_related("category"), pk=service_id)
    sides = []
    for language in ("fr", "en"):
        with override(language):
            sides.append(preview_of(row, language))
    context = {"service": row, "sides": sides, "section": "catalogue"}
    return render(request, "console/admin/preview.html", context)


@audience.agent(EDIT)
@require_POST
def retire(request: HttpRequest, service_id: int) -> HttpResponse:
    done = _("Le service est retiré : on ne peut plus le demander. Ses dossiers continuent.")
    tell(request, lambda: editing.retire_service(service_id), done)
    return redirect("console:catalogue_service", service_id)


@audience.agent(EDIT)
@require_POST
def restore(request: HttpRequest, service_id: int) -> HttpResponse:
    tell(request, lambda: editing.restore_service(service_id), _("Le service est de nouveau offert."))
    return redirect("console:catalogue_service", service_id)


@audience.agent(EDIT)
def categories(request: HttpRequest) -> HttpResponse:
    rows = Category.objects.annotate(offered=Count("services"))
    return render(request, "console/admin/categories.html", {"categories": rows, "section": "catalogue"})


@audience.agent(EDIT)
def new_category(request: HttpRequest) -> HttpResponse:
    return _edit_category(request, CategoryForm(request.POST or None), _("Nouvelle famille"))


@audience.agent(EDIT)
def category(request: HttpRequest, category_id: int) -> HttpResponse:
    row = get_object_or_404(Category, pk=category_id)
    return _edit_category(request, CategoryForm(request.POST or None, category=row), row.name)


def _edit_category(request: HttpRequest, form: CategoryForm, heading: str) -> HttpResponse:
    if attempt(form, form.save) is not None:
        messages.success(request, _("La famille est enregistrée."))
        return redirect("console:categories")
    context = {"form": form, "heading": heading, "back": "console:categories", "section": "catalogue"}
    return render(request, "console/admin/simple_form.html", context, status=400 if form.is_bound else 200)
