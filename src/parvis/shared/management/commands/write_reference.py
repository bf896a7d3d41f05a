from __future__ import annotations

from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Write the reference pages of docs/ from the code."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        reference = import_module("parvis.config.reference")  # by name: config is above this room
        reference.FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in reference.pages().items():
            (reference.FOLDER / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/reference/{name}")
