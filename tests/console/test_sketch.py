"""The streets around a case, drawn without another host."""

import pytest
from people import make_location, make_segment, make_street

from parvis.console import sketch
from parvis.places import keeping
from parvis.places.models import Precision

pytestmark = pytest.mark.django_db


def kept(**fields):
    return keeping.keep(make_location(**fields))


def test_the_street_passes_by_the_place():
    make_segment(make_street("Rue Té"))
    drawn = sketch.around(kept(lon=-71.2200, lat=46.8101))
    assert len(drawn.strokes) == 1
    start, end = (pair.split() for pair in drawn.strokes[0].path.removeprefix("M").split("L"))
    assert int(start[0]) < drawn.width / 2 < int(end[0])  # from west to east, under the place
    assert int(start[1]) == int(end[1]) > drawn.height / 2


def test_nothing_is_drawn_of_what_is_not_known():
    assert sketch.around(None) is None
    assert sketch.around(kept()) is None  # no street there
    make_segment()
    assert sketch.around(kept(lon=None, lat=None)) is None
    assert sketch.around(kept(precision=Precision.ZONE)) is None
