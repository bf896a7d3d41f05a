"""The way through the form: which steps a service needs, in which order, and where a visitor goes next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.catalogue.models import Service
from parvis.portal.drafts import Draft

EMERGENCY, PLACE, NEARBY, DETAILS, WHO, CHECK = (
    "urgence", "lieu", "deja-signale", "details", "coordonnees", "verification",
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One line of the progress bar. Some steps are questions on the way and have no line of their own."""

    slug: str
    name: str | Promise
    covers: tuple[str, ...]


STAGES = (
    Stage("quoi", _("Sujet"), (EMERGENCY,)),
    Stage(PLACE, _("Lieu"), (PLACE, NEARBY)),
    Stage(DETAILS, _("Détails"), (DETAILS,)),
    Stage(WHO, _("Coordonnées"), (WHO,)),
    Stage(CHECK, _("Vérification"), (CHECK,)),
)


def steps_for(service: Service) -> list[str]:
    """The steps of a report on this service, in order."""
    steps = []
    if service.emergency == "always" or service.screen_question:
        steps.append(EMERGENCY)
    if service.location_mode != Service.LocationMode.NONE:
        steps.append(PLACE)
        if service.duplicate_radius_m:
            steps.append(NEARBY)
    return [*steps, DETAILS, WHO, CHECK]


def next_step(service: Service, draft: Draft) -> str:
    """The first step that isn't done yet; the check when all are."""
    return next((step for step in steps_for(service) if step not in draft.done), CHECK)


def step_before(service: Service, step: str) -> str | None:
    """The page that « Retour » leads to; None on the first one."""
    steps = steps_for(service)
    position = steps.index(step)
    return steps[position - 1] if position else None


@dataclass(frozen=True)
class Progress:
    """A stage as the progress bar shows it."""

    number: int
    name: str | Promise
    is_current: bool
    is_done: bool


def progress(service: Service, step: str) -> list[Progress]:
    steps = steps_for(service)
    shown = [stage for stage in STAGES if stage.slug == "quoi" or stage.slug in steps]
    here = next(place for place, stage in enumerate(shown) if step in stage.covers)
    return [Progress(place + 1, stage.name, place == here, place < here) for place, stage in enumerate(shown)]
