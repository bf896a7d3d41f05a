"""Staff accounts: opened, changed, closed; nobody is locked out of the house for good."""

import pytest

from parvis.ledger.models import Entry
from parvis.people import accounts, organising
from parvis.people.errors import (
    AccountError,
    BadContact,
    BadUsername,
    LastAdministrator,
    UnknownChoice,
    UsernameTaken,
    WeakPassword,
)
from parvis.people.models import Agent
from parvis.people.permissions import Role

pytestmark = pytest.mark.django_db
PHRASE = "trois-corneilles-au-marché"


@pytest.fixture
def streets():
    return organising.save_department("VOI", name_fr="Direction de la voirie")


@pytest.fixture
def crew_east(streets):
    return organising.save_team("VOI-EST", name_fr="Voirie, est", department=streets)


@pytest.fixture
def chief():
    return accounts.create_agent("admin.modele", name="Andrée Modèle", role="administrator", password=PHRASE)


def kinds(agent):
    return list(Entry.objects.filter(subject=f"agent:{agent.pk}").order_by("version").values_list("kind", flat=True))


def test_an_account_is_opened_with_its_role_and_teams(streets, crew_east):
    agent = accounts.create_agent(
        " Sam.Exemple ", name="Sam Exemple", role="second_line", email="Sam@Ville.example", department=streets,
        teams=[crew_east], password=PHRASE,
    )  # fmt: skip
    agent = Agent.objects.get(pk=agent.pk)
    assert (agent.username, agent.email, agent.department, list(agent.teams.all())) == (
        "sam.exemple", "sam@ville.example", streets, [crew_east],
    )  # fmt: skip
    assert agent.check_password(PHRASE)
    assert agent.may("case.read_own")
    assert not agent.may("catalogue.edit")
    entry = Entry.objects.get(kind="agent.created")
    assert entry.data == {"role": "second_line", "department": "VOI", "teams": ["VOI-EST"]}


def test_an_account_without_password_lets_nobody_in_by_guessing():
    agent = accounts.create_agent("sam.exemple", name="Sam Exemple", role="crew")
    assert not agent.has_usable_password()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"username": "sa"}, BadUsername),
        ({"username": "sam exemple"}, BadUsername),
        ({"username": "sam@ville"}, BadUsername),
        ({"username": "a" * 61}, BadUsername),
        ({"username": "ADMIN.modele"}, UsernameTaken),
        ({"role": "king"}, UnknownChoice),
        ({"name": "  "}, AccountError),
        ({"name": "a" * 121}, AccountError),
        ({"email": "sam@"}, BadContact),
        ({"password": "court"}, WeakPassword),
        ({"password": "q1w2e3r4t5y6"}, WeakPassword),
        ({"password": "sam.exemple.12"}, WeakPassword),
    ],
)
def test_an_impossible_account_is_refused_with_a_sentence(chief, changes, refusal):
    wanted = {"username": "sam.exemple", "name": "Sam Exemple", "role": "crew"} | changes
    with pytest.raises(refusal) as refused:
        accounts.create_agent(wanted.pop("username"), **wanted)
    assert refused.value.sentence
    assert Agent.objects.count() == 1


def test_changes_are_told_once_and_only_when_they_change(chief, streets, crew_east):
    agent = accounts.create_agent("sam.exemple", name="Sam Exemple", role="crew")
    for _twice in range(2):
        accounts.set_role(agent, "second_line")
        accounts.set_teams(agent, [crew_east])
        accounts.change_details(agent, name="Sam Exemple", email="sam@ville.example", department=streets)
    accounts.set_password(agent, PHRASE)
    agent.refresh_from_db()
    assert (agent.role, list(agent.teams.all()), agent.department) == ("second_line", [crew_east], streets)
    assert kinds(agent) == [
        "agent.created", "agent.role_changed", "agent.teams_changed", "agent.details_changed", "agent.password_changed",
    ]  # fmt: skip
    assert Entry.objects.get(kind="agent.details_changed").data == {"fields": ["email", "department"]}


def test_a_closed_account_may_nothing_and_can_come_back(client, chief):
    agent = accounts.create_agent("sam.exemple", name="Sam Exemple", role="first_line", password=PHRASE)
    accounts.close_account(agent)
    accounts.close_account(agent)
    agent.refresh_from_db()
    assert not agent.may("console.open")
    accounts.reopen(agent)
    agent.refresh_from_db()
    assert agent.may("console.open")
    assert kinds(agent) == ["agent.created", "agent.closed", "agent.reopened"]


def test_an_open_session_ends_with_the_account(client, chief):
    from django.contrib.auth import get_user
    from django.test import RequestFactory

    agent = accounts.create_agent("sam.exemple", name="Sam Exemple", role="first_line", password=PHRASE)
    client.force_login(agent)
    page = RequestFactory().get("/")
    page.session = client.session
    assert get_user(page) == agent
    accounts.close_account(agent)
    assert get_user(page).is_anonymous


def test_the_last_administrator_stays(chief):
    for refused in (lambda: accounts.close_account(chief), lambda: accounts.set_role(chief, Role.CREW)):
        with pytest.raises(LastAdministrator):
            refused()
    second = accounts.create_agent("autre.modele", name="Autre Modèle", role="administrator")
    accounts.close_account(chief)
    with pytest.raises(LastAdministrator):
        accounts.set_role(second, Role.PLANNER)
    assert list(Agent.objects.filter(is_active=True, role=Role.ADMINISTRATOR)) == [second]


def test_the_ledger_holds_no_name_of_staff(chief):
    accounts.change_details(chief, name="Andrée Autrement", email="andree@ville.example", department=None)
    written = " ".join(str(entry.data) for entry in Entry.objects.all()).lower()
    assert "andr" not in written
    assert "admin.modele" not in written
