"""A form handed to a verb of the catalogue: what the verb refuses comes back as sentences in the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import Form, ModelForm
from django.http import Http404, HttpRequest

from parvis.catalogue.errors import BadEntry, Unknown

T = TypeVar("T")


def attempt(form: Form | ModelForm, verb: Callable[[], T]) -> T | None:
    """What the verb returns, or None with the reasons in the form. A row that is gone is a 404."""
    if not form.is_valid():
        return None
    try:
        return verb()
    except BadEntry as bad:
        for column, sentence in bad.errors.items():
            name = column.removesuffix("_id")
            form.add_error(name if name in form.fields else None, sentence)
    except Unknown:
        raise Http404 from None
    return None


def tell(request: HttpRequest, verb: Callable[[], object], done: str) -> None:
    """Run a verb that has no form, and leave a message either way."""
    try:
        verb()
    except BadEntry as bad:
        messages.error(request, " ".join(bad.errors.values()))
    except Unknown:
        raise Http404 from None
    else:
        messages.success(request, done)
