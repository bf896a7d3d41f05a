"""How often one visitor may do a thing. Counted in this process's memory and forgotten with it: no address is written.

Generous on purpose: a household, a library or a whole telephone company may share one address. It stops a script, not
a crowd. An address of this machine or of its own network tells nobody apart (a proxy that we don't know of, a
container, a developer), and isn't counted.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

WINDOW_S = 600
_OWN = tuple(ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
MOST_VISITORS = 20_000  # remembered at once; beyond, those who have been quiet are forgotten first


class Pace:
    """At most `most` times in ten minutes each."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def is_kept(self, who: str) -> bool:
        """May this visitor do it once more? Counts nothing."""
        with self._lock:
            return not who or len(self._recent(who)) < self.most

    def count(self, who: str) -> None:
        if not who:
            return
        with self._lock:
            recent = self._recent(who)
            recent.append(time.monotonic())
            self._times[who] = self._times.pop(who, recent)  # last among those to forget
            while len(self._times) > MOST_VISITORS:
                del self._times[next(iter(self._times))]

    def _recent(self, who: str) -> deque[float]:
        times = self._times.get(who, deque())
        while times and times[0] < time.monotonic() - WINDOW_S:
            times.popleft()
        return times


REPORTS_OF_ONE_SESSION = Pace(30)
REPORTS_OF_ONE_ADDRESS = Pace(120)
REPORTS_OF_ONE_MACHINE = Pace(600)  # another city's form, or an application's server, speaks for many
WRONG_NUMBERS = Pace(60)  # whoever tries numbers one by one is looking for other people's reports


def address_of(meta: Mapping[str, Any]) -> str:
    """Where a request comes from. Behind the proxy that speaks https for us, everybody would have its address; the last
    one of X-Forwarded-For is the one that it wrote."""
    forwarded = str(meta.get("HTTP_X_FORWARDED_FOR", "")) if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip()[:60] or str(meta.get("REMOTE_ADDR", ""))


def visitor_at(meta: Mapping[str, Any]) -> str:
    """What tells one visitor's address from another's; '' for one that doesn't."""
    try:
        address = ip_address(address_of(meta).partition("%")[0])
    except ValueError:
        return ""
    if address.is_loopback or any(address in network for network in _OWN):
        return ""
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def may_report(meta: Mapping[str, Any], session: str | None) -> bool:
    """Asked before a report of a resident is taken, and counts it."""
    where = visitor_at(meta)
    if not (REPORTS_OF_ONE_SESSION.is_kept(session or "") and REPORTS_OF_ONE_ADDRESS.is_kept(where)):
        return False
    REPORTS_OF_ONE_SESSION.count(session or "")
    REPORTS_OF_ONE_ADDRESS.count(where)
    return True


def sentence() -> str:
    return _(
        "Beaucoup d’envois sont venus d’ici en peu de temps. Attendez dix minutes, puis recommencez. "
        "Si c’est urgent, appelez le %s."
    ) % str(settings.PARVIS_CITY["phone"])
