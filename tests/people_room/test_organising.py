"""Departments and teams, as an administrator draws them."""

import pytest

from parvis.ledger.models import Entry
from parvis.people import organising
from parvis.people.models import Department, Team
from parvis.places.models import Zone

pytestmark = pytest.mark.django_db


@pytest.fixture
def borough():
    return Zone.objects.create(kind="borough", code="A1", name="Essai", geometry=b"", west=0, south=0, east=1, north=1)


def test_saving_twice_writes_once(borough):
    for _twice in range(2):
        streets = organising.save_department("VOI", name_fr="Direction de la voirie", name_en="Streets")
        organising.save_team("VOI-EST", name_fr="Voirie, est", department=streets, zones=[borough])
    assert (Department.objects.count(), Team.objects.count()) == (1, 1)
    assert list(Entry.objects.values_list("kind", "data")) == [
        ("department.saved", {"code": "VOI", "is_new": True}),
        ("team.saved", {"code": "VOI-EST", "is_new": True, "is_active": True, "zones": 1}),
    ]


def test_a_team_is_renamed_rezoned_and_retired(borough):
    streets = organising.save_department("VOI", name_fr="Direction de la voirie")
    organising.save_team("VOI-EST", name_fr="Voirie, est", department=streets, zones=[borough])
    organising.save_team("VOI-EST", name_fr="Voirie de l’est", department=streets)
    team = organising.save_team("VOI-EST", name_fr="Voirie de l’est", department=streets, zones=[], is_active=False)
    team.refresh_from_db()
    assert (team.name_fr, list(team.zones.all()), team.is_active) == ("Voirie de l’est", [], False)
    assert Entry.objects.filter(kind="team.saved").count() == 3
