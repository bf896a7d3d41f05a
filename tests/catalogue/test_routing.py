"""The worked table of docs/explain/routing.md."""

import pytest
from tests.people import make_category, make_department, make_service, make_team, make_zone

from parvis.catalogue import routing
from parvis.catalogue.models import RoutingRule

pytestmark = pytest.mark.django_db


def rule(position: int, team: str, **match: object) -> RoutingRule:
    return RoutingRule.objects.create(position=position, team=make_team(team), **match)


def test_the_first_rule_that_matches_wins() -> None:
    pothole, lamp = make_service(), make_service("ECL-LAM", category=make_category("ECL"))
    beauport, limoilou = make_zone(code="BEA"), make_zone(code="LIM")
    rule(10, "VOI-EST", service=pothole, zone=beauport)
    rule(20, "VOI-TOUS", service=pothole)
    rule(30, "BEAUPORT", zone=beauport)
    rule(40, "ECLAIRAGE", category=lamp.category)

    def team(service, *zones):
        found = routing.team_for(service, [zone.pk for zone in zones])
        return found.team.code, found.rule.position

    assert team(pothole, beauport) == ("VOI-EST", 10)
    assert team(pothole, limoilou) == ("VOI-TOUS", 20)
    assert team(pothole) == ("VOI-TOUS", 20)
    assert team(lamp, beauport) == ("BEAUPORT", 30)
    assert team(lamp, limoilou) == ("ECLAIRAGE", 40)


def test_an_earlier_vague_rule_wins_over_a_later_precise_one() -> None:
    pothole = make_service()
    rule(1, "TOUT")
    rule(2, "PRECISE", service=pothole, zone=make_zone())
    assert routing.team_for(pothole, [make_zone(code="B2").pk]).team.code == "TOUT"


def test_without_a_rule_the_departments_own_team_takes_it() -> None:
    make_team("AAA", make_department("VOI"))
    make_team("VOI", make_department("VOI"))
    found = routing.team_for(make_service(), [])
    assert (found.team.code, found.rule) == ("VOI", None)


def test_a_closed_team_takes_nothing() -> None:
    pothole = make_service()
    rule(1, "FERMEE", service=pothole)
    make_team("FERMEE").__class__.objects.filter(code="FERMEE").update(is_active=False)
    assert routing.team_for(pothole, []) is None
    make_team("AUTRE", pothole.department)
    assert routing.team_for(pothole, []).team.code == "AUTRE"


def test_the_reason_is_told_in_words() -> None:
    pothole = make_service(department=make_department("VOI", name_fr="Voirie"))
    make_team("VOI", make_department("VOI"), name_fr="Équipe de voirie")
    assert routing.team_for(pothole, []).why.replace("\u00a0", " ") == (
        "Aucune règle ne s’applique : le dossier va à « Équipe de voirie », l’équipe de « Voirie »."
    )
    beauport = make_zone(code="BEA", name="Beauport")
    rule(10, "VOI-EST", service=pothole, zone=beauport)
    assert routing.team_for(pothole, [beauport.pk]).why.replace("\u00a0", " ") == (
        "Règle 10 : Nid-de-poule, Beauport, va à l’équipe « Équipe VOI-EST »."
    )


def test_routing_costs_the_same_with_one_rule_or_fifty(django_assert_num_queries) -> None:
    pothole = make_service()
    for position in range(50):
        rule(position, "VOI-EST", service=make_service(f"AUT-{position}"))
    rule(99, "VOI-EST", service=pothole)
    with django_assert_num_queries(1):
        assert routing.team_for(pothole, []).team.code == "VOI-EST"
