"""What then happens to a case of the demonstration: who takes it, when it is planned, how it ends.

Each case gets its future as a list of moments; growing.py plays them in order, through the verbs.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from parvis.cases.models import Case
from parvis.cases.states import Outcome, State, WaitingReason
from parvis.cases.workflow import Details
from parvis.catalogue.models import Service
from parvis.shared import clock


@dataclass(frozen=True, order=True)
class Moment:
    """One thing that staff will do to a case. Ordered by time."""

    at: datetime
    case_id: int
    to: str = field(compare=False)  # a State, or "note", "reply", "reopen"
    details: Details = field(compare=False, default_factory=Details)
    words: str = field(compare=False, default="")


_ENDINGS: dict[str, tuple[tuple[str, str, float], ...]] = {
    "MAT": (
        (Outcome.COLLECTED, "La collecte a été faite. Merci d’avoir libéré l’accès.", 82),
        (Outcome.NOTHING_FOUND, "Notre équipe est passée et n’a rien trouvé à l’adresse.", 9),
        (
            Outcome.REFUSED,
            "Les objets n’étaient pas conformes aux règles de la collecte : voyez la liste des matières acceptées.",
            6,
        ),
        (Outcome.WITHDRAWN, "La demande a été retirée à votre demande.", 3),
    ),
    "PLA": (
        (
            Outcome.ANSWERED,
            "Votre plainte a été examinée avec l’équipe concernée; une réponse écrite vous a été remise.",
            85,
        ),
        (Outcome.NO_REPLY, "Sans réponse à nos deux messages, nous terminons le dossier. Vous pouvez le rouvrir.", 15),
    ),
    "ADM": (
        (Outcome.ANSWERED, "Votre demande a été traitée et la réponse vous a été transmise.", 90),
        (Outcome.REFUSED, "La demande a été refusée; les motifs et les recours vous ont été expliqués.", 10),
    ),
    "STA": (
        (Outcome.ANSWERED, "Un agent s’est rendu sur place et a appliqué le règlement.", 70),
        (Outcome.NOTHING_FOUND, "Le véhicule n’était plus là au passage de l’agent.", 30),
    ),
    "NUI": (
        (Outcome.ANSWERED, "Une inspection a eu lieu et un avis a été remis au propriétaire.", 70),
        (Outcome.NOTHING_FOUND, "L’inspection n’a pas permis de constater la situation.", 30),
    ),
    "URB": ((Outcome.ANSWERED, "L’inspection est faite et le dossier suit son cours auprès du propriétaire.", 100),),
    "": (
        (Outcome.REPAIRED, "Les travaux sont terminés. Merci de nous avoir prévenus.", 66),
        (
            Outcome.TEMPORARY_REPAIR,
            "Une réparation temporaire a été faite; la réfection complète est prévue à la belle saison.",
            8,
        ),
        (Outcome.NOTHING_FOUND, "Notre équipe s’est rendue sur place et n’a rien trouvé d’anormal.", 12),
        (Outcome.NOT_OURS, "L’endroit ne relève pas de la Ville. Nous vous invitons à joindre le responsable.", 6),
        (Outcome.REFUSED, "La demande ne répond pas aux critères en vigueur pour ce secteur.", 4),
        (Outcome.ANSWERED, "Nous avons vérifié la situation et vous avons répondu.", 4),
    ),
}
_ANSWER = (Outcome.ANSWERED, "Réponse donnée à partir de la fiche d’information.")
_NOTES = (
    "Vu avec le contremaître, équipe prévenue.",
    "Pièce commandée.",
    "Même endroit que l’an dernier.",
    "Accès difficile, prévoir le petit camion.",
)
_REPLIES = (
    "Nous avons bien reçu vos précisions, merci.",
    "L’équipe passera dans les prochains jours.",
    "Une inspection est prévue cette semaine.",
)


def future_of(case: Case, rng: random.Random) -> list[Moment]:
    """What will be done to a case that was just opened, in order of time."""
    service, at = case.service, case.opened_at
    if service.nature == Service.Nature.INFORMATION:
        soon = _open_hours(at + timedelta(minutes=rng.uniform(2, 25)))
        return [Moment(soon, case.pk, State.CLOSED, Details(outcome=_ANSWER[0], sentence=_ANSWER[1]))]
    life = _Life(case.pk, at, rng)
    life.later(hours=rng.lognormvariate(1.2, 0.9)).to(State.ACCEPTED)
    if rng.random() < 0.06:
        life.later(hours=rng.uniform(0.5, 5)).say("note", rng.choice(_NOTES))
    if rng.random() < 0.05:
        life.later(hours=rng.uniform(1, 20)).say("reply", rng.choice(_REPLIES))
    if rng.random() < 0.09:
        reason = rng.choice(list(WaitingReason))
        life.later(hours=rng.uniform(2, 30)).to(State.WAITING, lambda at: Details(reason=reason))
    _work(life, case, rng)
    return life.moments


def _work(life: _Life, case: Case, rng: random.Random) -> None:
    """Plan, do, close: around the promised date, sometimes well after, and a few never."""
    target_h = max(8.0, ((case.due_at or case.opened_at) - case.opened_at).total_seconds() / 3600)
    if rng.random() < 0.025 and (clock.now() - case.opened_at).days < 80:
        return  # forgotten: what the late queue is for
    if rng.random() < 0.7:
        ahead = timedelta(days=rng.choice((0, 1, 1, 2, 3, 5)))
        life.later(hours=target_h * rng.uniform(0.1, 0.5)).to(
            State.PLANNED, lambda at: Details(planned_for=(at + ahead).date())
        )
    life.later(hours=target_h * rng.uniform(0.1, 0.6)).to(State.IN_PROGRESS)
    endings = _ENDINGS.get(case.service.code[:3], _ENDINGS[""])
    outcome, sentence, _weight = rng.choices(endings, [weight for _o, _s, weight in endings])[0]
    party = "Hydro-Québec" if outcome == Outcome.NOT_OURS else ""
    ending = Details(outcome=outcome, sentence=sentence, party=party)
    life.later(hours=rng.uniform(0.3, 6)).to(State.CLOSED, lambda at: ending)
    if rng.random() < 0.03 and outcome in (Outcome.REPAIRED, Outcome.COLLECTED, Outcome.NOTHING_FOUND):
        life.later(hours=rng.uniform(12, 200)).say("reopen", "")
        again = Details(outcome=Outcome.REPAIRED, sentence="L’équipe est revenue et le travail est repris au complet.")
        life.later(hours=rng.uniform(20, 90)).to(State.CLOSED, lambda at: again)


class _Life:
    """Builds the moments of one case, each later than the one before and within hours of work."""

    def __init__(self, case_id: int, at: datetime, rng: random.Random) -> None:
        self.case_id, self.at, self.rng = case_id, at, rng
        self.moments: list[Moment] = []

    def later(self, *, hours: float) -> _Life:
        self.at = _open_hours(self.at + timedelta(hours=hours))
        return self

    def to(self, state: str, details: Callable[[datetime], Details] = lambda at: Details()) -> None:
        self.moments.append(Moment(self.at, self.case_id, state, details(self.at)))

    def say(self, what: str, words: str) -> None:
        self.moments.append(Moment(self.at, self.case_id, what, words=words))


def _open_hours(at: datetime) -> datetime:
    """The same moment, or the next morning of work."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    if local.hour >= 18:
        local = (local + timedelta(days=1)).replace(hour=8, minute=local.minute)
    elif local.hour < 7:
        local = local.replace(hour=7)
    while local.weekday() > 4:
        local = (local + timedelta(days=1)).replace(hour=8)
    return local.astimezone(UTC)
