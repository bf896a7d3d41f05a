"""Refused    an answer in the 400s: one or several problems, told in the format that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from parvis.channels.open311.documents import Problem


class Refused(Exception):
    """What was asked can't be done. The HTTP status is that of the first problem."""

    def __init__(self, *problems: Problem, allow: Sequence[str] = ()) -> None:
        super().__init__(*problems)
        self.problems = problems
        self.allow = allow  # the methods that this path takes, for a 405

    @property
    def status(self) -> int:
        return self.problems[0].code


def problem(parameter: str, sentence: str, code: int = 400) -> Problem:
    """What is wrong with one parameter, under the standard's name for it."""
    return Problem(code, _("%(parameter)s : %(sentence)s") % {"parameter": parameter, "sentence": sentence})


def about(parameter: str, sentence: str, code: int = 400) -> Refused:
    return Refused(problem(parameter, sentence, code))


def refuse(code: int, description: str) -> Refused:
    return Refused(Problem(code, description))
