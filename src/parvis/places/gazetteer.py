"""The list of streets, crossings and public places, held in memory."""

from __future__ import annotations


def load_demo() -> None:
    """Load the invented streets, places and zones that ship with Parvis. Again changes nothing."""
