from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.places.errors import BadFile
from parvis.places.evaluation import Evaluation, Miss, evaluate


class Command(BaseCommand):
    help = "Geocode the addresses of public places (GeoJSON) and tell how far the answers are from their points."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--far", type=float, default=500, help="list answers farther than this many metres")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = evaluate(options["file"], options["far"])
        except BadFile as error:
            raise CommandError(error.sentence) from error
        self._tell(outcome)

    def _tell(self, outcome: Evaluation) -> None:
        self.stdout.write(f"asked     {outcome.asked}")
        self.stdout.write(f"found     {len(outcome.errors_m)}  ({outcome.found_share:.1%})")
        self.stdout.write(f"placed    {outcome.placed_share:.1%} on a segment, the others on the street")
        self.stdout.write(f"error     median {outcome.median_m:.0f} m, 90 % within {outcome.p90_m:.0f} m")
        for precision, count in outcome.precisions.most_common():
            self.stdout.write(f"          {precision:14} {count}")
        for title, misses in (("unknown", outcome.unknown), ("far", outcome.far)):
            for miss in sorted(misses, key=_farthest):
                away = "" if miss.error_m is None else f"{miss.error_m:6.0f} m  "
                self.stdout.write(f"{title:9} {away}{miss.address}  →  {miss.answer or '?'}")


def _farthest(miss: Miss) -> float:
    return -(miss.error_m or 0)
