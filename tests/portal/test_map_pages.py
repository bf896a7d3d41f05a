"""The map's doors as a visitor, a screen reader or a hostile script meets them."""

import json
import re

import mapbox_vector_tile
import pytest
from django.urls import reverse
from tests.people import GERTRUDE, make_case, make_category, make_location, make_service, make_zone

from parvis.cases import map_table
from parvis.cases.models import Case
from parvis.catalogue.models import Service
from parvis.places import cells
from parvis.places.models import Zone
from parvis.shared import clock

pytestmark = pytest.mark.django_db
LON, LAT = -71.22, 46.81
WRONG_FILTERS = [
    "etat=perdu",
    "categorie=XXX",
    "quartier=%00",
    "periode=-1",
    "service=' OR 1=1",
    "cadre=1,2,3",
    "cadre=NaN,1,2,3",
    "cadre=5,5,1,1",
    "cadre=-999,1,2,3",
    f"cadre={'9' * 500}",
]


@pytest.fixture(autouse=True)
def _nothing_held(monkeypatch):
    monkeypatch.setattr(map_table, "PAUSE_S", 0.0)
    map_table.forget()
    yield
    map_table.forget()


def tile_address(name, z, lon=LON, lat=LAT, query=""):
    x, y = cells.mercator(lon, lat)
    return reverse(f"portal:{name}", args=[z, int(x * 2**z), int(y * 2**z)]) + query


def titles(response):
    return re.findall(r'map-row__title"><a href="([^"]+)">([^<]+)</a>', response.content.decode())


def features(response):
    if not response.content:
        return []
    return [one["properties"] for one in mapbox_vector_tile.decode(response.content)["cases"]["features"]]


class TestPage:
    def test_the_list_tells_service_state_street_day_and_how_many_wait(self, client):
        with clock.moved_to(clock.now().replace(year=2026, month=3, day=10, hour=14)):
            case = make_case(contact=GERTRUDE)
        Case.objects.filter(pk=case.pk).update(reports_count=3)
        page = client.get("/carte").content.decode()
        assert titles(client.get("/carte")) == [(f"/dossiers/{case.pk}", "Nid-de-poule")]
        for words in ("Reçue", "Rue des Essais", "mardi 10\u00a0mars 2026", "3 personnes attendent", "1 dossier"):
            assert words in page, words

    def test_nothing_personal_leaks_from_page_tile_or_bubble(self, client):
        case = make_case(contact=GERTRUDE, description="Je suis seule au 45 le mardi")
        answers = [
            client.get("/carte").content.decode(),
            client.get(f"/carte/dossiers?ids={case.pk}").content.decode(),
            str(features(client.get(tile_address("map_clusters", 16)))),
        ]
        for secret in (
            "Gertrude",
            "gertrude@",
            "seule",
            "45, rue",
            case.reports.get().number,
            case.reports.get().secret,
        ):
            assert not any(secret in answer for answer in answers), secret

    def test_an_empty_city_says_what_to_do(self, client):
        page = client.get("/carte").content.decode()
        assert "Aucun dossier ne correspond." in page
        assert ">Aucun dossier<" in page

    @pytest.mark.parametrize("wrong", WRONG_FILTERS)
    def test_a_wrong_filter_is_told_and_the_list_still_stands(self, client, wrong):
        make_case()
        answer = client.get(f"/carte?{wrong}")
        assert answer.status_code == 400
        assert "Une chose à corriger" in answer.content.decode()
        assert len(titles(answer)) == 1

    @pytest.mark.parametrize("wrong", ["", "x", "1-", "-1", "1-2-3", "9" * 5000, "١-٢", "1e3-4", "1-" + "9" * 40])
    def test_a_forged_place_in_the_list_starts_it_again(self, client, wrong):
        make_case()
        assert len(titles(client.get("/carte", {"apres": wrong}))) == 1

    def test_filters_combine_and_stay_in_the_form_and_the_links(self, client, monkeypatch):
        monkeypatch.setattr("parvis.portal.views.map.PAGE_SIZE", 1)
        zone = make_zone(Zone.Kind.NEIGHBOURHOOD, "Q1")
        here = make_location(LON, LAT, neighbourhood_id=zone.pk)
        older, newer = make_case(location=here), make_case(location=here)
        make_case(location=make_location(LON + 0.1))
        make_case(location=here, service=make_service("DEN", category=make_category("DEN")))
        query = "categorie=VOI&etat=ouverts&periode=30&quartier=Q1"
        first = client.get(f"/carte?{query}")
        assert [address for address, _ in titles(first)] == [f"/dossiers/{newer.pk}"]
        assert "2 dossiers" in first.content.decode()
        assert '<option value="Q1" selected>' in first.content.decode()
        address = re.search(r'href="\?([^"]+)" hx-get[^>]+rel="next"', first.content.decode())[1].replace("&amp;", "&")
        assert query in address
        second = client.get(f"/carte?{address}")
        assert [address for address, _ in titles(second)] == [f"/dossiers/{older.pk}"]
        assert 'rel="next"' not in second.content.decode()

    def test_closed_cases_are_told_in_the_past(self, client):
        case = make_case()
        Case.objects.filter(pk=case.pk).update(state="closed", outcome="repaired", closed_at=clock.now())
        assert "1 personne l’avait signalé" in client.get("/carte?etat=closed").content.decode()
        assert titles(client.get("/carte?etat=ouverts")) == []

    def test_the_number_of_queries_doesn_t_grow_with_the_rows(self, client, django_assert_max_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def queries():
            client.get("/carte")
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client.get("/carte")
            return len(seen)

        make_case()
        one = queries()
        make_case(), make_case(service=make_service("DEN"))
        assert queries() == one

    def test_no_script_no_style_no_address_of_others(self, client):
        make_case()
        page = client.get("/carte").content.decode()
        assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
        assert re.findall(r"\sstyle=|\son[a-z]+=|javascript:", page) == []
        assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []

    def test_in_english(self, client):
        make_case()
        page = client.get("/carte?lang=en").content.decode()
        assert "Pothole" in page
        assert "1 case" in page
        assert "1 person is waiting" in page
        assert json.loads(re.search(r'data-words="([^"]+)"', page)[1].replace("&quot;", '"'))["zoom_in"] == "Zoom in"

    def test_only_reading(self, client):
        for address in (
            "/carte",
            "/carte/dossiers",
            "/carte/amas/0/0/0.mvt",
            "/carte/tuiles/0/0/0.mvt",
            "/adresses/ici",
        ):
            assert client.post(address).status_code == 405


class TestTiles:
    def test_a_case_in_its_tile(self, client):
        case = make_case()
        answer = client.get(tile_address("map_clusters", 12))
        assert features(answer) == [{"n": 1, "open": 1, "state": "received", "ids": str(case.pk)}]
        assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
        assert "public" in answer["Cache-Control"]

    def test_the_point_lies_north_up(self, client):
        make_case()
        shape = mapbox_vector_tile.decode(
            client.get(tile_address("map_clusters", 12)).content, default_options={"y_coord_down": True}
        )["cases"]["features"][0]["geometry"]["coordinates"]
        x, y = cells.mercator(LON, LAT)
        assert shape == [int(x * 2**12 % 1 * 4096), int(y * 2**12 % 1 * 4096)]

    def test_filters_of_the_page(self, client):
        make_case()
        assert features(client.get(tile_address("map_clusters", 12, query="?etat=closed"))) == []
        assert len(features(client.get(tile_address("map_clusters", 12, query="?etat=ouverts&service=VOI-NID")))) == 1
        wrong = client.get(tile_address("map_clusters", 12, query="?etat=perdu"))
        assert (wrong.status_code, list(wrong.json())) == (400, ["error"])

    @pytest.mark.parametrize("layer", ["amas", "tuiles"])
    @pytest.mark.parametrize("tile", ["23/0/0", "99/0/0", "2/4/0", "2/0/4", "0/1/0", f"5/{10**40}/0", f"{10**40}/0/0"])
    def test_tiles_off_the_world(self, client, layer, tile):
        answer = client.get(f"/carte/{layer}/{tile}.mvt")
        assert (answer.status_code, list(answer.json())) == (404, ["error"])

    @pytest.mark.parametrize("tile", ["-1/0/0", "1.5/0/0", "a/b/c", "0/0/0/0", f"5/{'9' * 6000}/0", "0/%00/0"])
    def test_tiles_that_are_none(self, client, tile):
        assert client.get(f"/carte/amas/{tile}.mvt").status_code == 404

    def test_streets_come_as_a_tile(self, client):
        answer = client.get(tile_address("map_tiles", 14))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/vnd.mapbox-vector-tile")


class TestBubbles:
    def test_a_bubble_holds_what_the_list_holds(self, client):
        case = make_case()
        (card,) = client.get(f"/carte/dossiers?ids={case.pk}").json()["cases"]
        assert (card["service"], card["state"], card["state_word"]) == ("Nid-de-poule", "received", "Reçue")
        assert (card["place"], card["waiting"], card["url"]) == (
            "Rue des Essais",
            "1 personne attend",
            f"/dossiers/{case.pk}",
        )

    def test_hidden_merged_and_unknown_cases_are_left_out(self, client):
        shown, hidden, merged = make_case(), make_case(service=make_service("X", visibility="never")), make_case()
        Case.objects.filter(pk=merged.pk).update(merged_into=shown)
        ids = f"{hidden.pk},{merged.pk},987654,{shown.pk}"
        assert [card["id"] for card in client.get(f"/carte/dossiers?ids={ids}").json()["cases"]] == [shown.pk]

    @pytest.mark.parametrize("ids", ["", "x", "1;2", "1,,2", "-1", "1.0", "9" * 19, "٣"])
    def test_wrong_ids(self, client, ids):
        answer = client.get("/carte/dossiers", {"ids": ids})
        assert (answer.status_code, list(answer.json())) == (400, ["error"])

    def test_twenty_at_most(self, client):
        make_case()
        assert len(client.get("/carte/dossiers", {"ids": ",".join(["1"] * 500)}).json()["cases"]) <= 20


class TestAddresses:
    @pytest.mark.parametrize("lon", [None, "", "NaN", "inf", "-181", "x", "1" * 5000, "\0", "-71,2"])
    def test_a_position_that_is_none(self, client, lon):
        answer = client.get("/adresses/ici", {"lat": LAT} if lon is None else {"lon": lon, "lat": LAT})
        assert (answer.status_code, list(answer.json())) == (400, ["error"])

    def test_a_position_has_an_answer(self, client):
        answer = client.get("/adresses/ici", {"lon": LON, "lat": LAT}).json()
        assert (answer["lon"], answer["lat"]) == (LON, LAT)
        assert {"label", "precision", "precision_m", "is_outside", "neighbour"} <= set(answer)

    @pytest.mark.parametrize(
        "typed", ["", "r", "\0\0", "<script>alert(1)</script>", "' OR 1=1 --", "\u202e" * 50, "é" * 200]
    )
    def test_whatever_is_typed_gets_a_list(self, client, typed):
        answer = client.get("/adresses/suggestions", {"q": typed})
        assert answer.status_code == 200
        assert isinstance(answer.json()["suggestions"], list)

    def test_too_long_to_be_an_address(self, client):
        answer = client.get("/adresses/suggestions", {"q": "a" * 201})
        assert (answer.status_code, list(answer.json())) == (400, ["error"])


class TestPicker:
    @pytest.mark.parametrize(("visibility", "is_shown"), [("exact", True), ("segment", True), ("never", False)])
    def test_open_cases_are_shown_only_for_services_that_show_theirs(self, visibility, is_shown):
        from django.template.loader import render_to_string

        service = make_service(visibility, visibility=Service.Visibility(visibility))
        html = render_to_string("portal/_map_picker.html", {"service": service})
        settings = json.loads(re.search(r'data-map="([^"]+)"', html)[1].replace("&quot;", '"').replace("&amp;", "&"))
        expected = f"/carte/amas/{{z}}/{{x}}/{{y}}.mvt?service={visibility}&etat=ouverts" if is_shown else ""
        assert settings["clusters"] == expected
        assert ("demandes semblables" in html) is is_shown

    def test_it_stands_without_a_service(self):
        from django.template.loader import render_to_string

        assert "data-map-picker" in render_to_string("portal/_map_picker.html")
