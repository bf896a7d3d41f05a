"""What a service asks, in which order, and when."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.catalogue import checking, events
from parvis.catalogue.editing.drafts import QuestionDraft
from parvis.catalogue.editing.writing import apply, locked, refuse
from parvis.catalogue.errors import Unknown
from parvis.catalogue.models import Question, Service
from parvis.ledger.record import record


def save_question(service_id: int, draft: QuestionDraft, question_id: int | None = None) -> Question:
    """A new one goes last. Raises BadEntry, Unknown."""
    with transaction.atomic():
        service = locked(Service, service_id)
        asked = list(service.questions.all())
        question = next((each for each in asked if each.pk == question_id), None)
        if question_id is not None and question is None:
            raise Unknown
        is_new = question is None
        question = question or Question(service=service, position=1 + max((q.position for q in asked), default=-1))
        was = question.key
        changed = apply(question, draft, {"options": [dict(option) for option in draft.options]})
        refuse(_question_faults(asked, question, was))
        if is_new or changed:
            question.save()
            record(events.QuestionSaved(question.key, is_new), subject=service)
        return question


def _question_faults(asked: list[Question], question: Question, was: str) -> dict[str, str]:
    others = [each for each in asked if each.pk != question.pk]
    faults = checking.question_faults(question, [each for each in others if each.position < question.position])
    if question.key in {each.key for each in others}:
        faults["key"] = _("Une autre question de ce service porte cette clé. Choisissez-en une autre.")
    if question.pk and question.key != was:
        faults["key"] = _("La clé d’une question ne change pas : les réponses données la portent.")
    return faults | ({} if "condition" in faults else _broken(_in_order([*others, question]), "options"))


def _in_order(questions: list[Question]) -> list[Question]:
    return sorted(questions, key=lambda each: (each.position, each.pk or 0))


def _broken(questions: list[Question], field: str) -> dict[str, str]:
    """A condition that would no longer hold in this list, told on `field`."""
    for place, question in enumerate(questions):
        if "condition" in checking.question_faults(question, questions[:place]):
            sentence = _("La question « %s » dépend d’une autre qui doit venir avant et garder ses réponses.")
            return {field: sentence % question.label}
    return {}


def remove_question(question_id: int) -> None:
    """Answers given before stay with their reports. Raises BadEntry when another question depends on it, Unknown."""
    with transaction.atomic():
        question = locked(Question, question_id)
        service = locked(Service, question.service_id)
        refuse(_broken([each for each in service.questions.all() if each.pk != question.pk], "key"))
        record(events.QuestionRemoved(question.key), subject=service)
        question.delete()


def move_question(question_id: int, to: int) -> list[Question]:
    """Put a question at rank `to` (0 first). Returns the new order. Raises BadEntry when a condition would break."""
    with transaction.atomic():
        question = locked(Question, question_id)
        service = locked(Service, question.service_id)
        before = list(service.questions.all())
        after = [each for each in before if each.pk != question.pk]
        after.insert(max(0, to), next(each for each in before if each.pk == question.pk))
        refuse(_broken(after, "position"))
        if after != before:
            for position, each in enumerate(after):
                each.position = position
            Question.objects.bulk_update(after, ["position"])
            record(events.QuestionMoved(tuple(each.key for each in after)), subject=service)
        return after
