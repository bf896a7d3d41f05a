from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from parvis.people.permissions import Role, allows
from parvis.places.models import Zone
from parvis.shared import clock
from parvis.shared.personal import PersonalCharField, PersonalEmailField


class Department(models.Model):
    """A direction or division of the city: the second line."""

    code = models.CharField(max_length=20, unique=True)
    name_fr = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)

    class Meta:
        db_table = "people_department"
        ordering = ["name_fr"]

    def __str__(self) -> str:
        return self.name_fr


class Team(models.Model):
    """People of a department who share a queue, with the zones that they serve (none: the whole city)."""

    code = models.CharField(max_length=30, unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="teams")
    zones = models.ManyToManyField(Zone, blank=True, related_name="+", db_table="people_team_zone")
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "people_team"
        ordering = ["name_fr"]

    def __str__(self) -> str:
        return self.name_fr


class AgentManager(BaseUserManager["Agent"]):
    """Django's own interface for making accounts; `parvis createsuperuser` calls it."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Agent:
        agent = self.model(username=username.strip().lower(), **fields)
        agent.set_password(password)
        agent.save(using=self._db)
        return agent

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> Agent:
        return self.create_user(username, password, role=Role.ADMINISTRATOR, **fields)


class Agent(AbstractBaseUser):
    """A member of staff, any line. What they may do comes from their role alone (permissions.py)."""

    username = models.CharField(max_length=60, unique=True)
    name = PersonalCharField(max_length=120)
    email = PersonalEmailField(blank=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.FIRST_LINE)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="agents")
    teams = models.ManyToManyField(Team, blank=True, related_name="agents", db_table="people_agent_team")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = AgentManager()

    class Meta:
        db_table = "people_agent"
        ordering = ["name"]

    def __str__(self) -> str:
        return str(self.name)

    def may(self, permission: str) -> bool:
        """Does this person's role hold `permission`? False for an account that was closed."""
        return self.is_active and allows(Role(self.role), permission)


class Person(models.Model):
    """Somebody who asked. Found again by e-mail or phone, both normalised; every column here is personal."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = PersonalCharField(max_length=120, blank=True)
    email = PersonalEmailField(blank=True)  # lower case
    phone = PersonalCharField(max_length=20, blank=True)  # E.164: +14185550123
    phone_extension = PersonalCharField(max_length=6, blank=True)  # "12", inside an organisation
    language = models.CharField(max_length=2, default="fr", choices=[("fr", "français"), ("en", "English")])
    created_at = models.DateTimeField(default=clock.now)
    last_contact_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_person"
        indexes = [
            models.Index(fields=["email"], name="people_person_email", condition=~models.Q(email="")),
            models.Index(fields=["phone"], name="people_person_phone", condition=~models.Q(phone="")),
        ]

    def __str__(self) -> str:
        return self.name or str(self.public_id)

    @property
    def is_reachable(self) -> bool:
        return bool(self.email or self.phone)


class Consent(models.Model):
    """What a person agreed to, when, and in which words: kept as proof, withdrawn by a date, never deleted."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=30)  # consents.Purpose
    wording = models.CharField(max_length=30)  # version of the sentence shown: "survey-1"
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_consent"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="people_consent_one_standing_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"


class SignInCounter(models.Model):
    """How often signing in was tried lately by one name, from one address: a keyed hash, which can't be read back."""

    key = models.CharField(max_length=64, primary_key=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_sign_in_counter"

    def __str__(self) -> str:
        return f"{self.key[:8]}… {self.attempts}"
