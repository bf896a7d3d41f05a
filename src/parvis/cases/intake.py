"""Four doors, one rule: the call screen, the web form, the mail robot and Open311 all submit here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from parvis.cases import dispatch, events, index, photos
from parvis.cases.errors import BadSubmission
from parvis.cases.models import Case, Report
from parvis.cases.states import OPEN_STATES
from parvis.catalogue import asking
from parvis.catalogue.errors import BadAnswers
from parvis.catalogue.models import Service
from parvis.ledger.record import record
from parvis.people import persons
from parvis.people.errors import BadContact
from parvis.people.models import Agent, Person
from parvis.people.persons import ContactDetails
from parvis.places import keeping
from parvis.places.geocoding import Location
from parvis.places.models import Place
from parvis.shared import clock, text, tracking

DESCRIPTION_MAX = 4000


@dataclass(frozen=True)
class Submission:
    """What a door hands over. Raw texts; intake cleans and checks them."""

    service: Service
    description: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)  # question key → raw value, or list of values
    location: Location | None = None  # None only when the service needs no place
    contact: ContactDetails | None = None
    channel: str = Report.Channel.WEB
    language: str = "fr"
    photo_ids: tuple[UUID | str, ...] = ()  # kept aside by photos.keep_aside
    join_case_id: int | None = None  # « moi aussi »: then place, words and answers may be left out
    wants_notices: bool = True
    idempotency_key: str | None = None  # the same key twice answers the same report
    screen_answer: str = ""  # "yes" or "no" to the service's emergency question
    submitted_by: Agent | None = None  # staff who writes for somebody


def submit(submission: Submission) -> Report:
    """Keep one ask: make or join a case, dispatch it, write the ledger. Returns the report, with its number.

    Raises BadSubmission with one sentence per wrong field; nothing is kept then, and pictures stay aside.
    """
    already = _already(submission)
    if already is not None:
        return already
    checked = _check(submission)
    try:
        with transaction.atomic():
            return _keep(checked)
    except IntegrityError:  # the same form arrived twice at once: the other one won
        already = _already(submission)
        if already is None:
            raise
        return already


def _already(submission: Submission) -> Report | None:
    if not submission.idempotency_key:
        return None
    return next(iter(Report.objects.filter(idempotency_key=submission.idempotency_key)), None)


@dataclass(frozen=True)
class _Checked:
    submission: Submission
    description: str
    answers: dict[str, Any]


def _check(submission: Submission) -> _Checked:
    errors: dict[str, str] = {}
    service = submission.service
    description = text.clean(submission.description)
    if not service.is_active:
        errors["service"] = _("Ce service n’est plus offert. Choisissez-en un autre.")
    if len(description) > DESCRIPTION_MAX:
        errors["description"] = _("Ce texte dépasse 4000 caractères. Gardez l’essentiel.")
    elif not description and _needs_words(service) and submission.join_case_id is None:
        errors["description"] = _("Décrivez la situation en quelques mots.")
    errors |= _check_contact(submission)
    answers: dict[str, Any] = {}
    if submission.join_case_id is None or submission.location is not None:
        errors |= _check_place(service, submission.location)
    if submission.join_case_id is None or submission.answers:
        answers, wrong = _check_answers(submission)
        errors |= wrong
    if errors:
        raise BadSubmission(errors)
    return _Checked(submission, description, answers)


def _check_answers(submission: Submission) -> tuple[dict[str, Any], dict[str, str]]:
    try:
        return asking.check_answers(submission.service, submission.answers), {}
    except BadAnswers as wrong:
        return {}, {f"answers.{key}": sentence for key, sentence in wrong.errors.items()}


def _needs_words(service: Service) -> bool:
    return service.nature in (Service.Nature.COMPLAINT, Service.Nature.COMMENT)


def _check_place(service: Service, location: Location | None) -> dict[str, str]:
    if location is None:
        if service.location_mode == Service.LocationMode.NONE:
            return {}
        return {"location": _("Indiquez le lieu : une adresse, un coin de rue ou un point sur la carte.")}
    if location.is_outside:
        where = location.neighbour.name if location.neighbour else _("une autre municipalité")
        return {"location": _("Ce lieu est hors de la ville (%s). Adressez-vous à cette municipalité.") % where}
    return {}


def _check_contact(submission: Submission) -> dict[str, str]:
    contact = submission.contact
    if contact is None or contact.is_empty:
        if submission.service.anonymous_allowed or submission.join_case_id is not None:
            return {}
        return _unreachable()
    try:
        persons.check(contact)
    except BadContact as wrong:
        return {wrong.field: wrong.sentence}
    if not submission.service.anonymous_allowed and not (contact.email or contact.phone):
        return _unreachable()
    return {}


def _unreachable() -> dict[str, str]:
    return {"contact": _("Pour ce service, laissez un courriel ou un téléphone : l’équipe doit pouvoir vous joindre.")}


def _keep(checked: _Checked) -> Report:
    submission = checked.submission
    place = keeping.keep(submission.location) if submission.location else None
    contact = submission.contact
    person = persons.remember(contact) if contact and not contact.is_empty else None
    joined = _case_to_join(submission.join_case_id)
    if joined is None:
        _need_all(submission)
    case = joined or dispatch.open_case(submission.service, place, by_screen=submission.screen_answer == "yes")
    report = _write_report(checked, case, place or case.place, person, joined is not None)
    if joined is not None:
        case.reports_count += 1
        case.updated_at = clock.now()
        case.save(update_fields=["reports_count", "updated_at"])
    photos.attach(submission.photo_ids, case=case, report=report)
    index.refresh(case, None if joined else [report])
    _tell(report, checked, case, joined is not None)
    return report


def _need_all(submission: Submission) -> None:
    """The case to join has closed meanwhile: a new one needs what joining didn't. Raises BadSubmission."""
    if submission.join_case_id is not None:
        _check(replace(submission, join_case_id=None))


def _case_to_join(case_id: int | None) -> Case | None:
    """The open case to join, locked; the one it was merged into if that happened meanwhile; None to open a new one."""
    while case_id is not None:
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None or (case.merged_into_id is None and case.state not in OPEN_STATES):
            return None
        if case.merged_into_id is None:
            return Case.objects.select_related("service", "team").get(pk=case.pk)
        case_id = case.merged_into_id
    return None


def _write_report(checked: _Checked, case: Case, place: Place | None, person: Person | None, joined: bool) -> Report:
    submission = checked.submission
    return Report.objects.create(
        number=free_number(), case=case, service=submission.service, place=place, person=person,
        channel=submission.channel, language=submission.language, description=checked.description,
        answers=checked.answers, is_me_too=joined, wants_notices=submission.wants_notices,
        submitted_at=clock.now(), idempotency_key=submission.idempotency_key or None,
    )  # fmt: skip


def free_number() -> str:
    """A tracking number that no report has. Ten million a year, drawn at random: a second draw is rare."""
    while True:
        number = tracking.new(clock.today().year)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM cases_report WHERE number = %s", [number])
            if cursor.fetchone() is None:
                return number


def _tell(report: Report, checked: _Checked, case: Case, joined: bool) -> None:
    if joined:
        record(events.ReportJoined(case.pk, case.reports_count), subject=report)
        return
    event = events.ReportSubmitted(
        case_id=case.pk, service=report.service.code, language=report.language, has_person=report.person_id is not None,
        description_length=len(report.description), photos=len(checked.submission.photo_ids),
    )  # fmt: skip
    record(event, subject=report)
