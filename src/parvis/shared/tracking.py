"""Tracking numbers such as 26-4718-3092: year, seven random digits, one check digit.

Digits only, because B, D, P and T sound alike on the phone. The check digit follows H. Michael Damm's
quasigroup (Total anti-symmetrische Quasigruppen, Marburg 2004): it catches every single wrong digit and every swap
of two neighbours.
"""

from __future__ import annotations

import re
import secrets

_QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = _QUASIGROUP[interim][int(digit)]
    return str(interim)


def new(year: int) -> str:
    """Ten digits, e.g. '2647183092'. Random, so that one number says nothing of the next."""
    digits = f"{year % 100:02d}{secrets.randbelow(10**7):07d}"
    return digits + check_digit(digits)


def read(typed: str) -> str | None:
    """The ten digits of what a person typed or said, with or without dashes and spaces; None if it isn't one."""
    if len(typed) > 40 or not re.fullmatch(r"[\s0-9.\-–—‑#]+", typed):
        return None
    digits = re.sub(r"[^0-9]", "", typed)
    return digits if len(digits) == 10 and check_digit(digits) == "0" else None


def spoken(number: str) -> str:
    """'2647183092' as people read it: '26-4718-3092'."""
    return f"{number[:2]}-{number[2:6]}-{number[6:]}"
