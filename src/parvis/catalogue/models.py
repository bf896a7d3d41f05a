from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.people.models import Department, Team
from parvis.places.models import Zone
from parvis.shared.bilingual import in_language


class Category(models.Model):
    """A family of services, as residents browse them."""

    code = models.CharField(max_length=20, unique=True)
    name_fr = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "catalogue_category"
        ordering = ["position", "name_fr"]

    def __str__(self) -> str:
        return self.name_fr

    @property
    def name(self) -> str:
        return in_language(self, "name")


class Service(models.Model):
    """One thing that people can ask of the city, with what to ask them, who does it and how fast."""

    class Nature(models.TextChoices):
        INTERVENTION = "intervention", _("Intervention")
        INFORMATION = "information", _("Information")
        COMPLAINT = "complaint", _("Plainte")
        COMMENT = "comment", _("Commentaire")

    class Unit(models.TextChoices):
        IMMEDIATE = "immediate", _("immédiat")
        BUSINESS_HOURS = "business_hours", _("heures ouvrables")
        BUSINESS_DAYS = "business_days", _("jours ouvrables")
        CALENDAR_DAYS = "calendar_days", _("jours civils")

    class LocationMode(models.TextChoices):
        ADDRESS = "address", _("Adresse")
        POINT = "point", _("Point")
        SEGMENT = "segment", _("Tronçon")
        NONE = "none", _("Aucun lieu")

    class Visibility(models.TextChoices):
        """How much of the place strangers see."""

        EXACT = "exact", _("Lieu exact")
        SEGMENT = "segment", _("Milieu du tronçon")
        AGGREGATE = "aggregate", _("Compté par secteur")
        NEVER = "never", _("Jamais")

    class Photo(models.TextChoices):
        NO = "no", _("Pas de photo")
        OPTIONAL = "opt", _("Facultative")
        WANTED = "yes", _("Souhaitée")

    code = models.CharField(max_length=30, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="services")
    name_fr = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    nature = models.CharField(max_length=12, choices=Nature.choices)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="services")
    target_value = models.PositiveSmallIntegerField(default=0)
    target_unit = models.CharField(max_length=16, choices=Unit.choices, default=Unit.BUSINESS_DAYS)
    target_after_operation = models.BooleanField(
        default=False, help_text=_("Le délai court à la fin de l’opération de déneigement.")
    )
    target_basis = models.CharField(max_length=12, blank=True)  # policy, peer, assumed
    priority = models.PositiveSmallIntegerField(default=3)  # 1 (most urgent) to 4
    location_mode = models.CharField(max_length=10, choices=LocationMode.choices, default=LocationMode.ADDRESS)
    anonymous_allowed = models.BooleanField(default=True)
    photo = models.CharField(max_length=4, choices=Photo.choices, default=Photo.OPTIONAL)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.NEVER)
    open_data_place = models.CharField(max_length=10, default="never")
    season_months = models.JSONField(default=list)  # [11, 12, 1, 2, 3, 4]; empty: all year
    asset_type = models.CharField(max_length=30, blank=True)
    duplicate_radius_m = models.PositiveSmallIntegerField(default=0)  # 0: never proposed as a duplicate
    duplicate_window_days = models.PositiveSmallIntegerField(default=0)
    urgent_line = models.BooleanField(
        default=False, help_text=_("Relève de la ligne d’urgence des réseaux (311, option 1).")
    )
    emergency = models.CharField(max_length=8, default="never")  # never, screen, always
    screen_question_fr = models.CharField(max_length=240, blank=True)
    screen_question_en = models.CharField(max_length=240, blank=True)
    screen_route = models.CharField(max_length=20, blank=True)  # 911, 311_URGENT, POLICE_NU, 811
    referral_fr = models.CharField(max_length=240, blank=True)
    referral_en = models.CharField(max_length=240, blank=True)
    synonyms_fr = models.TextField(blank=True)  # one per line
    synonyms_en = models.TextField(blank=True)
    demand_weight = models.FloatField(default=0)  # share of contacts in %, for the demonstration and planning
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "catalogue_service"
        ordering = ["name_fr"]

    def __str__(self) -> str:
        return self.name_fr

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def screen_question(self) -> str:
        return in_language(self, "screen_question")

    @property
    def referral(self) -> str:
        return in_language(self, "referral")

    def is_in_season(self, month: int) -> bool:
        return not self.season_months or month in self.season_months


class Question(models.Model):
    """One thing that a service needs to know, with the condition under which it is asked."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Texte")
        INTEGER = "integer", _("Nombre entier")
        NUMBER = "number", _("Nombre")
        DATE = "date", _("Date")
        DATETIME = "datetime", _("Date et heure")
        CHOICE = "choice", _("Un choix")
        MULTI = "multi", _("Plusieurs choix")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label_fr = models.CharField(max_length=240)
    label_en = models.CharField(max_length=240, blank=True)
    is_required = models.BooleanField(default=False)
    options = models.JSONField(default=list)  # [{"value": "unifam", "fr": "Maison", "en": "House"}]
    condition = models.JSONField(null=True, blank=True)  # {"key": "raison", "in": ["brise"]}: asked only then

    class Meta:
        db_table = "catalogue_question"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["service", "key"], name="catalogue_question_key_once_per_service")
        ]

    def __str__(self) -> str:
        return self.label_fr

    @property
    def label(self) -> str:
        return in_language(self, "label")


class RoutingRule(models.Model):
    """Which team takes a service in a zone. The first match by position wins; no zone means everywhere."""

    position = models.PositiveSmallIntegerField(default=0)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="rules")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.CASCADE, related_name="rules")
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="rules")

    class Meta:
        db_table = "catalogue_routing_rule"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.position}: {self.service or self.category or '*'} → {self.team}"


class Calendar(models.Model):
    """Opening hours of the city or of some teams. One calendar is the city's own (`is_default`)."""

    code = models.CharField(max_length=30, unique=True)
    name_fr = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    hours = models.JSONField(default=dict)  # {"0": [["08:00", "19:00"]], …}: Monday is 0; a day left out is closed
    observes_holidays = models.BooleanField(default=True)  # the public holidays of Québec
    municipal_days = models.JSONField(default=list, blank=True)  # codes of closures.MUNICIPAL_DAYS that apply
    is_default = models.BooleanField(default=False)
    teams = models.ManyToManyField(Team, blank=True, related_name="calendars", db_table="catalogue_calendar_team")

    class Meta:
        db_table = "catalogue_calendar"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="catalogue_calendar_one_default",
            )
        ]

    def __str__(self) -> str:
        return self.name_fr

    @property
    def name(self) -> str:
        return in_language(self, "name")


class ExceptionalDay(models.Model):
    """A day that differs from the rule: closed (no hours) or open at other hours, with the reason people read."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="exceptional_days")
    day = models.DateField()
    hours = models.JSONField(default=list)  # [["08:30", "13:00"]]; empty: closed
    reason_fr = models.CharField(max_length=160)
    reason_en = models.CharField(max_length=160, blank=True)

    class Meta:
        db_table = "catalogue_exceptional_day"
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="catalogue_exceptional_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.reason_fr}"

    @property
    def reason(self) -> str:
        return in_language(self, "reason")
