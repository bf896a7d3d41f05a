"""The catalogue as an administrator edits it: each verb checks, locks, writes and records.

Drafts are what a form holds. A verb given an id changes that row, without one makes a new row. Verbs raise BadEntry (a
sentence per field) and Unknown.
"""

from parvis.catalogue.editing.calendars import remove_exceptional_day, save_calendar, save_exceptional_day
from parvis.catalogue.editing.drafts import CalendarDraft, ExceptionalDayDraft, QuestionDraft, RuleDraft, ServiceDraft
from parvis.catalogue.editing.questions import move_question, remove_question, save_question
from parvis.catalogue.editing.rules import remove_rule, save_rule
from parvis.catalogue.editing.services import restore_service, retire_service, save_category, save_service

__all__ = [
    "CalendarDraft", "ExceptionalDayDraft", "QuestionDraft", "RuleDraft", "ServiceDraft", "move_question",
    "remove_exceptional_day", "remove_question", "remove_rule", "restore_service", "retire_service", "save_calendar",
    "save_category", "save_exceptional_day", "save_question", "save_rule", "save_service",
]  # fmt: skip
