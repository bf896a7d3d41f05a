"""One document as JSON or as XML: the same content, so that neither format drifts from the other.

JSON is the "Spark" image of the XML: the root is dropped, a container is always a list, an empty element is null.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

import msgspec
from django.http import HttpResponse

from parvis.channels.open311.documents import Document, Problem

CONTENT_TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_CHILD = {"attributes": "attribute", "values": "value"}  # container → its repeated child
# What XML 1.0 has no way to write, escaped or not: one such character makes the whole answer unreadable.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_to_json = msgspec.json.Encoder().encode


def answer(document: Document, extension: str, status: int = 200) -> HttpResponse:
    body = json(document) if extension == "json" else xml(document)
    response = HttpResponse(body, status=status, content_type=CONTENT_TYPES[extension])
    response.headers["Cache-Control"] = f"public, max-age={document.max_age_s}" if document.max_age_s else "no-store"
    return response


def problems(rows: tuple[Problem, ...]) -> Document:
    return Document(root="errors", item="error", rows=list(rows))


def json(document: Document) -> bytes:
    return _to_json(document.rows if document.item else document.rows[0])


def xml(document: Document) -> bytes:
    root = ElementTree.Element(document.root)
    for row in document.rows:
        _fill(ElementTree.SubElement(root, document.item) if document.item else root, row)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")


def _fill(element: ElementTree.Element, row: msgspec.Struct) -> None:
    for name in row.__struct_fields__:
        value = getattr(row, name)
        child = ElementTree.SubElement(element, name)
        if isinstance(value, list):
            for inner in value:
                _fill(ElementTree.SubElement(child, _CHILD[name]), inner)
        else:
            child.text = _text(value)


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NOT_XML.sub("", str(value))
