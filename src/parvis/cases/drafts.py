"""What a member of staff has typed and not sent: kept on the server, so that nothing typed is ever lost.

The same rows say who else has a case open (presence).
"""

from __future__ import annotations

from datetime import timedelta

from parvis.cases import access
from parvis.cases.models import Draft
from parvis.people.models import Agent
from parvis.shared import clock, text

MAX_FIELDS, MAX_LENGTH = 30, 10_000
PRESENT_FOR = timedelta(minutes=2)


def save(agent: Agent, case_id: int, fields: dict[str, str]) -> None:
    """Keep these fields for this person and case, replacing what was kept. Raises NotFoundOrNotYours."""
    case = access.case_for(agent, case_id)
    kept = {key[:60]: text.clean(value)[:MAX_LENGTH] for key, value in list(fields.items())[:MAX_FIELDS] if value}
    Draft.objects.update_or_create(agent=agent, case=case, defaults={"fields": kept, "saved_at": clock.now()})


def load(agent: Agent, case_id: int) -> dict[str, str]:
    draft = Draft.objects.filter(agent=agent, case_id=case_id).first()
    return dict(draft.fields) if draft else {}


def drop(agent: Agent, case_id: int) -> None:
    Draft.objects.filter(agent=agent, case_id=case_id).delete()


def touch(agent: Agent, case_id: int) -> None:
    """Say that this person still has the case open."""
    if not Draft.objects.filter(agent=agent, case_id=case_id).update(saved_at=clock.now()):
        save(agent, case_id, {})


def others_on(agent: Agent, case_id: int) -> list[str]:
    """Names of colleagues who had this case open in the last two minutes."""
    present = Draft.objects.filter(case_id=case_id, saved_at__gte=clock.now() - PRESENT_FOR).exclude(agent=agent)
    return list(present.order_by("agent__name").values_list("agent__name", flat=True))
