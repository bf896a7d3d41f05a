import pytest
from people import make_segment, make_service, make_street, make_zone
from tests.channels.open311.speaking import Machine

from parvis.catalogue.models import Question, Service
from parvis.places.models import Zone


@pytest.fixture
def machine(db):
    """A civic app that speaks GeoReport v2."""
    return Machine()


@pytest.fixture
def town(db):
    """A city with a street, and its limits known."""
    make_zone(Zone.Kind.CITY, "V")
    make_zone(Zone.Kind.NEIGHBOUR, "L", box=(-71.1, 46.7, -71.0, 47.0), name="Lévis")
    make_segment(make_street())


@pytest.fixture
def pothole(town):
    """A service with a required choice, an optional list, and a question that only one answer opens."""
    service = make_service(emergency="screen", screen_question_fr="Quelqu’un est-il blessé ?", screen_route="911")
    depths = [{"value": "leger", "fr": "Moins de 5 cm", "en": "< 5 cm"}, {"value": "profond", "fr": "Plus de 5 cm"}]
    lanes = [{"value": "droite", "fr": "Droite"}, {"value": "cyclable", "fr": "Cyclable"}]
    asked = [
        {"key": "profondeur", "label_fr": "Profondeur ?", "kind": "choice", "options": depths, "is_required": True},
        {"key": "voies", "label_fr": "Quelles voies ?", "kind": "multi", "options": lanes},
        {
            "key": "largeur",
            "label_fr": "Largeur en cm ?",
            "kind": "integer",
            "is_required": True,
            "condition": {"key": "profondeur", "in": ["profond"]},
        },
    ]
    for position, question in enumerate(asked):
        Question.objects.create(service=service, position=position, **question)
    return Service.objects.get(pk=service.pk)
