"""The engine of the public map: what one tile and one page hold."""

from datetime import timedelta

import numpy as np
import pytest
from tests.people import TUESDAY_10H, make_case, make_category, make_location, make_service, make_zone

from parvis.cases import map_table, public_map
from parvis.cases.map_table import Box
from parvis.cases.models import Case
from parvis.cases.public_map import Cluster, Cursor, Selection
from parvis.catalogue.models import Service
from parvis.places import cells
from parvis.places.errors import BadPosition
from parvis.places.models import Zone
from parvis.shared import clock

pytestmark = pytest.mark.django_db
LON, LAT = -71.22, 46.81


@pytest.fixture(autouse=True)
def _nothing_held(monkeypatch):
    monkeypatch.setattr(map_table, "PAUSE_S", 0.0)
    map_table.forget()
    yield
    map_table.forget()


def tile(z, lon=LON, lat=LAT):
    x, y = cells.mercator(lon, lat)
    return z, int(x * 2**z), int(y * 2**z)


def case_at(lon=LON, lat=LAT, **fields):
    return make_case(location=make_location(lon, lat), **fields)


def close(case):
    Case.objects.filter(pk=case.pk).update(state="closed", outcome="repaired", closed_at=clock.now())
    map_table.forget()


def test_a_case_alone_is_a_point_that_names_itself():
    case = case_at()
    (mark,) = public_map.clusters(*tile(12))
    assert (mark.count, mark.open_count, mark.state, mark.case_ids) == (1, 1, "received", (case.pk,))


def test_neighbours_are_one_cluster_from_afar_and_points_from_near():
    first, second = case_at(), case_at(LON + 0.0005)
    (mark,) = public_map.clusters(*tile(10))
    assert (mark.count, mark.open_count, mark.state, mark.case_ids) == (2, 2, "", ())
    near = public_map.clusters(*tile(15))
    assert sorted(mark.case_ids for mark in near) == [(first.pk,), (second.pk,)]


def test_cases_on_one_spot_are_named_together_newest_first():
    ids = [case_at().pk for _ in range(3)]
    (mark,) = public_map.clusters(*tile(16))
    assert mark.case_ids == tuple(reversed(ids))


def test_a_point_lies_where_the_case_is():
    case_at()
    (mark,) = public_map.clusters(*tile(17))
    west, south, east, north = cells.tile_bounds(*tile(17))
    assert west + (east - west) * mark.x / public_map.EXTENT == pytest.approx(LON, abs=1e-5)
    assert north - (north - south) * mark.y / public_map.EXTENT == pytest.approx(LAT, abs=1e-5)


def test_the_world_s_first_tile_and_an_empty_one():
    case_at()
    assert [mark.count for mark in public_map.clusters(0, 0, 0)] == [1]
    assert public_map.clusters(*tile(12, lon=10)) == []


@pytest.mark.parametrize("z_x_y", [(-1, 0, 0), (2, 4, 0), (2, 0, 4), (3, -1, 0), (99, 0, 0), (5, 10**30, 0)])
def test_a_tile_that_the_world_doesn_t_have_is_refused(z_x_y):
    with pytest.raises(BadPosition):
        public_map.clusters(*z_x_y)


def test_a_closed_case_is_counted_apart():
    close(case_at())
    case_at(LON + 0.0005)
    assert [(m.count, m.open_count) for m in public_map.clusters(*tile(10))] == [(2, 1)]


def test_services_that_hide_their_places_never_show():
    for visibility in (Service.Visibility.AGGREGATE, Service.Visibility.NEVER):
        case_at(service=make_service(visibility, visibility=visibility))
    assert public_map.clusters(0, 0, 0) == []
    assert public_map.page(Selection()).total == 0


def test_a_service_hidden_later_hides_its_old_cases_at_once():
    case = case_at()
    assert len(public_map.clusters(0, 0, 0)) == 1
    Service.objects.update(visibility=Service.Visibility.NEVER)
    assert public_map.clusters(0, 0, 0) == []
    assert public_map.by_ids([case.pk]) == []
    assert public_map.page(Selection()).cases == []


def test_emergencies_and_merged_cases_never_show():
    kept, emergency, merged = case_at(), case_at(), case_at()
    Case.objects.filter(pk=emergency.pk).update(is_emergency=True)
    Case.objects.filter(pk=merged.pk).update(merged_into=kept)
    assert [m.case_ids for m in public_map.clusters(*tile(16))] == [(kept.pk,)]
    assert public_map.by_ids([emergency.pk, kept.pk, merged.pk]) == [kept]


def test_a_new_case_shows_without_reading_the_old_ones_again(django_assert_num_queries):
    case_at()
    public_map.clusters(0, 0, 0)
    case_at(LON + 0.3)
    held = map_table._held
    assert [m.count for m in public_map.clusters(*tile(10, lon=LON + 0.3))] == [1]
    assert map_table._held is not held
    assert list(map_table._held.key) == sorted(map_table._held.key)
    assert map_table._held.key.size == 2


def test_what_the_ledger_tells_is_read_again():
    case = case_at()
    assert [m.state for m in public_map.clusters(0, 0, 0)] == ["received"]
    from django.db import transaction

    from parvis.cases import events
    from parvis.ledger.record import record

    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="in_progress")
        record(events.CaseStarted("received"), subject=case)
    assert [m.state for m in public_map.clusters(0, 0, 0)] == ["in_progress"]


def test_another_history_under_the_same_ids_is_read_from_the_start():
    """A backup restored under a running server: ids are the same, the rows aren't."""
    case = case_at()
    public_map.clusters(0, 0, 0)
    Case.objects.filter(pk=case.pk).update(opened_at=clock.now() - timedelta(days=9), state="waiting")
    assert [m.state for m in public_map.clusters(0, 0, 0)] == ["waiting"]


def test_updating_a_table_equals_building_it_anew():
    rng = np.random.default_rng(311)
    rows = np.zeros(400, dtype=map_table._ROW)
    rows["key"] = rng.integers(0, 2**62, 400)
    rows["case_id"] = np.arange(1, 401)
    rows["state"] = rng.integers(0, 6, 400)
    services, mark = map_table.ServiceLookup(np.ones(1, dtype=np.int64)), map_table.Mark()
    old = map_table.build(rows, services, mark, 0.0)
    changed = [3, 7, 390, 401]
    new_rows = np.concatenate([rows[~np.isin(rows["case_id"], changed)], rows[[2, 389]]])
    new_rows["key"][-2:] = rng.integers(0, 2**62, 2)
    part = map_table.build(new_rows[-2:], services, mark, 1.0)
    patched, anew = map_table.updated(old, changed, part), map_table.build(new_rows, services, mark, 1.0)
    assert all(np.array_equal(getattr(patched, name), getattr(anew, name)) for name in map_table.COLUMNS)


class TestFilters:
    def test_by_category_and_service(self):
        snow = make_service("DEN-TRO", category=make_category("DEN"))
        case_at()
        snowy = case_at(LON + 0.3, service=snow)
        assert public_map.page(Selection(category_id=snow.category_id)).cases == [snowy]
        assert public_map.page(Selection(service_id=snow.pk)).cases == [snowy]
        assert public_map.page(Selection(category_id=snow.category_id, service_id=make_service().pk)).cases == []

    def test_by_state(self):
        done, open_ = case_at(), case_at()
        close(done)
        assert public_map.page(Selection(states=("closed",))).cases == [done]
        assert public_map.page(Selection(states=("received", "accepted"))).cases == [open_]

    def test_by_date(self):
        with clock.moved_to(TUESDAY_10H):
            case_at()
        recent = case_at()
        assert public_map.page(Selection(since=TUESDAY_10H + timedelta(seconds=1))).cases == [recent]
        assert public_map.page(Selection(since=TUESDAY_10H)).total == 2

    def test_by_neighbourhood_and_box(self):
        zone = make_zone(Zone.Kind.NEIGHBOURHOOD, "Q1")
        here = make_case(location=make_location(LON, LAT, neighbourhood_id=zone.pk))
        case_at(LON + 0.3)
        assert public_map.page(Selection(neighbourhood_id=zone.pk)).cases == [here]
        assert public_map.page(Selection(box=Box(LON - 0.01, LAT - 0.01, LON + 0.01, LAT + 0.01))).cases == [here]

    def test_a_tile_takes_the_same_filters(self):
        close(case_at())
        assert public_map.clusters(0, 0, 0, Selection(states=("received",))) == []


class TestPages:
    def test_newest_first_and_every_case_once(self):
        cases = []
        for minute in (3, 1, 2, 2, 2):
            with clock.moved_to(TUESDAY_10H + timedelta(minutes=minute)):
                cases.append(case_at())
        seen, after = [], None
        for _ in range(3):
            page = public_map.page(Selection(), after, size=2)
            assert page.total == 5
            seen += page.cases
            after = page.next_cursor
        assert after is None
        assert [cases.index(case) for case in seen] == [0, 4, 3, 2, 1]

    def test_a_cursor_from_nowhere_gives_what_lies_behind_it(self):
        case_at()
        assert public_map.page(Selection(), Cursor(0, 0)).cases == []
        assert public_map.page(Selection(), Cursor(10**12, 1)).total == 1

    def test_the_extent_leaves_out_the_one_misplaced_case(self):
        for step in range(100):
            case_at(LON + step / 10_000)
        case_at(2.35, 48.85)
        extent = public_map.page(Selection()).extent
        assert (extent.west, extent.south) == (pytest.approx(LON + 0.0001), pytest.approx(LAT))
        assert extent.east < -71

    def test_no_case_no_extent(self):
        assert public_map.page(Selection()).extent is None


def test_a_cluster_is_plain_data():
    assert Cluster(1, 2, 3, 3, "", ()).case_ids == ()
