import pytest
from tests.people_room.own_city import own_city

__all__ = ["own_city"]


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path):
    """The outbox of one test, and a public address for links."""
    settings.OUTBOX = tmp_path / "outbox"
    settings.SMTP_URL = ""
    settings.PARVIS_URL = "https://311.ville.example"
    settings.PARVIS_CITY = settings.PARVIS_CITY | {"name": "Ville de Québec-sur-Essai", "phone": "311", "email": ""}
    settings.DEFAULT_FROM_EMAIL = "ne-pas-repondre@ville.example"
    return settings.OUTBOX
