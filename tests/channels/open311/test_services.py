import pytest
from people import make_service
from tests.channels.open311.speaking import as_text


def test_a_city_tells_what_can_be_reported(machine, pothole):
    assert machine.get("services.json") == [
        {
            "service_code": "VOI-NID",
            "service_name": "Nid-de-poule",
            "description": "Réponse visée en 10 jours ouvrables.",
            "metadata": True,
            "type": "realtime",
            "keywords": "trou dans la rue, crevasse",
            "group": "Rues et trottoirs",
        }
    ]


def test_a_retired_service_and_a_gas_leak_are_not_offered(machine):
    make_service("VOI-OLD", is_active=False)
    make_service("URG-GAZ", emergency="always")
    make_service("MAT-ENC", name_fr="Encombrants")
    assert [line["service_code"] for line in machine.get("services.json")] == ["MAT-ENC"]
    assert machine.get("services/URG-GAZ.json", 404)[0]["code"] == 404


def test_a_definition_asks_the_questions_in_order(machine, pothole):
    definition = machine.get("services/VOI-NID.json")
    attributes = definition["attributes"]
    assert [(a["order"], a["code"], a["datatype"], a["required"]) for a in attributes] == [
        (1, "screen", "singlevaluelist", False),
        (2, "profondeur", "singlevaluelist", True),
        (3, "voies", "multivaluelist", False),
        (4, "largeur", "number", False),  # required only when it's asked, which the standard can't say
    ]
    assert attributes[1]["values"] == [
        {"key": "leger", "name": "Moins de 5 cm"},
        {"key": "profond", "name": "Plus de 5 cm"},
    ]
    assert "Profondeur ?" in attributes[3]["datatype_description"]


def test_a_definition_speaks_english_when_asked(machine, pothole):
    words = machine.get("services/VOI-NID.json", locale="en")["attributes"][1]["values"]
    assert [word["name"] for word in words] == ["< 5 cm", "Plus de 5 cm"]


@pytest.mark.parametrize("path", ["services", "services/VOI-NID"])
def test_xml_and_json_say_the_same(machine, pothole, path):
    assert machine.get(f"{path}.xml") == as_text(machine.get(f"{path}.json"))


def test_an_unknown_service_is_told_in_the_format_asked(machine):
    sentence = "service_code\xa0: Aucun service ne porte ce code. Relisez la liste services."
    assert machine.get("services/NOPE.json", 404) == [{"code": 404, "description": sentence}]
    assert machine.get("services/NOPE.xml", 404) == [{"code": "404", "description": sentence}]


def test_the_list_may_be_kept_for_a_while_and_costs_the_same_for_one_or_ten_services(
    machine, django_assert_max_num_queries
):
    for number in range(10):
        make_service(f"S-{number}")
    with django_assert_max_num_queries(2):
        response = machine.client.get("/open311/v2/services.json")
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in response.headers
