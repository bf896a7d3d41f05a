"""What config/flow.py hands down to this lowest room, which never imports upwards: found by name."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings


def wired(name: str, default: Any) -> Any:
    """The value called `name` in the module that holds the flow (settings.PARVIS_FLOW), or `default`."""
    module = import_module(settings.PARVIS_FLOW.rpartition(".")[0])
    return getattr(module, name, default)
