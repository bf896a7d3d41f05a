"""What the room says, in English; names of places stay as the city writes them."""

from __future__ import annotations

import pytest
from django.utils import translation

from parvis.places import geocoding
from parvis.places.errors import BadPosition
from parvis.places.models import Precision, Zone

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("small_town")
def test_sentences_are_english_and_streets_french() -> None:
    with translation.override("en"):
        assert geocoding.at(-71.2155, 46.8101).label == "Near 150, rue Saint-Jean"
        assert geocoding.at(-71.21, 46.795).label == "Outside the city: Lévis"
        assert str(BadPosition()).startswith("This position doesn’t exist.")
        assert (Precision.SEGMENT.label, Zone.Kind.NEIGHBOUR.label) == ("street segment", "Neighbouring town")
