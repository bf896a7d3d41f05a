"""The first start of a house: somebody must be able to come in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from parvis.ledger import context
from parvis.people import accounts
from parvis.people.models import Agent
from parvis.people.permissions import Role


def administrators_link() -> str | None:
    """Path of a one-time sign-in for the first administrator; None once an administrator has a password.

    Makes the account `admin` where there is no administrator at all. A lost link is replaced at the next start.
    """
    administrators = Agent.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    if any(agent.has_usable_password() for agent in administrators):
        return None
    with context.acting(actor="system", channel="system"):
        administrator = administrators.first() or accounts.create_agent(
            _free_username(), name=_("Administration"), role=Role.ADMINISTRATOR
        )
        return f"/console/entrer/{accounts.one_time_sign_in(administrator)}"


def _free_username() -> str:
    taken = set(Agent.objects.filter(username__startswith="admin").values_list("username", flat=True))
    return next(name for name in ("admin", *(f"admin{n}" for n in range(2, 1000))) if name not in taken)
