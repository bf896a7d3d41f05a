"""Signing in: by password, or by a link that works once and for half an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from parvis.ledger import context
from parvis.ledger.record import record
from parvis.people import events, throttling
from parvis.people.errors import SignInRefused
from parvis.people.models import Agent
from parvis.shared import clock

LINK_MINUTES = 30
_SALT = "parvis.people.one_time_sign_in"


def sign_in(username: str, password: str, *, address: str = "") -> Agent:
    """The account that this name and password open. `address`: where the attempt comes from, to slow down guessing.

    A wrong password, an unknown name and a closed account are told alike. Raises SignInRefused, SignInLocked.
    """
    username = username.strip().lower()
    throttling.count_attempt(username, address)
    agent = authenticate(None, username=username, password=password)
    if not isinstance(agent, Agent):
        raise SignInRefused
    throttling.forgive(username, address)
    with transaction.atomic():
        Agent.objects.select_for_update().get(pk=agent.pk)
        _record_entry(agent, "password")
    return agent


def _record_entry(agent: Agent, by: str) -> None:
    """Signed by the person who comes in: the request itself is nobody's yet."""
    with context.acting(actor=f"agent:{agent.pk}"):
        record(events.AgentSignedIn(by), subject=agent)


def one_time_sign_in(agent: Agent) -> str:
    """A token that signs this person in once, within half an hour, unless they sign in or change password before.

    Nothing of it is stored: it is signed, and bound to the password and the last sign-in as they stand.
    """
    until = clock.now() + timedelta(minutes=LINK_MINUTES)
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(pk=agent.pk)
        record(events.AgentLinkMade(LINK_MINUTES), subject=agent)
    return signing.dumps([agent.pk, int(until.timestamp()), _state_of(agent)], salt=_SALT)


def redeem(token: str) -> Agent | None:
    """The account of a one-time token, which dies of it; None if it was used, is too old or was tampered with."""
    try:
        pk, until, state = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if clock.now().timestamp() >= until:
        return None
    with transaction.atomic():
        agent = Agent.objects.select_for_update().filter(pk=pk, is_active=True).first()
        if agent is None or not constant_time_compare(_state_of(agent), state):
            return None
        _use_up(agent, clock.now())
        _record_entry(agent, "link")
        return agent


def _use_up(agent: Agent, now: datetime) -> None:
    """A later last sign-in makes every token given out so far worthless."""
    floor = agent.last_login + timedelta(microseconds=1) if agent.last_login else now
    agent.last_login = max(now, floor)
    agent.save(update_fields=["last_login"])


def _state_of(agent: Agent) -> str:
    """What changes when the account is used: not readable back, and not guessable without the secret key."""
    last = agent.last_login.isoformat() if agent.last_login else ""
    return salted_hmac(_SALT, f"{agent.pk}|{agent.password}|{last}", algorithm="sha256").hexdigest()[:32]
