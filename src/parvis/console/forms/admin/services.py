"""A service of the catalogue in plain words, French beside English."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.catalogue import editing
from parvis.catalogue.editing import ServiceDraft
from parvis.catalogue.models import Category, Service
from parvis.console.forms.admin.accounts import NamedChoice
from parvis.people.models import Department

MONTHS = (
    (1, _("janvier")), (2, _("février")), (3, _("mars")), (4, _("avril")), (5, _("mai")), (6, _("juin")),
    (7, _("juillet")), (8, _("août")), (9, _("septembre")), (10, _("octobre")), (11, _("novembre")),
    (12, _("décembre")),
)  # fmt: skip

# What each word of a column means, to an administrator.
WORDS: dict[str, list[tuple[Any, str | Promise]]] = {
    "nature": [
        ("intervention", _("Une intervention : la Ville vient faire quelque chose")),
        ("information", _("Un renseignement : la Ville répond")),
        ("complaint", _("Une plainte")),
        ("comment", _("Un commentaire")),
    ],
    "target_unit": [
        ("immediate", _("sur-le-champ")),
        ("business_hours", _("heures ouvrables")),
        ("business_days", _("jours ouvrables")),
        ("calendar_days", _("jours civils")),
    ],
    "target_basis": [
        ("", _("Non précisé")),
        ("policy", _("Une règle ou un engagement de la Ville")),
        ("peer", _("Ce que font des villes comparables")),
        ("assumed", _("Une hypothèse, à confirmer")),
    ],
    "priority": [(1, _("1, la plus pressante")), (2, "2"), (3, "3"), (4, _("4, la moins pressante"))],
    "location_mode": [
        ("address", _("Une adresse")),
        ("point", _("Un point sur la carte, ou une adresse")),
        ("segment", _("Un tronçon de rue")),
        ("none", _("Aucun lieu")),
    ],
    "visibility": [
        ("exact", _("Le lieu exact")),
        ("segment", _("Le milieu du tronçon de rue")),
        ("aggregate", _("Rien sur la carte : compté par secteur")),
        ("never", _("Rien")),
    ],
    "open_data_place": [
        ("exact", _("Le lieu exact")),
        ("segment", _("Le milieu du tronçon de rue")),
        ("quartier", _("Le quartier")),
        ("never", _("Rien")),
    ],
    "photo": [
        ("no", _("On n’en demande pas")),
        ("opt", _("Elle est facultative")),
        ("yes", _("Elle est souhaitée")),
    ],
    "emergency": [
        ("never", _("Jamais une urgence")),
        ("screen", _("Peut en être une : poser d’abord une question")),
        ("always", _("Toujours une urgence : diriger tout de suite")),
    ],
    "screen_route": [
        ("", _("Nulle part")),
        ("911", _("Le 911")),
        ("311_URGENT", _("La ligne d’urgence du 311, option 1")),
        ("POLICE_NU", _("La police, ligne non urgente")),
        ("811", _("Info-Santé 811")),
    ],
}  # fmt: skip


COLUMNS = [column.name.removesuffix("_id") for column in fields(ServiceDraft)]


class Lines(forms.Textarea):
    def __init__(self) -> None:
        super().__init__(attrs={"rows": 5})


class ServiceForm(forms.ModelForm):
    category = NamedChoice(label=_("Famille"), queryset=Category.objects.all(), empty_label=_("Choisissez"))
    department = NamedChoice(
        label=_("Direction responsable"), queryset=Department.objects.all(), empty_label=_("Choisissez")
    )
    season_months = forms.TypedMultipleChoiceField(
        label=_("Mois où le service est offert"),
        help_text=_("Aucun mois coché : toute l’année."),
        choices=MONTHS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Service
        fields = COLUMNS
        widgets = {"synonyms_fr": Lines(), "synonyms_en": Lines()}
        labels = {
            "code": _("Code"),
            "name_fr": _("Nom en français"),
            "name_en": _("Nom en anglais"),
            "nature": _("Ce que c’est"),
            "synonyms_fr": _("Mots des gens, en français"),
            "synonyms_en": _("Mots des gens, en anglais"),
            "target_value": _("Délai visé"),
            "target_unit": _("compté en"),
            "target_after_operation": _("Le délai court à la fin de l’opération de déneigement"),
            "target_basis": _("D’où vient ce délai"),
            "priority": _("Priorité"),
            "location_mode": _("Lieu à indiquer"),
            "visibility": _("Ce que tout le monde voit du lieu"),
            "open_data_place": _("Ce que les données ouvertes disent du lieu"),
            "asset_type": _("Type d’équipement"),
            "duplicate_radius_m": _("Proposer les dossiers semblables à moins de (mètres)"),
            "duplicate_window_days": _("ouverts depuis moins de (jours)"),
            "anonymous_allowed": _("On peut demander sans nom ni coordonnées"),
            "photo": _("Photo"),
            "emergency": _("Urgence"),
            "screen_question_fr": _("Question d’urgence, en français"),
            "screen_question_en": _("Question d’urgence, en anglais"),
            "screen_route": _("Si la réponse est oui, diriger vers"),
            "urgent_line": _("Relève aussi de la ligne d’urgence des réseaux (311, option 1)"),
            "referral_fr": _("À qui s’adresser sinon, en français"),
            "referral_en": _("À qui s’adresser sinon, en anglais"),
            "demand_weight": _("Part des contacts, en %"),
        }
        help_texts = {
            "code": _("Majuscules, chiffres et tirets, par exemple VOI-NID. Il ne change plus ensuite."),
            "synonyms_fr": _("Un par ligne : ce que les gens disent ou tapent. La recherche les comprend."),
            "synonyms_en": _("Un par ligne."),
            "target_value": _("0 si la réponse est donnée sur-le-champ."),
            "target_after_operation": "",
            "asset_type": _("Par exemple troncon ou lampadaire ; vide s’il n’y en a pas."),
            "duplicate_radius_m": _("0 : jamais proposés."),
            "urgent_line": "",
            "referral_fr": _("Une phrase, quand un autre organisme répond parfois à la place de la Ville."),
            "demand_weight": _("Sert à la planification et à la démonstration."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in WORDS.items():
            self.fields[name] = self._choice(name, words)
        if self.instance.pk is not None:
            del self.fields["code"]

    def _choice(self, name: str, words: list[tuple[Any, str | Promise]]) -> forms.TypedChoiceField:
        was = self.fields[name]
        is_whole = isinstance(words[-1][0], int)
        return forms.TypedChoiceField(
            label=was.label,
            help_text=was.help_text,
            choices=words,
            initial=was.initial,
            coerce=int if is_whole else str,
            empty_value="",
            required=words[0][0] != "",
        )

    def save(self, commit: bool = True) -> Service:
        """Hand the form to the catalogue. Raises BadEntry, Unknown."""
        data = self.cleaned_data
        values = {column.name: data[column.name] for column in fields(ServiceDraft) if column.name in data}
        values |= {"category_id": data["category"].pk, "department_id": data["department"].pk}
        values |= {"code": data.get("code", self.instance.code), "season_months": tuple(data["season_months"])}
        return editing.save_service(ServiceDraft(**values), self.instance.pk)

    def groups(self) -> list[Group]:
        """The fields in the order of the page; one that the form lacks is left out."""
        return [Group(legend, self._rows(rows)) for legend, rows in GROUPS]

    def _rows(self, rows: tuple[tuple[str, ...], ...]) -> list[list[BoundField]]:
        bound = [[self[name] for name in names if name in self.fields] for names in rows]
        return [row for row in bound if row]


@dataclass(frozen=True)
class Group:
    """A titled part of the form: rows of one field, or of two side by side."""

    legend: str | Promise
    rows: list[list[BoundField]]


GROUPS: tuple[tuple[str | Promise, tuple[tuple[str, ...], ...]], ...] = (
    (
        _("Ce que les gens lisent et cherchent"),
        (("name_fr", "name_en"), ("code", "category"), ("nature",), ("synonyms_fr", "synonyms_en")),
    ),
    (
        _("Qui s’en occupe, et en combien de temps"),
        (
            ("department", "priority"),
            ("target_value", "target_unit"),
            ("target_after_operation",),
            ("target_basis", "demand_weight"),
        ),
    ),
    (
        _("Ce que la demande contient"),
        (("location_mode", "photo"), ("anonymous_allowed",), ("season_months",)),
    ),
    (
        _("Ce que les autres voient"),
        (("visibility", "open_data_place"), ("duplicate_radius_m", "duplicate_window_days"), ("asset_type",)),
    ),
    (
        _("Urgences et renvois"),
        (
            ("emergency", "screen_route"),
            ("screen_question_fr", "screen_question_en"),
            ("urgent_line",),
            ("referral_fr", "referral_en"),
        ),
    ),
)


class CategoryForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Majuscules, chiffres et tirets, par exemple VOI. Il ne change plus ensuite."),
        max_length=20,
    )
    name_fr = forms.CharField(label=_("Nom en français"), max_length=100)
    name_en = forms.CharField(label=_("Nom en anglais"), max_length=100, required=False)
    position = forms.IntegerField(label=_("Rang dans la liste"), min_value=0, max_value=999, initial=0)

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        if category is not None:
            kwargs["initial"] = {name: getattr(category, name) for name in ("name_fr", "name_en", "position")}
        super().__init__(*args, **kwargs)
        self.category = category
        if category is not None:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Category.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("Ce code est déjà pris. Choisissez-en un autre."))
        return code

    def save(self) -> Category:
        """Raises BadEntry."""
        data = self.cleaned_data
        code = self.category.code if self.category else data["code"]
        return editing.save_category(code, name_fr=data["name_fr"], name_en=data["name_en"], position=data["position"])


class CatalogueFilters(forms.Form):
    q = forms.CharField(label=_("Nom, code ou mot"), required=False, max_length=100)
    category = NamedChoice(
        label=_("Famille"), queryset=Category.objects.all(), required=False, empty_label=_("Toutes les familles")
    )
    retired = forms.BooleanField(label=_("Services retirés"), required=False)
