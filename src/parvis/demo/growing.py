"""The year of the demonstration, played in order of time through the verbs that everyone uses.

It runs beside the server, in small transactions, and can be stopped and taken up again. Everything older than a month
sends no notice: those letters were read long ago.
"""

from __future__ import annotations

import heapq
import random
import time
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from parvis.cases import joining, nearby, talking, workflow
from parvis.cases.errors import CaseError
from parvis.cases.intake import Submission, submit
from parvis.cases.models import Case, Report
from parvis.cases.states import OPEN_STATES, State
from parvis.demo.cast import residents
from parvis.demo.demand import Ask, Demand
from parvis.demo.life import Moment, future_of
from parvis.ledger import context
from parvis.people.models import Agent
from parvis.people.permissions import Role
from parvis.places import geocoding
from parvis.places.geocoding import Location
from parvis.shared import clock

REPORTS = 5000
_SEED = 311
_BATCH = 12  # gestures per transaction: a visitor who writes meanwhile waits a tenth of a second
_NOTICES_FOR = timedelta(days=30)


def grow(
    count: int = REPORTS,
    *,
    until: datetime | None = None,
    breathe_s: float = 0.02,
    told: Callable[[int], None] = lambda made: None,
) -> int:
    """Play the year that ends at `until` (default: now), after what was played before. Returns how many reports stand.

    `breathe_s`: pause between transactions, in which the web server may write. `told` hears how many reports stand.
    """
    year = _Year(until or clock.now(), count)
    made = year.standing
    while year.has_more():
        with transaction.atomic():
            made += sum(year.step() for _ in range(_BATCH) if year.has_more())
        told(made)
        time.sleep(breathe_s)
    return made


class _Year:
    def __init__(self, until: datetime, count: int) -> None:
        self.rng = random.Random(_SEED)  # noqa: S311  a story, not a secret
        self.until = until
        self.demand = Demand(self.rng)
        self.people = residents(self.rng)
        last: date = until.date()
        asks = self.demand.year(last - timedelta(days=365), last, count)
        mine = Report.objects.filter(idempotency_key__startswith="demo-")
        self.standing = mine.count()
        self.number = self.standing
        self.asks = deque(ask for ask in asks[self.standing :] if ask.at <= until)
        self.moments: list[Moment] = []
        self.first_line = list(Agent.objects.filter(role=Role.FIRST_LINE, is_active=True))
        self.hands = {a.department_id: a for a in Agent.objects.filter(role=Role.SECOND_LINE, is_active=True)}
        for case in self._open_cases():  # taken up again after a stop: what was promised then is drawn anew
            self._foresee(case)

    def _open_cases(self) -> list[Case]:
        cases = Case.objects.filter(state=State.RECEIVED, reports__idempotency_key__startswith="demo-")
        return list(cases.select_related("service").distinct()) if self.standing else []

    def has_more(self) -> bool:
        return bool(self.asks or self.moments)

    def step(self) -> int:
        """Play what comes next: an ask (returns 1) or a moment in the life of a case (returns 0)."""
        if self.moments and (not self.asks or self.moments[0].at <= self.asks[0].at):
            self._play(heapq.heappop(self.moments))
            return 0
        self._hear(self.asks.popleft())
        return 1

    def _foresee(self, case: Case) -> None:
        for moment in future_of(case, self.rng):
            if moment.at < self.until:
                heapq.heappush(self.moments, moment)

    def _hear(self, ask: Ask) -> None:
        location = self.demand.place(ask.service)
        person = self.rng.choice(self.people)
        anonymous = ask.service.anonymous_allowed and self.rng.random() < 0.25
        joined = self._to_join(ask)
        if joined is not None and joined.place is not None:
            location = self._beside(joined)
        self.number += 1
        submission = Submission(
            service=ask.service, description=ask.words, answers=self.demand.answers(ask.service, ask.at),
            location=location,
            contact=None if anonymous else person, channel=ask.channel, language=person.language,
            join_case_id=joined.pk if joined else None, idempotency_key=f"demo-{self.number}",
            wants_notices=ask.at > self.until - _NOTICES_FOR,
        )  # fmt: skip
        with clock.moved_to(ask.at), context.acting(actor="resident", channel=ask.channel):
            report = submit(submission)
        if joined is None:
            self._foresee(report.case)

    def _to_join(self, ask: Ask) -> Case | None:
        """One ask in eight, where the service knows duplicates, is about a case that stands open already."""
        if not ask.service.duplicate_radius_m or self.rng.random() > 0.13:
            return None
        recent = ask.at - timedelta(days=ask.service.duplicate_window_days)
        cases = Case.objects.open().filter(service=ask.service, opened_at__gte=recent).select_related("place")
        return cases.order_by("-pk").first()

    def _beside(self, case: Case) -> Location:
        assert case.place is not None
        assert case.place.lon is not None
        assert case.place.lat is not None
        return geocoding.at(case.place.lon + self.rng.gauss(0, 0.00008), case.place.lat)

    def _play(self, moment: Moment) -> None:
        standing = Case.objects.filter(pk=moment.case_id, merged_into=None).only("state", "department")
        case = next(iter(standing), None)
        if case is None:
            return
        agent = self._hand(case, moment)
        with clock.moved_to(moment.at), context.acting(actor=f"agent:{agent.pk}", channel="console"):
            try:
                self._do(case, moment, agent)
            except CaseError:
                return  # the table refuses what this story wanted: the story yields

    def _hand(self, case: Case, moment: Moment) -> Agent:
        if case.state == State.RECEIVED or case.department_id not in self.hands:
            return self.rng.choice(self.first_line)
        return self.hands[case.department_id]

    def _do(self, case: Case, moment: Moment, agent: Agent) -> None:
        if moment.to == "note":
            talking.note(case.pk, moment.words, agent=agent)
        elif moment.to == "reply":
            talking.reply(case.pk, moment.words, agent=agent)
        elif moment.to == "reopen":
            with context.acting(actor="resident", channel="web"):
                workflow.reopen_for_resident(case.pk)
        elif case.state == State.RECEIVED and moment.to == State.ACCEPTED and self._merged(case.pk, agent):
            return
        else:
            workflow.move(case.pk, moment.to, agent=agent, details=moment.details)

    def _merged(self, case_id: int, agent: Agent) -> bool:
        """Now and then an agent sees that the new case is an old one."""
        if self.rng.random() > 0.5:
            return False
        case = Case.objects.select_related("service", "place").get(pk=case_id)
        place = case.place
        if place is None or place.lon is None or place.lat is None:
            return False
        others = [n for n in nearby.similar(case.service, place.lon, place.lat) if n.case_id != case.pk]
        if not others or others[0].state not in OPEN_STATES:
            return False
        joining.merge(case.pk, others[0].case_id, agent=agent)
        return True
