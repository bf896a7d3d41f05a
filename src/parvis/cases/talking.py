"""Words on a case: replies that everyone who reported gets, notes that only staff read."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.cases import access, events
from parvis.cases.errors import MissingDetail
from parvis.cases.models import Message
from parvis.ledger.record import record
from parvis.people.models import Agent
from parvis.shared import clock, text

MAX_LENGTH = 5000


def reply(case_id: int, body: str, *, agent: Agent) -> Message:
    """Write to everyone who reported this case. Raises NotFoundOrNotYours, MissingDetail."""
    return _say(case_id, body, Message.Kind.REPLY, "case.reply", agent)


def note(case_id: int, body: str, *, agent: Agent) -> Message:
    """Leave a note for colleagues. Raises NotFoundOrNotYours, MissingDetail."""
    return _say(case_id, body, Message.Kind.NOTE, "case.note", agent)


def _say(case_id: int, body: str, kind: Message.Kind, permission: str, agent: Agent) -> Message:
    body = text.clean(body)
    if not body:
        raise MissingDetail("body", _("Écrivez d’abord votre message."))
    if len(body) > MAX_LENGTH:
        raise MissingDetail("body", _("Ce message dépasse 5000 caractères. Raccourcissez-le."))
    with transaction.atomic():
        case = access.case_for(agent, case_id, permission, lock=True)
        message = Message.objects.create(case=case, kind=kind, body=body, author=agent, at=clock.now())
        case.updated_at = message.at
        case.save(update_fields=["updated_at"])
        told = events.CaseReplied if kind == Message.Kind.REPLY else events.CaseNoted
        record(told(message.pk, len(body)), subject=case)
        return message
