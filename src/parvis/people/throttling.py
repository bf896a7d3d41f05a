"""Too many wrong passwords for one name, or from one address, and the door stays shut for some minutes.

Counted before the password is looked at, so that a hundred guesses at once are a hundred guesses. A name that doesn't
exist is counted and locked like any other: the answer says nothing of who works here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from parvis.people.errors import SignInLocked
from parvis.people.models import SignInCounter
from parvis.shared import clock


@dataclass(frozen=True)
class Limit:
    """How many attempts within the window, and how long the door stays shut after the last of them."""

    what: str
    attempts: int
    lock: timedelta


# A name and an address together are strict. Alone they are loose: a name, so that nobody outside can lock a colleague
# out for the price of five guesses; an address, because a whole call centre leaves by the same one.
LIMITS = (
    Limit("both", 5, timedelta(minutes=5)),
    Limit("name", 50, timedelta(minutes=5)),
    Limit("address", 100, timedelta(minutes=15)),
)
WINDOW = timedelta(minutes=15)  # attempts older than this are forgotten
KEPT = timedelta(days=1)


def count_attempt(username: str, address: str) -> None:
    """Count one try against its name and its address. Raises SignInLocked, and counts nothing, while locked."""
    now = clock.now()
    with transaction.atomic():
        _forget_before(now - KEPT)
        counters = [(limit, _counter(limit, username, address)) for limit in LIMITS]
        shut = [counter.locked_until for _, counter in counters if counter.locked_until and counter.locked_until > now]
        if not shut:
            for limit, counter in counters:
                _count(limit, counter)
    if shut:
        raise SignInLocked(minutes=-(-int((max(shut) - now).total_seconds()) // 60) or 1)


def forgive(username: str, address: str) -> None:
    """The password was right: forget the tries of this name from this address, and take this one off the others."""
    with transaction.atomic():
        for limit in LIMITS:
            counter = _counter(limit, username, address)
            counter.attempts = 0 if limit.what == "both" else max(0, counter.attempts - 1)
            counter.locked_until = None
            counter.save()


def _forget_before(moment: datetime) -> None:
    """Skips what another sign-in is sweeping: two of them never wait on each other."""
    stale = SignInCounter.objects.select_for_update(skip_locked=True).filter(last_at__lt=moment)
    SignInCounter.objects.filter(pk__in=list(stale.values_list("pk", flat=True)[:100])).delete()


def _counter(limit: Limit, username: str, address: str) -> SignInCounter:
    counter, _ = SignInCounter.objects.select_for_update().get_or_create(
        key=_key(limit, username, address), defaults={"first_at": clock.now(), "last_at": clock.now()}
    )
    return counter


def _key(limit: Limit, username: str, address: str) -> str:
    parts = {"both": f"{username}\n{address}", "name": username, "address": address}
    return salted_hmac(f"parvis.people.throttling.{limit.what}", parts[limit.what], algorithm="sha256").hexdigest()


def _count(limit: Limit, counter: SignInCounter) -> None:
    now = clock.now()
    if counter.first_at < now - WINDOW:
        counter.attempts, counter.first_at = 0, now
    counter.attempts += 1
    counter.last_at = now
    if counter.attempts >= limit.attempts:
        counter.attempts, counter.first_at, counter.locked_until = 0, now, now + limit.lock
    counter.save()
