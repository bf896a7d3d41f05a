"""One form for each e-mail and phone, so that a person is found again however they wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from parvis.people.errors import BadContact
from parvis.shared import text

REGION = "CA"  # a number without country code is dialled from here
_EXTENSION = re.compile(r"[\s,;]*(?:\(?\s*(?:poste|post|ext(?:ension|\.)?|x|#|p\.)\s*:?\s*(\d{1,6})\s*\)?)\s*$", re.I)
_NORTH_AMERICAN = re.compile(r"\+1[2-9]\d\d[2-9]\d{6}")  # https://www.nanpa.com: neither part begins with 0 or 1


@dataclass(frozen=True)
class Phone:
    """A number in E.164 (+14185550123) and, inside an organisation, an extension."""

    number: str
    extension: str = ""


def normalise_email(typed: str) -> str:
    """Lower case, its domain in ASCII (RFC 5890); '' stays ''. Raises BadContact."""
    typed = text.clean(typed).strip("<> ").removeprefix("mailto:").lower()
    if not typed:
        return ""
    local, at, domain = typed.rpartition("@")
    if not domain.isascii():
        domain = _in_ascii(domain)
    try:
        validate_email(f"{local}{at}{domain}")
    except ValidationError:
        raise _bad_email() from None
    if '"' in local:  # a quoted local part may hide control characters: RFC 5321 §4.1.2 advises against them
        raise _bad_email()
    return f"{local}@{domain}"


def _in_ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise _bad_email() from None


def _bad_email() -> BadContact:
    return BadContact("email", _("Cette adresse ne semble pas complète. Écrivez-la comme ceci : nom@exemple.ca."))


def normalise_phone(typed: str) -> str:
    """'(418) 555-0123 poste 12' → '+14185550123'; '' stays ''. Raises BadContact."""
    return read_phone(typed).number


def read_phone(typed: str) -> Phone:
    """The number and the extension of what a person typed; Phone('') for nothing. Raises BadContact."""
    typed = text.clean(typed)
    if not typed:
        return Phone("")
    if len(typed) > 60:
        raise _bad_phone()
    written = _EXTENSION.search(typed)
    if written:
        typed = typed[: written.start()]
    try:
        parsed = phonenumbers.parse(typed, REGION)
    except NumberParseException:
        raise _bad_phone() from None
    number = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    if not _is_dialable(parsed, number):
        raise _bad_phone()
    return Phone(number, written.group(1) if written else parsed.extension or "")


def _is_dialable(parsed: phonenumbers.PhoneNumber, number: str) -> bool:
    """Checked by shape, not against the list of area codes in use: new ones open every year."""
    if parsed.country_code == 1:
        return _NORTH_AMERICAN.fullmatch(number) is not None
    return phonenumbers.is_possible_number_with_reason(parsed) == ValidationResult.IS_POSSIBLE


def _bad_phone() -> BadContact:
    return BadContact(
        "phone",
        _("Ce numéro ne semble pas complet. Écrivez les dix chiffres, comme ceci : 418 555-0123, poste 12."),
    )
