from dataclasses import fields

import pytest
from people import make_case, make_service

from parvis.cases import public
from parvis.catalogue import editing
from parvis.catalogue.editing import ServiceDraft
from parvis.shared import jobs

pytestmark = pytest.mark.django_db


def test_hiding_a_service_hides_the_cases_that_it_has_already():
    case = make_case()
    assert public.standing().filter(pk=case.pk).exists()
    service = make_service()
    seen = {f.name: getattr(service, f.name) for f in fields(ServiceDraft)}
    editing.save_service(ServiceDraft(**(seen | {"visibility": "never"})), service.pk)
    jobs.run_until_empty()
    case.refresh_from_db()
    assert (case.public_lon, case.public_lat, case.morton) == (None, None, None)
    assert case.cell is not None
