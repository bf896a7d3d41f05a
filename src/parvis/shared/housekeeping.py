"""Small chores that any Django house has."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings


def clear_sessions() -> None:
    """Delete the sign-ins that have expired."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
