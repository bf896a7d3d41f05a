"""ServingError: the house can't open; its text says why and what to do."""

from __future__ import annotations


class ServingError(Exception):
    code = "serving"
