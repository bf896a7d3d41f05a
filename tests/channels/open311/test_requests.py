from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from people import TUESDAY_10H, make_service
from tests.channels.open311.speaking import as_text

from parvis.cases.models import Case, Report
from parvis.shared import clock

HERE = {"lat": "46.810000", "long": "-71.220000"}


def a_report(**fields):
    return {"service_code": "VOI-NID", "attribute[profondeur]": "leger", **HERE, **fields}


@pytest.mark.parametrize("extension", ["json", "xml"])
def test_a_report_gets_a_number_and_can_be_followed(machine, pothole, extension):
    with clock.moved_to(TUESDAY_10H):
        [receipt] = machine.post(
            extension=extension,
            **a_report(description="Un gros trou", first_name="Oscar", email="oscar@featherby.example"),
        )
    report = Report.objects.select_related("person", "case").get()
    assert receipt["service_request_id"] == report.number
    assert report.spoken_number in receipt["service_notice"]
    assert (report.channel, report.description, report.person.name) == ("open311", "Un gros trou", "Oscar")
    assert report.answers == {"profondeur": "leger"}
    [request] = machine.get(f"requests/{report.number}.{extension}")
    assert (request["status"], request["requested_datetime"]) == ("open", "2026-03-10T10:00:00-04:00")
    assert request["address"] == "Rue des Essais"


def test_nothing_personal_comes_out(machine, pothole):
    machine.post(
        **a_report(
            description="Devant chez Zénobie",
            first_name="Zénobie",
            last_name="Quenouille",
            email="zenobie@quenouille.example",
            phone="418-555-0133",
            address_string="45, rue des Essais",
        )
    )
    response = machine.client.get(f"/open311/v2/requests/{Report.objects.get().number}.json")
    told = response.content.decode()
    assert [word for word in ("Zénobie", "Quenouille", "quenouille", "0133", "45,") if word in told] == []


def test_a_hidden_service_tells_no_place(machine, town):
    make_service("MAT-BAC", visibility="never", location_mode="address")
    [receipt] = machine.post(service_code="MAT-BAC", **HERE)
    [request] = machine.get(f"requests/{receipt['service_request_id']}.json")
    assert (request["lat"], request["long"], request["address"]) == (None, None, None)


def test_one_request_says_the_same_in_xml_and_json(machine, pothole):
    [receipt] = machine.post(**a_report())
    path = f"requests/{receipt['service_request_id']}"
    assert machine.get(f"{path}.xml") == as_text(machine.get(f"{path}.json"))
    assert machine.get(f"requests/{Report.objects.get().spoken_number}.json") == machine.get(f"{path}.json")


def test_a_closed_case_is_told_with_its_public_sentence(machine, pothole):
    [receipt] = machine.post(**a_report())
    Case.objects.update(
        state="closed", outcome="repaired", outcome_sentence="Le trou est bouché.", closed_at=clock.now()
    )
    [request] = machine.get(f"requests/{receipt['service_request_id']}.json")
    assert (request["status"], request["status_notes"]) == ("closed", "Le trou est bouché.")


def test_lists_of_answers_are_read_in_every_spelling(machine, pothole):
    machine.post(**a_report(**{"attribute[voies][]": ["droite", "cyclable"], "attribute[inconnu]": "x", "title": "x"}))
    machine.post(**a_report(**{"attribute[voies]": ["droite", "cyclable"]}))
    machine.post(**a_report(**{"attribute[voies][]": [""]}))
    assert [report.answers.get("voies") for report in Report.objects.order_by("pk")] == [
        ["droite", "cyclable"],
        ["droite", "cyclable"],
        None,
    ]


def test_an_address_does_as_well_as_a_point(machine, pothole):
    machine.post(service_code="VOI-NID", address_string="45 rue des Essais", **{"attribute[profondeur]": "leger"})
    assert "45" in Report.objects.get().place.label


def test_a_service_without_a_place_needs_none(machine, town):
    make_service("ADM-COM", location_mode="none")
    assert len(machine.post(service_code="ADM-COM")) == 1


def test_a_yes_to_the_emergency_question_raises_the_alarm_and_says_whom_to_call(machine, pothole):
    [receipt] = machine.post(**a_report(**{"attribute[screen]": "yes"}))
    assert Case.objects.get().is_emergency
    assert "911" in receipt["service_notice"]


def test_the_same_key_twice_makes_one_report(machine, pothole):
    first = machine.post(**a_report(idempotency_key="téléphone-1"))
    assert machine.post(**a_report(idempotency_key="téléphone-1")) == first
    assert Report.objects.count() == 1


def test_photos_come_under_any_name(machine, pothole):
    machine.post(**a_report(media=a_photo(), photo1=a_photo(), **{"media[]": a_photo()}))
    assert Report.objects.get().photos.count() == 3


def test_a_file_that_is_no_photo_refuses_the_report(machine, pothole):
    [problem] = machine.post(400, **a_report(media=SimpleUploadedFile("trou.jpg", b"MZ not a picture")))
    assert problem["description"].startswith("media\xa0: ")
    assert Report.objects.count() == 0


def test_the_address_of_a_picture_is_kept_for_staff(machine, pothole):
    machine.post(**a_report(description="Un trou", media_url="https://photos.example/1.jpg"))
    assert Report.objects.get().description == "Un trou\nPhoto\xa0: https://photos.example/1.jpg"


def test_multipart_without_a_file_and_with_stray_line_ends_is_read(machine, pothole):
    """The Java client of the field posts so: each part has a type, and the last value ends with CRLF."""
    parts = a_report(description="Un trou")
    body = "".join(
        f'--=_Part==7\r\nContent-Disposition: form-data; name="{name}"\r\n'
        f"Content-Type: text/plain; charset=UTF-8\r\n\r\n{value}\r\n\r\n"
        for name, value in parts.items()
    )
    response = machine.client.post(
        "/open311/v2/requests.json",
        data=f"{body}--=_Part==7--\r\n".encode(),
        content_type="multipart/form-data; boundary==_Part==7",
    )
    assert response.status_code == 200, response.content
    assert Report.objects.get().description == "Un trou"


def test_a_web_page_elsewhere_may_post(machine, pothole):
    response = machine.client.options("/open311/v2/requests.json", headers={"Origin": "https://app.example"})
    assert (response.status_code, response.headers["Access-Control-Allow-Methods"]) == (204, "POST, OPTIONS")
    response = machine.client.post("/open311/v2/requests.json", a_report(), headers={"Origin": "https://app.example"})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (200, "*")


def a_photo():
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (40, 30), "grey").save(file, "JPEG")
    return SimpleUploadedFile("trou.jpg", file.getvalue(), content_type="image/jpeg")
