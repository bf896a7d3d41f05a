from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.shared import serving


class Command(BaseCommand):
    """`parvis serve`: web, jobs and timetable, from an empty folder on."""

    help = "Open the house: web pages, background jobs and timetable, in one process tree. Makes what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="default: PORT of the environment, else 3110")
        parser.add_argument("--host", default="127.0.0.1", help="beyond this machine, PARVIS_URL must be set")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            serving.serve(options["host"], serving.port_from(options["port"]), say=self._say)
        except serving.ServingError as refusal:
            raise CommandError(str(refusal)) from None

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
