"""Columns that hold personal data. people/retention.py knows them all through this mark, and a test fails on an
unmarked one."""

from __future__ import annotations

from django.db import models


class PersonalCharField(models.CharField):  # type: ignore[type-arg]
    """A line about a person; erased to ''."""

    personal = True
    erased: object = ""


class PersonalTextField(models.TextField):  # type: ignore[type-arg]
    """What a person wrote; erased to ''."""

    personal = True
    erased: object = ""


class PersonalEmailField(models.EmailField):  # type: ignore[type-arg]
    """An address that reaches a person; erased to ''."""

    personal = True
    erased: object = ""


class PersonalJSONField(models.JSONField):
    """Answers given by a person; erased to {}."""

    personal = True
    erased: object = {}
