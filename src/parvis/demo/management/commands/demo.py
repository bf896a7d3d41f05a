"""`parvis demo`: the invented city in a folder of its own, served at once, its year growing behind the first page."""

import subprocess
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from parvis.demo.cast import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Make the demonstration city (once) and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=3110)
        parser.add_argument("--reports", type=int, default=5000, help="how many reports the year holds")
        parser.add_argument("--no-serve", action="store_true", help="make everything, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        from parvis.demo import city
        from parvis.shared.serving import folder

        folder.make()
        folder.migrate()
        city.make()
        if options["no_serve"]:
            call_command("demo_grow", reports=options["reports"], breathe=0.0)
            return
        self._print_accounts(options["port"])
        command = [sys.executable, "-m", "parvis", "demo_grow", "--reports", str(options["reports"])]
        grower = subprocess.Popen(command)  # noqa: S603  our own program, with a number
        try:
            call_command("serve", port=options["port"])
        finally:
            grower.terminate()
            grower.wait(timeout=10)

    def _print_accounts(self, port: int) -> None:
        self.stdout.write(
            f"\nParvis, demonstration city: http://127.0.0.1:{port}/  (staff: http://127.0.0.1:{port}/console/)\n"
        )
        self.stdout.write(f"Every account has the password  {PASSWORD}\n")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<15} {account.role.label:<32} {account.name}")
        self.stdout.write("The year fills in the background for a few minutes; look around meanwhile.")
        self.stdout.flush()
