"""The request of somebody whom an `audience.agent(…)` door has let in."""

from __future__ import annotations

from django.http import HttpRequest

from parvis.people.models import Agent


class StaffRequest(HttpRequest):
    user: Agent
