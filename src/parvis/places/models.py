from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.shared.personal import PersonalCharField


class Zone(models.Model):
    """A polygon of the city or beside it: borough, neighbourhood, electoral district, collection sector, neighbour."""

    class Kind(models.TextChoices):
        CITY = "city", _("Ville")
        BOROUGH = "borough", _("Arrondissement")
        NEIGHBOURHOOD = "neighbourhood", _("Quartier")
        DISTRICT = "district", _("District électoral")
        SECTOR = "sector", _("Secteur de collecte")
        NEIGHBOUR = "neighbour", _("Ville voisine")  # outside the city: `phone` says whom to call

    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    website = models.CharField(max_length=200, blank=True)
    geometry = models.BinaryField()  # WKB, WGS84 (Multi)Polygon, made valid
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "places_zone"
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="places_zone_code_once_per_kind")]

    def __str__(self) -> str:
        return self.name


class Street(models.Model):
    """A named street, with the words that tell it from others: 'Boulevard René-Lévesque Ouest'."""

    name = models.CharField(max_length=120, unique=True)  # as the city writes it
    generic = models.CharField(max_length=40, blank=True)  # Boulevard
    link = models.CharField(max_length=20, blank=True)  # de la
    specific = models.CharField(max_length=100)  # René-Lévesque
    direction = models.CharField(max_length=10, blank=True)  # Ouest
    key = models.CharField(max_length=120, db_index=True)  # folded, expanded words, for look-up

    class Meta:
        db_table = "places_street"

    def __str__(self) -> str:
        return self.name


class Segment(models.Model):
    """A stretch of street between two crossings, with the civic numbers on each side. The public unit of place."""

    code = models.CharField(max_length=40, unique=True)  # the city's own id
    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="segments")
    left_from = models.PositiveIntegerField(null=True)
    left_to = models.PositiveIntegerField(null=True)
    right_from = models.PositiveIntegerField(null=True)
    right_to = models.PositiveIntegerField(null=True)
    speed_limit_kmh = models.PositiveSmallIntegerField(null=True)
    length_m = models.FloatField()
    geometry = models.BinaryField()  # WKB, WGS84 LineString
    mid_lon = models.FloatField()  # the point published instead of an address
    mid_lat = models.FloatField()

    class Meta:
        db_table = "places_segment"

    def __str__(self) -> str:
        return f"{self.street_id} {self.code}"


class PublicPlace(models.Model):
    """A park, a library, an arena: a place that people name instead of an address."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=80, blank=True)
    civic_number = models.CharField(max_length=12, blank=True)
    street_name = models.CharField(max_length=120, blank=True)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        db_table = "places_public_place"

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One row: changes with every change to zones, streets and public places, so that processes reload their index."""

    token = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "places_edition"

    def __str__(self) -> str:
        return self.token


class Precision(models.TextChoices):
    """How well a position is known; an upper bound of the usual error in metres is in PRECISION_M."""

    POINT = "point", _("point indiqué")  # a finger on the map, a phone's position
    ADDRESS = "address", _("adresse")  # a listed address or public place
    INTERPOLATED = "interpolated", _("numéro estimé sur le tronçon")
    SEGMENT = "segment", _("tronçon de rue")
    STREET = "street", _("rue")
    ZONE = "zone", _("secteur")
    NONE = "none", _("sans lieu")


PRECISION_M = {
    "point": 15,
    "address": 30,
    "interpolated": 75,
    "segment": 150,
    "street": 1000,
    "zone": 3000,
    "none": None,
}


class Place(models.Model):
    """Where one thing is: what was said, what was found, and how precisely. Its exact address is personal data."""

    label = PersonalCharField(max_length=200, blank=True)  # "1045, rue Saint-Jean", as shown to staff
    street = models.ForeignKey(Street, null=True, on_delete=models.PROTECT, related_name="places")
    segment = models.ForeignKey(Segment, null=True, on_delete=models.PROTECT, related_name="places")
    public_label = models.CharField(max_length=200, blank=True)  # street and crossing, never a civic number
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    precision = models.CharField(max_length=14, choices=Precision.choices, default=Precision.NONE)
    borough = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "places_place"

    def __str__(self) -> str:
        return self.label or self.public_label
