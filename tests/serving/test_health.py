"""What a monitor reads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from parvis.shared import clock
from parvis.shared.jobs import upkeep
from parvis.shared.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_a_house_whose_workers_beat_is_well(client):
    upkeep.beat()
    answer = client.get("/healthz")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert (answer.json()["status"], answer.json()["database"], answer.json()["dead_jobs"]) == ("ok", "ok", 0)


@pytest.mark.parametrize("silence", [None, timedelta(seconds=61)])
def test_a_house_without_a_worker_is_unwell(client, silence):
    if silence:
        Heartbeat.objects.create(worker="gone:1:00", at=clock.now() - silence)
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (503, "no worker")
