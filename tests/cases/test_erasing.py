import io

import pytest
from people import GERTRUDE, OSCAR, make_agent, make_location, make_report, make_segment, make_service
from PIL import Image

from parvis.cases import drafts, index, photos
from parvis.cases.models import Draft
from parvis.ledger import chain
from parvis.people import retention

pytestmark = pytest.mark.django_db


def found(words):
    from parvis.cases.models import Case

    return set(Case.objects.filter(pk__in=index.CASES.ids(words)).values_list("pk", flat=True))


def test_a_person_is_forgotten_and_the_work_stays(settings, tmp_path):
    settings.UPLOADS = tmp_path
    file = io.BytesIO()
    Image.new("RGB", (40, 40)).save(file, "PNG")
    file.seek(0)
    photo = photos.keep_aside(file)
    segment = make_segment(mid_lon=-71.25, mid_lat=46.82)
    report = make_report(
        service=make_service("MAT-ENC", visibility="never"), contact=GERTRUDE, description="Le divan violet",
        location=make_location(segment_id=segment.pk), photo_ids=(photo.pk,),
    )  # fmt: skip
    other = make_report(contact=OSCAR, description="Le divan orange")
    drafts.save(make_agent(), report.case_id, {"note": "Appeler Gertrude"})
    secret = report.secret

    retention.erase(report.person)

    report.refresh_from_db()
    report.place.refresh_from_db()
    report.case.refresh_from_db()
    assert (report.description, report.place.label) == ("", "")
    assert (report.place.lon, report.place.lat) == (-71.25, 46.82)
    assert report.secret != secret
    assert (found("violet"), found("orange")) == (set(), {other.case_id})
    assert not photos.path(photo, "large").exists()
    assert Draft.objects.count() == 0
    assert report.case.reports_count == 1
    assert list(chain.breaks()) == []
