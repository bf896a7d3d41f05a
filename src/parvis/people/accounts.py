"""Staff accounts: made, changed, closed and reopened. What an account may do comes from its role (permissions.py)."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from parvis.ledger.record import record
from parvis.people import events
from parvis.people.errors import (
    AccountError,
    BadUsername,
    LastAdministrator,
    UnknownChoice,
    UsernameTaken,
    WeakPassword,
)
from parvis.people.models import Agent, Department, Team
from parvis.people.normalising import normalise_email
from parvis.people.permissions import Role
from parvis.people.signing_in import one_time_sign_in, redeem, sign_in
from parvis.shared import text

__all__ = [
    "change_details", "close_account", "create_agent", "one_time_sign_in", "redeem", "reopen", "set_password",
    "set_role", "set_teams", "sign_in",
]  # fmt: skip
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58})[a-z0-9]")
NAME_MAX = 120


def create_agent(
    username: str,
    *,
    name: str,
    role: str,
    email: str = "",
    department: Department | None = None,
    teams: Collection[Team] = (),
    password: str | None = None,
) -> Agent:
    """Open an account. Without a password, its owner comes in by one_time_sign_in() and chooses one.

    Raises BadUsername, UsernameTaken, UnknownChoice, WeakPassword, AccountError, BadContact.
    """
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise BadUsername
    agent = Agent(
        username=username,
        name=_checked_name(name),
        email=normalise_email(email),
        role=_role(role),
        department=department,
    )
    if password is not None:
        _check_password(password, agent)
    agent.set_password(password)
    try:
        with transaction.atomic():
            agent.save(force_insert=True)
            agent.teams.set(teams)
            department_code = department.code if department else ""
            record(events.AgentCreated(agent.role, department_code, _codes(teams)), subject=agent)
    except IntegrityError:
        raise UsernameTaken from None
    return agent


def change_details(agent: Agent, *, name: str, email: str, department: Department | None) -> Agent:
    """Correct who the account belongs to. Raises AccountError, BadContact."""
    wanted = {"name": _checked_name(name), "email": normalise_email(email), "department": department}
    with transaction.atomic():
        agent = _locked(agent)
        changed = tuple(field for field, value in wanted.items() if getattr(agent, field) != value)
        for field in changed:
            setattr(agent, field, wanted[field])
        if changed:
            agent.save(update_fields=changed)
            record(events.AgentDetailsChanged(changed), subject=agent)
        return agent


def set_role(agent: Agent, role: str) -> Agent:
    """Change what the account may do, from its next page on. Raises UnknownChoice, LastAdministrator."""
    role = _role(role)
    with transaction.atomic():
        agent = _locked(agent)
        previous = agent.role
        if role == previous:
            return agent
        if role != Role.ADMINISTRATOR:
            _keep_an_administrator(agent)
        agent.role = role
        agent.save(update_fields=["role"])
        record(events.AgentRoleChanged(role, previous), subject=agent)
        return agent


def set_teams(agent: Agent, teams: Collection[Team]) -> Agent:
    """Say in which teams somebody works: the queues that they see."""
    with transaction.atomic():
        agent = _locked(agent)
        previous = _codes(agent.teams.all())
        if previous != _codes(teams):
            agent.teams.set(teams)
            record(events.AgentTeamsChanged(_codes(teams), previous), subject=agent)
        return agent


def set_password(agent: Agent, password: str) -> Agent:
    """Choose a new password. Every session opened with the old one ends. Raises WeakPassword."""
    _check_password(password, agent)
    with transaction.atomic():
        agent = _locked(agent)
        agent.set_password(password)
        agent.save(update_fields=["password"])
        record(events.AgentPasswordChanged(), subject=agent)
        return agent


def close_account(agent: Agent) -> Agent:
    """Refuse this person from now on, their open sessions included. What they did keeps their name.

    Raises LastAdministrator.
    """
    with transaction.atomic():
        agent = _locked(agent)
        if agent.is_active:
            _keep_an_administrator(agent)
            agent.is_active = False
            agent.save(update_fields=["is_active"])
            record(events.AgentClosed(), subject=agent)
        return agent


def reopen(agent: Agent) -> Agent:
    """Let a closed account in again, with the role, the teams and the password that it had."""
    with transaction.atomic():
        agent = _locked(agent)
        if not agent.is_active:
            agent.is_active = True
            agent.save(update_fields=["is_active"])
            record(events.AgentReopened(), subject=agent)
        return agent


def _locked(agent: Agent) -> Agent:
    return Agent.objects.select_for_update().get(pk=agent.pk)


def _keep_an_administrator(leaving: Agent) -> None:
    """Somebody must be left who can give roles. Locks them all: two administrators can't demote each other at once."""
    if leaving.role != Role.ADMINISTRATOR:
        return
    open_accounts = Agent.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    if all(agent == leaving for agent in open_accounts):
        raise LastAdministrator


def _role(role: str) -> str:
    if role not in Role.values:
        raise UnknownChoice("role")
    return str(Role(role).value)


def _checked_name(name: str) -> str:
    name = " ".join(text.clean(name).split())
    if not name or len(name) > NAME_MAX:
        raise AccountError("name", _("Écrivez un nom de 1 à 120 caractères."))
    return name


def _check_password(password: str, agent: Agent) -> None:
    try:
        validate_password(password, agent)
    except ValidationError as weak:
        raise WeakPassword(list(weak.messages)) from None


def _codes(teams: Collection[Team]) -> tuple[str, ...]:
    return tuple(sorted(team.code for team in teams))
