"""Controls that browsers draw natively, and a file control that takes several files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class DateInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own calendar and clock, in the city's time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class ManyFilesInput(forms.FileInput):
    """A file control that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Files sent together; cleans to a list, empty when none was chosen."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        cleaned = [super(ManyFilesField, self).clean(file) for file in files if file]
        if self.required and not cleaned:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return cleaned
