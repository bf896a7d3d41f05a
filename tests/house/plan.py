"""The plan of the house, read where it is written: the layers contract of pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "src" / "parvis"
_CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
# Top first; rooms of one layer share a rank.
LAYERS = [[room.strip() for room in layer.split("|")] for layer in _CONTRACTS[0]["layers"]]
RANK = {room: -rank for rank, layer in enumerate(LAYERS) for room in layer}
FACES = {"portal", "console", "channels"}


def room_of(module: str) -> str:
    """'parvis.cases.models.case' → 'cases'."""
    return module.split(".")[1]
