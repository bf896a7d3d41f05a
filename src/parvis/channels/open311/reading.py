"""A GeoReport form into a Submission. All problems are told at once, so that a client corrects once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from parvis.cases import photos
from parvis.cases.errors import BadPhoto
from parvis.cases.intake import Submission
from parvis.catalogue.models import Question, Service
from parvis.channels.open311.documents import Problem
from parvis.channels.open311.errors import Refused, about, problem, refuse
from parvis.people.persons import ContactDetails
from parvis.places import geocoding
from parvis.places.errors import BadPosition
from parvis.shared import text

MAX_DESCRIPTION = 4000  # of the standard
MAX_VALUE = 1000
MAX_PICTURE_ADDRESSES = 5
SCREEN = "screen"  # the attribute that carries our emergency question
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

# Plain ASCII on purpose: float() also takes NaN, Arabic digits and 4_5.5.
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?", re.ASCII)
_ATTRIBUTE = re.compile(r"attribute\[([A-Za-z0-9_-]{1,40})\](\[[0-9]{0,3}\])?", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,30}", re.ASCII)


def offered() -> QuerySet[Service]:
    """What a machine may report. What always goes to 911 isn't offered: it must be told to a person, at once."""
    return Service.objects.filter(is_active=True).exclude(emergency="always").order_by("category__position", "code")


def service_of(code: str) -> Service | None:
    """The service offered under a code, with its questions; None too for what no code looks like, NUL included."""
    if not _CODE.fullmatch(code):
        return None
    return offered().filter(code=code).select_related("category").prefetch_related("questions").first()


@dataclass
class _Form:
    """The fields of a post, read tolerantly, with the problems met on the way."""

    fields: QueryDict
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, name: str, sentence: str, code: int = 400) -> None:
        self.problems.append(problem(name, sentence, code))

    def has(self, name: str) -> bool:
        return bool(self.fields.get(name, "").strip())

    def one(self, name: str, limit: int = MAX_VALUE) -> str:
        """The last value sent under a name, cleaned; '' when absent, empty or too long."""
        value = text.clean(self.fields.get(name, ""))
        if len(value) > limit:
            self.wrong(name, _("Ce texte dépasse %(limit)d caractères. Raccourcissez-le.") % {"limit": limit})
            return ""
        return value


def submission(request: HttpRequest, language: str) -> Submission:
    """Read the form. Raises Refused with every problem; photos are opened only when the rest is right."""
    if request.content_type not in FORMS:
        raise refuse(415, _("Envoyez un formulaire : application/x-www-form-urlencoded ou multipart/form-data."))
    form = _Form(request.POST)
    service = _service(form)
    location = _location(form, service)
    details = _contact(form)
    answers = _answers(form, service) if service else {}
    description = _description(form)
    if form.problems or service is None:
        raise Refused(*form.problems)
    return Submission(
        service=service,
        description=description,
        answers=answers,
        location=location,
        contact=None if details.is_empty else details,
        channel="open311",
        language=language,
        photo_ids=_photos(request),
        idempotency_key=_idempotency_key(request),
        screen_answer=_screen_answer(form),
    )


def _service(form: _Form) -> Service | None:
    code = text.clean(form.fields.get("service_code", ""))
    if not code:
        form.wrong("service_code", _("Indiquez le code d’un service de la liste services."))
        return None
    service = service_of(code)
    if service is None:
        form.wrong("service_code", _("Aucun service ne porte ce code. Relisez la liste services."), 404)
    return service


def _location(form: _Form, service: Service | None) -> geocoding.Location | None:
    """The point if there is one, else the best match of the address."""
    if form.has("lat") or form.has("long"):
        return _from_point(form)
    address = form.one("address_string")
    if address:
        return _from_address(form, address)
    if form.has("address_id"):
        form.wrong("address_id", _("Nous ne tenons pas d’identifiants d’adresse : envoyez lat et long."))
    elif service and service.location_mode != Service.LocationMode.NONE:
        form.wrong("lat", _("Indiquez le lieu : lat et long, ou address_string."))
    return None


def _from_point(form: _Form) -> geocoding.Location | None:
    lat, lon = _degrees(form, "lat", 90), _degrees(form, "long", 180)
    if lat is None or lon is None:
        return None
    try:
        return geocoding.at(lon, lat)
    except BadPosition as error:
        form.wrong("lat", str(error.sentence))
        return None


def _degrees(form: _Form, name: str, bound: int) -> float | None:
    typed = form.fields.get(name, "").strip(" \r\n")
    if _DEGREES.fullmatch(typed) and abs(float(typed)) <= bound:
        return float(typed)
    form.wrong(
        name,
        _("Écrivez des degrés décimaux entre -%(bound)d et %(bound)d, par exemple 46.813878.") % {"bound": bound},
    )
    return None


def _from_address(form: _Form, address: str) -> geocoding.Location | None:
    found = geocoding.find(address)
    if found:
        return found[0]
    form.wrong("address_string", _("Cette adresse est introuvable. Vérifiez-la, ou envoyez lat et long."))
    return None


def _contact(form: _Form) -> ContactDetails:
    names = (form.one("first_name", 60), form.one("last_name", 60))
    name = " ".join(part for part in names if part and part != "-")  # "-" is what some clients send for "none"
    return ContactDetails(name=name, email=form.one("email", 254), phone=form.one("phone", 40))


def _answers(form: _Form, service: Service) -> dict[str, object]:
    """{question key: value, or list of values}. An attribute that isn't a question of the service is ignored."""
    sent: dict[str, list[str]] = {}
    for name in form.fields:
        match = _ATTRIBUTE.fullmatch(name)
        if match:
            sent.setdefault(match[1], []).extend(text.clean(value) for value in form.fields.getlist(name))
    kinds = {question.key: question.kind for question in service.questions.all()}
    answers: dict[str, object] = {}
    for key, values in sent.items():
        filled = [value for value in values if value]
        if any(len(value) > MAX_DESCRIPTION for value in filled):
            form.wrong(f"attribute[{key}]", _("Cette réponse est trop longue. Raccourcissez-la."))
        elif key in kinds and filled:
            answers[key] = filled if kinds[key] == Question.Kind.MULTI else filled[-1]
    return answers


def _screen_answer(form: _Form) -> str:
    said = form.one(f"attribute[{SCREEN}]")
    return said if said in ("yes", "no") else ""


def _description(form: _Form) -> str:
    """What was written, then the addresses of pictures, which staff open themselves: the house fetches nothing."""
    description = form.one("description", MAX_DESCRIPTION)
    pictures = [text.clean(address) for address in form.fields.getlist("media_url")]
    web = [address for address in pictures if address.startswith(("http://", "https://")) and len(address) <= 500]
    lines = [_("Photo : %(address)s") % {"address": address} for address in web[:MAX_PICTURE_ADDRESSES]]
    return "\n".join(part for part in (description, *lines) if part)


def _photos(request: HttpRequest) -> tuple[str, ...]:
    """Keep every file aside, whatever its field is called: clients say media, media[], photo1 or file_1."""
    files: list[UploadedFile] = [file for name in request.FILES for file in request.FILES.getlist(name)]
    if len(files) > settings.PHOTO_MAX_COUNT:
        raise about("media", _("Au plus %(count)d photos par demande.") % {"count": settings.PHOTO_MAX_COUNT})
    kept, problems = [], []
    for file in files:
        try:
            kept.append(str(photos.keep_aside(file).pk))
        except BadPhoto as bad:
            problems.append(problem("media", bad.sentence))
    if problems:
        for photo_id in kept:
            photos.discard_aside(photo_id)
        raise Refused(*problems)
    return tuple(kept)


def _idempotency_key(request: HttpRequest) -> str | None:
    """A client's own key, as a header or a field; the second post of a key answers the same number."""
    key = request.headers.get("Idempotency-Key") or request.POST.get("idempotency_key", "")
    return hashlib.sha256(f"open311:{key}".encode()).hexdigest() if key else None
