"""A small client of GeoReport v2, which reads JSON and XML into the same shape."""

import json
from xml.etree import ElementTree

from django.test import Client

BASE = "/open311/v2/"
LISTS = {"services", "service_requests", "errors", "attributes", "values"}


class Machine:
    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path, status=200, **parameters):
        return read(self.client.get(BASE + path, parameters), status)

    def post(self, status=200, extension="json", **fields):
        return read(self.client.post(f"{BASE}requests.{extension}", fields), status)


def read(response, status):
    assert response.status_code == status, response.content
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if response.headers["Content-Type"] == "application/json; charset=utf-8":
        return json.loads(response.content)
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return tree(ElementTree.fromstring(response.content))


def tree(element):
    """The Spark image of an element: containers are lists, empty is None, everything else is text."""
    if element.tag in LISTS:
        return [tree(child) for child in element]
    return {child.tag: tree(child) for child in element} if len(element) else element.text


def as_text(value):
    """A document of JSON with its leaves said as XML says them, to compare the two."""
    if isinstance(value, list):
        return [as_text(each) for each in value]
    if isinstance(value, dict):
        return {name: as_text(each) for name, each in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None or value == "" else str(value)
