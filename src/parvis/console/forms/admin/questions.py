"""A question of a service, its proposed answers and the condition under which it is asked; all without script."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from parvis.catalogue.asking import option_word
from parvis.catalogue.models import Question
from parvis.shared import text

SPARE_ROWS = 4
CHOSEN = (Question.Kind.CHOICE, Question.Kind.MULTI)
KINDS = (
    (Question.Kind.TEXT, _("Un texte")),
    (Question.Kind.INTEGER, _("Un nombre entier")),
    (Question.Kind.NUMBER, _("Un nombre")),
    (Question.Kind.DATE, _("Une date")),
    (Question.Kind.DATETIME, _("Une date et une heure")),
    (Question.Kind.CHOICE, _("Un choix dans une liste")),
    (Question.Kind.MULTI, _("Plusieurs choix dans une liste")),
)


class QuestionForm(forms.Form):
    label_fr = forms.CharField(label=_("Question en français"), max_length=240)
    label_en = forms.CharField(label=_("Question en anglais"), max_length=240, required=False)
    kind = forms.ChoiceField(label=_("La réponse est"), choices=KINDS)
    is_required = forms.BooleanField(label=_("Il faut y répondre"), required=False)
    condition = forms.MultipleChoiceField(
        label=_("Poser seulement si une de ces réponses est donnée"),
        help_text=_("Aucune : la question est toujours posée. Toutes les réponses cochées sont d’une même question."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, question: Question, earlier: list[Question], **kwargs: Any) -> None:
        """`question`: the row to edit, saved or new; `earlier`: the questions before it."""
        condition = question.condition or {}
        kwargs["initial"] = {
            "label_fr": question.label_fr,
            "label_en": question.label_en,
            "kind": question.kind or Question.Kind.TEXT,
            "is_required": question.is_required,
            "condition": [f"{condition['key']}={value}" for value in condition["in"]] if condition else [],
        }
        super().__init__(*args, **kwargs)
        offered = [
            (f"{parent.key}={option['value']}", f"{parent.label} → {option_word(option)}")
            for parent in earlier
            if parent.kind in CHOSEN
            for option in parent.options
        ]
        if offered:
            self.fields["condition"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["condition"]

    def clean_condition(self) -> dict[str, Any] | None:
        pairs = [pair.partition("=") for pair in self.cleaned_data["condition"]]
        keys = {key for key, _equals, _value in pairs}
        if len(keys) > 1:
            raise forms.ValidationError(_("Cochez des réponses d’une seule question."))
        return {"key": keys.pop(), "in": [value for _key, _equals, value in pairs]} if keys else None


class OptionForm(forms.Form):
    """One proposed answer. Emptied of its words, it goes away."""

    fr = forms.CharField(label=_("En français"), max_length=200, required=False)
    en = forms.CharField(label=_("En anglais"), max_length=200, required=False)
    rank = forms.IntegerField(label=_("Rang"), min_value=1, max_value=999, required=False)
    value = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("en") and not data.get("fr"):
            self.add_error("fr", _("Écrivez aussi cette réponse en français."))
        return data


class BaseOptions(BaseFormSet):
    def options(self) -> list[dict[str, str]]:
        """[{"value", "fr", "en"}] in the order of their ranks; a new answer gets a value made of its French."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("fr")]
        rows.sort(key=lambda row: row.get("rank") or 1000)
        taken = {row["value"] for row in rows if row["value"]}
        options = []
        for row in rows:
            value = row["value"] or _free(slug(row["fr"]), taken)
            taken.add(value)
            option = {"value": value, "fr": row["fr"]}
            options.append(option | {"en": row["en"]} if row["en"] else option)
        return options


OptionFormSet = formset_factory(OptionForm, formset=BaseOptions, extra=SPARE_ROWS, max_num=100, absolute_max=120)


def option_formset(data: Any, question: Question) -> Any:
    initial = [dict(option) | {"rank": rank} for rank, option in enumerate(question.options, start=1)]
    return OptionFormSet(data, initial=initial, prefix="options")


def slug(words: str) -> str:
    """'Bac brisé ou volé' → 'bac_brise_ou_vole': the lasting name of an answer or a question."""
    return "_".join(text.words(words))[:40].strip("_") or "x"


def free_key(label: str, taken: set[str]) -> str:
    return _free(slug(label), taken)


def _free(wanted: str, taken: set[str]) -> str:
    stem, number = re.sub(r"_\d+$", "", wanted), 1
    while wanted in taken:
        number += 1
        wanted = f"{stem[:36]}_{number}"
    return wanted
