"""The standing city: places, catalogue, teams, hours and accounts. A few seconds, and again changes nothing."""

from __future__ import annotations

from parvis.catalogue import defaults
from parvis.catalogue import importing as catalogue
from parvis.catalogue.reading import shipped
from parvis.demo.cast import ACCOUNTS, FIRST_LINE, PASSWORD, Account
from parvis.ledger import context
from parvis.people import accounts
from parvis.people.models import Agent, Department
from parvis.people.permissions import Role
from parvis.places import gazetteer
from parvis.places.models import Segment


def make() -> None:
    """Lay out the invented city where there is none yet."""
    with context.acting(actor="system", channel="system"):
        if not Segment.objects.exists():
            gazetteer.load_demo()
        catalogue.load(shipped())
        defaults.load()
        for account in ACCOUNTS:
            _open(account, PASSWORD)
        for colleague in _colleagues():
            _open(colleague, None)  # nobody signs in as them: they only keep the year moving


def _colleagues() -> list[Account]:
    first = [Account(f"premiere{n}", name, Role.FIRST_LINE, "RCC") for n, name in enumerate(FIRST_LINE, 2)]
    taken = {account.department for account in ACCOUNTS if account.role == Role.SECOND_LINE}
    departments = Department.objects.exclude(code__in=taken)
    second = [
        Account(f"direction-{d.code.lower()}", f"Dominique {d.code.title()}", Role.SECOND_LINE, d.code)
        for d in departments
    ]
    return [*first, *second]


def _open(account: Account, password: str | None) -> None:
    if Agent.objects.filter(username=account.username).exists():
        return
    department = Department.objects.filter(code=account.department).first()
    teams = list(department.teams.filter(is_active=True)) if department else []
    accounts.create_agent(
        account.username, name=account.name, role=account.role, department=department, teams=teams, password=password
    )
