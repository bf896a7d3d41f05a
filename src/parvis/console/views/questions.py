"""What a service asks: each question on a page of its own, with its proposed answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.catalogue import editing
from parvis.catalogue.editing import QuestionDraft
from parvis.catalogue.models import Question, Service
from parvis.console.forms.admin.questions import CHOSEN, QuestionForm, free_key, option_formset
from parvis.console.views.saving import attempt, tell
from parvis.shared import audience

EDIT = "catalogue.edit"


@audience.agent(EDIT)
def new_question(request: HttpRequest, service_id: int) -> HttpResponse:
    service = get_object_or_404(Service, pk=service_id)
    return _edit(request, Question(service=service), list(service.questions.all()))


@audience.agent(EDIT)
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    row = get_object_or_404(Question.objects.select_related("service"), pk=question_id)
    return _edit(request, row, list(row.service.questions.all()))


def _edit(request: HttpRequest, row: Question, all_asked: list[Question]) -> HttpResponse:
    earlier = [each for each in all_asked if row.pk is None or each.position < row.position]
    form = QuestionForm(request.POST or None, question=row, earlier=earlier)
    options = option_formset(request.POST or None, row)
    if options.is_valid() or not form.is_bound:
        taken = {each.key for each in all_asked}
        saved = attempt(form, lambda: editing.save_question(row.service_id, _draft(form, options, row, taken), row.pk))
        if saved is not None:
            messages.success(request, _("La question est enregistrée."))
            return redirect("console:catalogue_service", row.service_id)
    context = {"form": form, "options": options, "question": row, "service": row.service, "section": "catalogue"}
    return render(request, "console/admin/question.html", context, status=400 if form.is_bound else 200)


def _draft(form: QuestionForm, options: Any, row: Question, taken: set[str]) -> QuestionDraft:
    data = form.cleaned_data
    return QuestionDraft(
        key=row.key or free_key(data["label_fr"], taken),
        kind=data["kind"],
        label_fr=data["label_fr"],
        label_en=data["label_en"],
        is_required=data["is_required"],
        options=tuple(options.options()) if data["kind"] in CHOSEN else (),
        condition=data.get("condition"),
    )


@audience.agent(EDIT)
@require_POST
def move(request: HttpRequest, question_id: int) -> HttpResponse:
    row = get_object_or_404(Question, pk=question_id)
    order = list(Question.objects.filter(service=row.service_id).values_list("pk", flat=True))
    step = -1 if "up" in request.POST else 1
    rank = order.index(row.pk) + step
    tell(request, lambda: editing.move_question(question_id, rank), _("L’ordre des questions est changé."))
    return redirect("console:catalogue_service", row.service_id)


@audience.agent(EDIT)
@require_POST
def remove(request: HttpRequest, question_id: int) -> HttpResponse:
    row = get_object_or_404(Question, pk=question_id)
    done = _("La question est retirée. Les réponses déjà données restent avec leurs demandes.")
    tell(request, lambda: editing.remove_question(question_id), done)
    return redirect("console:catalogue_service", row.service_id)
