"""What real servers of this standard stumbled on."""

import pytest
from people import make_report, make_service
from tests.channels.open311.speaking import read

from parvis.cases.models import Report
from parvis.catalogue.models import Service

HERE = {"lat": "46.81", "long": "-71.22"}


@pytest.mark.parametrize(
    "typed",
    [
        "NaN",
        "inf",
        "-inf",
        "1e400",
        "٤٥.٥",
        "4_5.5",
        "46,8",
        "91",
        "-90.0000001",
        "0x2E",
        "46.8\x00",
        "9" * 100_000,
        "é",
    ],
)
def test_a_coordinate_that_is_none_is_refused(machine, pothole, typed):
    [problem] = machine.post(
        400, service_code="VOI-NID", lat=typed, long="-71.22", **{"attribute[profondeur]": "leger"}
    )
    assert problem["description"].startswith("lat\xa0: ")
    assert Report.objects.count() == 0


def test_every_problem_is_told_at_once(machine, pothole):
    problems = machine.post(400, service_code="VOI-NID", lat="NaN", long="٧١", description="x" * 4001)
    assert [p["description"].split("\xa0")[0] for p in problems] == ["lat", "long", "description"]


def test_half_a_point_says_which_half_is_missing(machine, pothole):
    [problem] = machine.post(400, service_code="VOI-NID", lat="46.81")
    assert problem["description"].startswith("long\xa0: ")


def test_missing_things_are_named_as_the_standard_names_them(machine, pothole):
    [problem] = machine.post(400, service_code="VOI-NID", **HERE)
    assert problem["description"].startswith("attribute[profondeur]\xa0: ")
    assert [p["description"].split("\xa0")[0] for p in machine.post(400)] == ["service_code"]
    [problem] = machine.post(400, service_code="VOI-NID", **{"attribute[profondeur]": "leger"})
    assert problem["description"].startswith("lat\xa0: ")


def test_a_conditional_question_is_required_once_opened(machine, pothole):
    [problem] = machine.post(400, service_code="VOI-NID", **HERE, **{"attribute[profondeur]": "profond"})
    assert problem["description"].startswith("attribute[largeur]\xa0: ")


@pytest.mark.parametrize("code", ["NOPE", "x' OR 1=1", "VOI\x00NID", "é" * 5000])
def test_an_unknown_service_code_is_not_found(machine, pothole, code):
    problems = machine.post(404, service_code=code, **HERE)
    assert problems[-1]["description"].startswith("service_code\xa0: ")
    assert problems[-1]["code"] == 404


def test_a_place_in_the_next_town_is_refused_with_its_name(machine, pothole):
    [problem] = machine.post(
        400, service_code="VOI-NID", lat="46.81", long="-71.05", **{"attribute[profondeur]": "leger"}
    )
    assert "Lévis" in problem["description"]


def test_a_wrong_e_mail_is_refused(machine, pothole):
    [problem] = machine.post(
        400, service_code="VOI-NID", email="pas un courriel", **HERE, **{"attribute[profondeur]": "leger"}
    )
    assert problem["description"].startswith("email\xa0: ")


def test_a_control_character_breaks_neither_format(machine, pothole):
    machine.post(service_code="VOI-NID", description="a\x0bb\x00c\ud7ff", **HERE, **{"attribute[profondeur]": "leger"})
    Service.objects.update(name_fr="Nid\x0b-de-<poule> & \uffff]]>")  # as a bad import could have left it
    number = Report.objects.get().number
    assert machine.get(f"requests/{number}.xml")[0]["service_name"] == "Nid-de-<poule> & ]]>"
    assert machine.get(f"requests/{number}.json")[0]["service_name"] == "Nid\x0b-de-<poule> & \uffff]]>"
    assert len(machine.get("services.xml")) == 1


@pytest.mark.parametrize("extension", ["json", "xml"])
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("delete", "services", 405),
        ("put", "requests", 405),
        ("get", "requests", 405),
        ("post", "services/VOI-NID", 405),
        ("get", "requests/2600000000", 404),
        ("get", "requests/%00", 404),
        ("get", "services/%00", 404),
        ("get", "nothing/here", 404),
        ("post", "discovery", 404),
    ],
)
def test_what_is_not_there_is_told_in_the_format_asked(machine, pothole, method, path, status, extension):
    response = getattr(machine.client, method)(f"/open311/v2/{path}.{extension}")
    [problem] = read(response, status)
    assert str(problem["code"]) == str(status)
    assert ("Allow" in response.headers) == (status == 405)


@pytest.mark.parametrize("path", ["", "services", "services.html", "services.json/", "services.jsonp"])
def test_a_path_without_a_format_answers_xml(machine, path):
    response = machine.client.get(f"/open311/v2/{path}")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "text/xml; charset=utf-8")


def test_other_bodies_are_refused_in_words(machine, pothole):
    url = "/open311/v2/requests.json"
    [problem] = read(machine.client.post(url, "{}", content_type="application/json"), 415)
    assert "multipart/form-data" in problem["description"]
    latin = "application/x-www-form-urlencoded; charset=latin-1"
    read(machine.client.post(url, b"lat=%E9", content_type=latin), 400)
    read(machine.client.post(url, b"no boundary", content_type="multipart/form-data"), 400)
    read(machine.client.post(url, {f"attribute[q{n}]": "x" for n in range(600)}), 400)


def test_a_body_of_three_megabytes_is_too_large(machine, pothole):
    form = "application/x-www-form-urlencoded"
    body = b"description=" + b"x" * 3_000_000
    assert read(machine.client.post("/open311/v2/requests.xml", body, content_type=form), 413)[0]["code"] == "413"


def test_the_number_of_a_merged_report_follows_the_case(machine, town):
    report = make_report(service=make_service())
    [request] = machine.get(f"requests/{report.number}.json")
    assert request["service_request_id"] == report.number
