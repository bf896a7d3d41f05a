from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from parvis.console.forms.admin.accounts import NamedChoice
from parvis.people import organising
from parvis.people.models import Department, Team
from parvis.places.models import Zone

CODE = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9_-]*\Z", _("Choisissez des lettres sans accent, des chiffres ou des traits d’union.")
)
CODE_HINT = _("Court et durable, par exemple VOI-NORD. Il ne change plus ensuite.")
SERVED = (Zone.Kind.BOROUGH, Zone.Kind.NEIGHBOURHOOD, Zone.Kind.DISTRICT, Zone.Kind.SECTOR)


def zone_label(zone: Zone) -> str:
    return f"{zone.get_kind_display()} · {zone.name}"


class ZonesChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, zone: Any) -> str:
        return zone_label(zone)


def code_field(max_length: int) -> forms.CharField:
    return forms.CharField(label=_("Code"), help_text=CODE_HINT, validators=[CODE], max_length=max_length)


class _CodedForm(forms.Form):
    """A row found by its code, which is chosen once."""

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        if row is not None:
            del self.fields["code"]

    def _code(self) -> str:
        return str(self.row.code if self.row is not None else self.cleaned_data["code"])

    def _refuse_taken(self, model: type[Department] | type[Team]) -> str:
        code = str(self.cleaned_data["code"])
        if model._default_manager.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("Ce code est déjà pris. Choisissez-en un autre."))
        return code


class DepartmentForm(_CodedForm):
    code = code_field(20)
    name_fr = forms.CharField(label=_("Nom en français"), max_length=160)
    name_en = forms.CharField(label=_("Nom en anglais"), max_length=160, required=False)

    def __init__(self, *args: Any, row: Department | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {"name_fr": row.name_fr, "name_en": row.name_en}
        super().__init__(*args, row=row, **kwargs)

    def clean_code(self) -> str:
        return self._refuse_taken(Department)

    def save(self) -> Department:
        data = self.cleaned_data
        return organising.save_department(self._code(), name_fr=data["name_fr"], name_en=data["name_en"])


class TeamForm(_CodedForm):
    code = code_field(30)
    name_fr = forms.CharField(label=_("Nom en français"), max_length=120)
    name_en = forms.CharField(label=_("Nom en anglais"), max_length=120, required=False)
    department = NamedChoice(label=_("Direction"), queryset=Department.objects.all(), empty_label=_("Choisissez"))
    zones = ZonesChoice(
        label=_("Secteurs servis"),
        help_text=_("Aucun : toute la ville."),
        queryset=Zone.objects.filter(kind__in=SERVED, valid_to=None).order_by("kind", "name").defer("geometry"),
        required=False,
    )
    is_active = forms.BooleanField(
        label=_("Équipe en activité"),
        help_text=_("Une équipe retirée garde ses dossiers et n’en reçoit plus."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, row: Team | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {
                "name_fr": row.name_fr,
                "name_en": row.name_en,
                "department": row.department_id,
                "is_active": row.is_active,
                "zones": [zone.pk for zone in row.zones.all()],
            }
        super().__init__(*args, row=row, **kwargs)

    def clean_code(self) -> str:
        return self._refuse_taken(Team)

    def save(self) -> Team:
        data = self.cleaned_data
        return organising.save_team(
            self._code(),
            name_fr=data["name_fr"],
            name_en=data["name_en"],
            department=data["department"],
            zones=data["zones"],
            is_active=data["is_active"],
        )
