"""Rows of the house as documents of GeoReport v2. What a stranger may not see never comes this far."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from parvis.cases.models import Report
from parvis.cases.public import PublicCase
from parvis.cases.states import State
from parvis.catalogue import promises
from parvis.catalogue.asking import option_word
from parvis.catalogue.models import Question, Service
from parvis.channels.open311.documents import Attribute, Definition, Receipt, RequestLine, ServiceLine, Value
from parvis.channels.open311.reading import SCREEN
from parvis.shared import tracking
from parvis.shared.bilingual import in_language

_DATATYPES = {
    Question.Kind.TEXT: "text",
    Question.Kind.INTEGER: "number",
    Question.Kind.NUMBER: "number",
    Question.Kind.DATE: "datetime",
    Question.Kind.DATETIME: "datetime",
    Question.Kind.CHOICE: "singlevaluelist",
    Question.Kind.MULTI: "multivaluelist",
}

# Where a yes to the emergency question leads; 911 for a code that isn't here, since recall comes first.
_CALLS = {
    "911": gettext_lazy("Si oui, appelez tout de suite le 911 : n’attendez pas la réponse à cette demande."),
    "311_URGENT": gettext_lazy("Si oui, appelez tout de suite le 311, option 1 : on vous répond jour et nuit."),
    "POLICE_NU": gettext_lazy("Si oui, appelez tout de suite la police. S’il y a danger, composez le 911."),
    "811": gettext_lazy("Si oui, appelez Info-Santé, au 811. Si l’état de la personne est grave, composez le 911."),
}


def service_line(service: Service) -> ServiceLine:
    """`service` with its category and questions at hand."""
    return ServiceLine(
        service_code=service.code,
        service_name=service.name,
        description=_description(service),
        metadata=bool(definition(service).attributes),
        type="realtime",
        keywords=", ".join(line.replace(",", " ") for line in in_language(service, "synonyms").splitlines() if line),
        group=service.category.name,
    )


def _description(service: Service) -> str | None:
    target = promises.target(service, _language())
    sentences = [_("Réponse visée %(target)s.") % {"target": target} if target else "", service.referral]
    return " ".join(sentence for sentence in sentences if sentence) or None


def definition(service: Service) -> Definition:
    questions = list(service.questions.all())
    labels = {question.key: question for question in questions}
    attributes = [_screen(service)] if service.emergency == "screen" and service.screen_question else []
    for question in questions:
        attributes.append(_attribute(question, len(attributes) + 1, labels))
    return Definition(service_code=service.code, attributes=attributes)


def _screen(service: Service) -> Attribute:
    """The emergency question comes first, as on the web form, and is never required: nothing may block a report."""
    return Attribute(
        variable=True,
        code=SCREEN,
        datatype="singlevaluelist",
        required=False,
        datatype_description=_call(service),
        order=1,
        description=service.screen_question,
        values=[Value("yes", _("Oui")), Value("no", _("Non"))],
    )


def _call(service: Service) -> str:
    return str(_CALLS.get(service.screen_route, _CALLS["911"]))


def _attribute(question: Question, order: int, others: dict[str, Question]) -> Attribute:
    return Attribute(
        variable=True,
        code=question.key,
        datatype=_DATATYPES[Question.Kind(question.kind)],
        required=question.is_required and question.condition is None,
        datatype_description=_condition(question, others),
        order=order,
        description=question.label,
        values=[Value(str(option["value"]), option_word(option)) for option in question.options],
    )


def _condition(question: Question, others: dict[str, Question]) -> str | None:
    """When the question is asked, in words: the standard has no field for it."""
    condition = question.condition
    if not condition or condition["key"] not in others:
        return None
    parent = others[condition["key"]]
    words = [option_word(option) for option in parent.options if option["value"] in condition["in"]]
    return _("Seulement si la réponse à « %(question)s » est : %(answers)s.") % {
        "question": parent.label,
        "answers": ", ".join(words),
    }


def _language() -> str:
    return (get_language() or "fr")[:2]


def receipt(report: Report) -> Receipt:
    due = promises.sentence(report.service, report.case.due_at, _language())
    notice = _("Votre numéro de suivi est le %(number)s. Nous visons une réponse %(due)s.") % {
        "number": tracking.spoken(report.number),
        "due": due,
    }
    return Receipt(report.number, f"{_call(report.service)} {notice}" if report.case.is_emergency else notice)


def request_line(report: Report, summary: PublicCase) -> RequestLine:
    """`summary`: the public view of the report's case. Where the map doesn't show the case, the address isn't told."""
    case = report.case
    is_placed = case.public_lat is not None
    return RequestLine(
        service_request_id=report.number,
        status="closed" if summary.state == State.CLOSED else "open",
        status_notes=summary.outcome_sentence or str(summary.state_word),
        service_name=report.service.name,
        service_code=report.service.code,
        description=None,
        agency_responsible=in_language(case.department, "name") if case.department else None,
        service_notice=_("Numéro de suivi : %(number)s") % {"number": tracking.spoken(report.number)},
        requested_datetime=_w3c(report.submitted_at),
        updated_datetime=_w3c(case.updated_at),
        expected_datetime=_w3c(summary.due_at) if summary.due_at else None,
        address=summary.public_label or None if is_placed else None,
        address_id=None,
        zipcode=None,
        lat=case.public_lat,
        long=case.public_lon,
        media_url=None,
    )


def _w3c(moment: datetime) -> str:
    """Whole seconds with the zone, the one shape that every client parses: 2026-11-24T13:05:00-05:00."""
    return timezone.localtime(moment).isoformat(timespec="seconds")
