"""Tags and filters that every template has, without {% load %}."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.apps import apps
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from parvis.shared import tracking
from parvis.shared.formats import speech
from parvis.shared.templatetags.icons import ICONS, STATE_ICONS

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An inline SVG of our own set; hidden from screen readers unless it has a `label`."""
    role = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" focusable="false"{}>{}</svg>',
        name,
        role,
        mark_safe(ICONS[name]),  # noqa: S308  our own constants
    )


@register.simple_tag
def badge(kind: str, text: str, shape: str = "circle") -> SafeString:
    """A word with a shape: {% badge "overdue" _("En retard") "clock" %}."""
    return format_html('<span class="badge badge--{}">{}{}</span>', kind, icon(shape), text)


@register.simple_tag
def state(code: str) -> SafeString:
    """The public word of a state of a case, with its shape: « Planifiée »."""
    words = dict(apps.get_model("cases", "Case")._meta.get_field("state").flatchoices)
    return badge(str(code), str(words.get(str(code), code)), STATE_ICONS.get(str(code), "circle"))


def _kind(bound: BoundField) -> str:
    """Which of the templates ui/field/*.html draws a field."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "choices" if widget.use_fieldset and not isinstance(widget, forms.MultiWidget) else "control"


@register.simple_tag
def field(bound: BoundField, *, optional: bool | None = None, **attributes: Any) -> SafeString:
    """Label, hint, errors and control of one form field, tied together for screen readers.

    `optional` says whether to write « (facultatif) »; None: as the field requires. Other keywords become attributes of
    the control, `_` read as `-`: {% field form.q hx_get="/chercher" %}.
    """
    kind = _kind(bound)
    attrs = {name.replace("_", "-"): value for name, value in attributes.items()}
    in_row = kind == "choices" and len(bound.field.choices) <= 3 and bound.field.widget.input_type == "radio"  # type: ignore[attr-defined]
    is_optional = not bound.field.required if optional is None else optional
    context = {"field": bound, "control": bound.as_widget(attrs=attrs), "in_row": in_row, "is_optional": is_optional}
    return render_to_string(f"ui/field/{kind}.html", context)


@register.simple_tag
def error_summary(form: forms.Form) -> SafeString:
    """What is wrong in a form, on top of the page, each line a link to its field. Empty when nothing is."""
    if not form.errors:
        return mark_safe("")
    errors = [(name, str(text)) for name, texts in form.errors.items() for text in texts]
    lines = [_line(form, name, text, is_shared=[t for _n, t in errors].count(text) > 1) for name, text in errors]
    return render_to_string("ui/error_summary.html", {"lines": lines})


def _line(form: forms.Form, name: str, text: str, *, is_shared: bool) -> tuple[str, str]:
    """Where a line of the summary leads, and its words: with the field's label when several say the same."""
    if name not in form.fields:
        return "", text
    return anchor_of(form[name]), f"{form[name].label}\u00a0: {text}" if is_shared else text


def anchor_of(bound: BoundField) -> str:
    """The id of the first control of a field, where its line of the summary leads."""
    return f"{bound.auto_id}_0" if _kind(bound) == "choices" else bound.auto_id


@register.filter
def moment(value: datetime | None) -> str:
    return speech.moment(value) if value else ""


@register.filter
def day(value: date | None) -> str:
    return speech.day(value) if value else ""


@register.filter
def hour(value: datetime | None) -> str:
    return speech.hour(value) if value else ""


@register.filter
def ago(value: datetime | date | None) -> str:
    return speech.ago(value) if value else ""


@register.filter
def spoken(number: str) -> str:
    """'2647183092' → '26-4718-3092'."""
    return tracking.spoken(number)


@register.filter
def phone(value: str) -> str:
    """'+14185550123' → '418 555-0123'."""
    return speech.phone(value)


@register.filter
def tel(value: str) -> str:
    """The address behind a telephone number: 'tel:911'."""
    return speech.dialled(value)


@register.filter
def key(value: object) -> str:
    """A primary key as written in an address: '12345', never '12 345'."""
    return str(value)
