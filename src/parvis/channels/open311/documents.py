"""The shapes of GeoReport v2, in the order of the standard. Ids and codes are always strings, lists always lists."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Problem(msgspec.Struct, frozen=True):
    code: int
    description: str


class ServiceLine(msgspec.Struct, frozen=True):
    service_code: str
    service_name: str
    description: str | None
    metadata: bool  # True: the definition holds questions
    type: str
    keywords: str  # separated by commas
    group: str


class Value(msgspec.Struct, frozen=True):
    key: str
    name: str


class Attribute(msgspec.Struct, frozen=True):
    variable: bool  # False: a text to read, no answer awaited
    code: str
    datatype: str
    required: bool
    datatype_description: str | None
    order: int
    description: str
    values: list[Value]


class Definition(msgspec.Struct, frozen=True):
    service_code: str
    attributes: list[Attribute]


class Receipt(msgspec.Struct, frozen=True):
    """The answer to a new report."""

    service_request_id: str
    service_notice: str | None
    account_id: str | None = None


class RequestLine(msgspec.Struct, frozen=True):
    """What anybody may know of a report. The description is null: free text names people and homes."""

    service_request_id: str
    status: str  # open, closed
    status_notes: str | None
    service_name: str
    service_code: str
    description: None
    agency_responsible: str | None
    service_notice: str | None
    requested_datetime: str
    updated_datetime: str
    expected_datetime: str | None
    address: str | None
    address_id: None
    zipcode: None
    lat: float | None
    long: float | None
    media_url: None


Row = Problem | ServiceLine | Definition | Receipt | RequestLine


class Document(msgspec.Struct, frozen=True):
    """An answer before it has a format. `root` and `item` are the element names of XML, which JSON leaves out."""

    root: str
    rows: Sequence[Row]
    item: str = ""  # empty: the root is the one row itself
    max_age_s: int = 0  # how long a client may keep it
