"""A small cast, and builders that take only what matters. Every name is invented."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from parvis.cases.intake import Submission, submit
from parvis.cases.models import Case, Report
from parvis.catalogue.models import Category, Service
from parvis.people.models import Agent, Department, Team
from parvis.people.permissions import Role
from parvis.people.persons import ContactDetails
from parvis.places.geocoding import Location
from parvis.places.models import Precision, Segment, Street, Zone

PASSWORD = "une-phrase-de-passe-d-essai"
TUESDAY_10H = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)  # mardi 10 mars 2026, 10 h à Québec
_count = itertools.count(1)

# One who phones, one who writes in English, a neighbour who must see nothing of the others.
PHILOMENE = ContactDetails(name="Philomène Tremblotte", phone="418-555-0111")
OSCAR = ContactDetails(name="Oscar Featherby", email="oscar@featherby.example", language="en")
GERTRUDE = ContactDetails(name="Gertrude Voisine", email="gertrude@voisine.example")


def make_department(code: str = "VOI", **fields: Any) -> Department:
    return Department.objects.get_or_create(code=code, defaults={"name_fr": f"Direction {code}", **fields})[0]


def make_team(code: str = "VOI-EST", department: Department | None = None, **fields: Any) -> Team:
    defaults = {"name_fr": f"Équipe {code}", "department": department or make_department(), **fields}
    return Team.objects.get_or_create(code=code, defaults=defaults)[0]


def make_category(code: str = "VOI") -> Category:
    return Category.objects.get_or_create(code=code, defaults={"name_fr": "Rues et trottoirs", "name_en": "Streets"})[0]


def make_service(code: str = "VOI-NID", **fields: Any) -> Service:
    """A pothole by default: seen exactly, asked of anyone, ten business days."""
    defaults: dict[str, Any] = {
        "name_fr": "Nid-de-poule", "name_en": "Pothole", "nature": Service.Nature.INTERVENTION, "target_value": 10,
        "target_unit": Service.Unit.BUSINESS_DAYS, "location_mode": Service.LocationMode.POINT,
        "visibility": Service.Visibility.EXACT, "duplicate_radius_m": 30, "duplicate_window_days": 30,
        "synonyms_fr": "trou dans la rue\ncrevasse",
    }  # fmt: skip
    fields.setdefault("category", make_category())
    fields.setdefault("department", make_department())
    return Service.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_agent(role: str = Role.FIRST_LINE, *, teams: tuple[Team, ...] = (), **fields: Any) -> Agent:
    n = next(_count)
    fields.setdefault("username", f"{role}{n}")
    fields.setdefault("name", f"Camille Exemple {n}")
    agent = Agent.objects.create_user(password=PASSWORD, role=role, **fields)
    agent.teams.set(teams)
    return agent


def make_street(name: str = "Rue des Essais") -> Street:
    generic, _sep, specific = name.partition(" ")
    defaults = {"generic": generic, "specific": specific, "key": name.lower()}
    return Street.objects.get_or_create(name=name, defaults=defaults)[0]


def make_segment(street: Street | None = None, **fields: Any) -> Segment:
    from shapely import LineString

    defaults: dict[str, Any] = {
        "code": f"T{next(_count)}", "left_from": 1, "left_to": 99, "right_from": 2, "right_to": 98, "length_m": 120.0,
        "geometry": LineString([(-71.2205, 46.81), (-71.2195, 46.81)]).wkb, "mid_lon": -71.22, "mid_lat": 46.81,
    }  # fmt: skip
    return Segment.objects.create(street=street or make_street(), **(defaults | fields))


def make_zone(
    kind: str = Zone.Kind.BOROUGH,
    code: str = "A1",
    *,
    box: tuple[float, float, float, float] = (-71.4, 46.7, -71.1, 47.0),
    **fields: Any,
) -> Zone:
    from shapely import box as rectangle

    west, south, east, north = box
    fields.setdefault("name", f"Secteur {code}")
    return Zone.objects.create(
        kind=kind, code=code, geometry=rectangle(*box).wkb, west=west, south=south, east=east, north=north, **fields
    )


def make_location(lon: float = -71.2200, lat: float = 46.8100, **fields: Any) -> Location:
    defaults: dict[str, Any] = {
        "label": "45, rue des Essais", "public_label": "Rue des Essais", "lon": lon, "lat": lat,
        "precision": Precision.ADDRESS, "street_id": None, "segment_id": None, "borough_id": None,
        "neighbourhood_id": None, "neighbour": None,
    }  # fmt: skip
    return Location(**(defaults | fields))


def make_report(**only_what_matters: Any) -> Report:
    """A report through the one door, anonymous and about a pothole unless said otherwise."""
    only_what_matters.setdefault("service", None)
    service = only_what_matters.pop("service") or make_service()
    only_what_matters.setdefault("location", make_location())
    only_what_matters.setdefault("description", "Un gros trou devant la porte")
    return submit(Submission(service=service, **only_what_matters))


def make_case(**only_what_matters: Any) -> Case:
    return Case.objects.get(pk=make_report(**only_what_matters).case_id)
