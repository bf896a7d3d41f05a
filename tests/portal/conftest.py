"""A street, a service and a person at their screen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from tests.people import make_segment, make_service

from parvis.catalogue.models import Service


@pytest.fixture
def street(db: None) -> None:
    make_segment()  # 1 to 99, rue des Essais


@pytest.fixture
def pothole(street: None) -> Service:
    return make_service(duplicate_radius_m=0)


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """whitenoise warns of a missing one."""
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


class Resident:
    """A browser without script: follows redirections, and sends back the hidden fields of the page it is on."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page: HttpResponse | None = None

    def open(self, address: str) -> HttpResponse:
        self.page = self.client.get(address, follow=True)
        return self.page

    def send(self, **fields: Any) -> HttpResponse:
        """Press the button of the step in hand, with these fields."""
        self.page = self.client.post(self.path, self.hidden() | fields, follow=True)
        return self.page

    def hidden(self) -> dict[str, str]:
        return dict(re.findall(r'<input type="hidden" name="(draft|service)" value="([^"]*)">', self.text))

    @property
    def path(self) -> str:
        assert self.page is not None
        return str(self.page.request["PATH_INFO"])

    @property
    def text(self) -> str:
        assert self.page is not None
        return self.page.content.decode()

    def reach(self, step: str, service: str = "VOI-NID") -> None:
        """Fill the steps before this one with something plain."""
        self.open(f"/signaler?service={service}")
        plain: dict[str, dict[str, str]] = {
            "urgence": {"danger": "no"},
            "lieu": {"adresse": "45, rue des Essais"},
            "deja-signale": {"rejoindre": ""},
            "details": {"description": "Un gros trou"},
            "coordonnees": {"langue": "fr"},
        }
        while self.path != f"/signaler/{step}":
            before = self.path
            self.send(**plain[before.removeprefix("/signaler/")])
            assert self.path != before, self.text


@pytest.fixture
def resident(client: Client) -> Resident:
    return Resident(client)


@pytest.fixture
def picture() -> Callable[..., io.BytesIO]:
    def make(name: str = "trou.jpg", kind: str = "JPEG") -> io.BytesIO:
        file = io.BytesIO()
        Image.new("RGB", (64, 48), (90, 110, 90)).save(file, kind)
        file.seek(0)
        file.name = name
        return file

    return make


@pytest.fixture(autouse=True)
def own_uploads(settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS = tmp_path
