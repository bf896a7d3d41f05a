import csv
import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parvis.cases.importing import import_file, load
from parvis.cases.importing.profile import BadProfile
from parvis.cases.models import Case, Report
from parvis.ledger import chain
from parvis.ledger.models import Entry
from parvis.notices.models import Notice
from parvis.shared.models import Job

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[3] / "shared" / "data" / "311"

PROFILE = """
name = "essai"
title = "Ville d’essai"
time_zone = "America/Toronto"
date_formats = ["%Y-%m-%d %H:%M", "iso"]
visibility = "exact"
default_sentence = "Fait."
[columns]
external_id = "id"
opened_at = "open"
closed_at = "close"
service = "what"
address = "where"
lon = "x"
lat = "y"
state = "state"
outcome = "why"
[states]
"O" = "received"
"C" = "closed"
[outcomes]
"fixed" = "repaired"
"""
HEADER = ["id", "open", "close", "what", "where", "x", "y", "state", "why"]
POTHOLE = [
    "1",
    "2015-07-01 12:00",
    "2015-07-03 12:00",
    "Pothole",
    "33 Beacon St, Boston",
    "-71.06",
    "42.35",
    "C",
    "fixed",
]


@pytest.fixture
def profile(tmp_path):
    path = tmp_path / "essai.toml"
    path.write_text(PROFILE)
    return load(str(path))


@pytest.fixture
def bring_in(tmp_path, profile):
    def run(*rows):
        source = tmp_path / "requests.csv"
        with source.open("w", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        tally = import_file(source, profile, tmp_path / "rejects.csv")
        with (tmp_path / "rejects.csv").open(newline="") as file:
            return tally, list(csv.reader(file))[1:]

    return run


def test_a_row_becomes_a_report_a_case_a_place_and_two_lines_of_history(bring_in):
    tally, rejects = bring_in(POTHOLE)
    assert (tally.made, rejects) == (1, [])
    report = Report.objects.select_related("case__place", "service").get()
    case = report.case
    assert (case.state, case.outcome, case.outcome_sentence, case.reports_count) == ("closed", "repaired", "fixed", 1)
    assert case.opened_at == datetime(2015, 7, 1, 16, tzinfo=UTC)
    assert (report.number[:2], report.wants_notices, report.person) == ("15", False, None)
    assert (case.place.label, case.place.public_label) == ("33 Beacon St, Boston", "Beacon St")
    assert (case.service.name_fr, case.service.is_active) == ("Pothole", False)
    assert sorted(Entry.objects.values_list("kind", flat=True)) == ["case.imported", "report.imported"]
    assert list(chain.breaks()) == []


def test_history_tells_nobody(bring_in):
    bring_in(POTHOLE)
    assert Notice.objects.count() == Job.objects.count() == 0


def test_the_same_file_again_changes_nothing(bring_in):
    other = ["2", *POTHOLE[1:]]
    assert bring_in(POTHOLE)[0].made == 1
    tally, _rejects = bring_in(POTHOLE, other)
    assert (tally.made, tally.already) == (1, 1)
    assert bring_in(POTHOLE, other)[0].already == 2
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("open", "", "no date of opening"),
        ("open", "yesterday", "unreadable date in opened_at: yesterday"),
        ("close", "2015-06-01 12:00", "closed before it was opened"),
        ("what", " ", "no service"),
        ("x", "nan", "impossible position: nan, 42.35"),
        ("x", "east", "unreadable position: east, 42.35"),
        ("state", "Z", "unknown state: Z"),
    ],
)
def test_a_row_that_cannot_be_read_is_listed_with_line_and_reason(bring_in, column, value, reason):
    wrong = list(POTHOLE)
    wrong[HEADER.index(column)] = value
    tally, rejects = bring_in(["9", *POTHOLE[1:]], wrong)
    assert (tally.made, tally.rejected) == (1, 1)
    assert rejects == [["3", reason, "\x1f".join(wrong)]]


def test_the_same_id_twice_in_one_file_is_listed(bring_in):
    tally, rejects = bring_in(POTHOLE, POTHOLE)
    assert (tally.made, tally.rejected, rejects[0][1]) == (1, 1, "the same id twice in the file")


def test_rows_without_an_id_are_kept_apart_and_recognised(bring_in):
    nameless = ["", *POTHOLE[1:]]
    assert bring_in(nameless, nameless)[0].made == 2
    assert bring_in(nameless, nameless)[0].already == 2


def test_hostile_cells_are_kept_inert(bring_in):
    hostile = list(POTHOLE)
    hostile[3], hostile[4] = "<script>\x00\u202e", "x" * 100_000
    assert bring_in(hostile)[0].made == 1
    assert Case.objects.get().service.name_fr == "<script>"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PROFILE.replace('name = "essai"', "name = 1"), "attribute"),
        ("name = 'x'", "missing"),
        (PROFILE.replace('service = "what"', 'servis = "what"'), "servis"),
        (PROFILE.replace('"repaired"', '"mended"'), "mended"),
        (PROFILE.replace("America/Toronto", "America/Nowhere"), "Nowhere"),
        ("[[[", "essai"),
    ],
)
def test_a_wrong_profile_says_what_is_wrong(tmp_path, text, told):
    path = tmp_path / "essai.toml"
    path.write_text(text)
    with pytest.raises(BadProfile, match=told):
        load(str(path))


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "profile"),
    [
        ("boston/boston_311_2015.csv.gz", "boston"),
        ("montreal/plateau_311_2022-01_2025-08.csv.gz", "montreal"),
        ("montreal/requetes311_rats_vermine_2016_2019.csv.gz", "montreal"),
        ("paris/dansmarue_2023-08_2024-05.csv.gz", "paris"),
        ("newyork/nyc_311_animaux_5895.csv.gz", "nyc"),
    ],
)
def test_real_requests_come_in_and_come_in_once(tmp_path, file, profile):
    if not (REAL / file).exists():
        pytest.skip("the real open data isn't laid beside the project")
    some = tmp_path / "some.csv"
    with gzip.open(REAL / file, "rt", encoding="utf-8", newline="") as whole:
        some.write_text("".join(line for line, _n in zip(whole, range(2001), strict=False)), newline="")
    first = import_file(some, load(profile), tmp_path / "rejects.csv")
    again = import_file(some, load(profile), tmp_path / "rejects.csv")
    assert first.made > 1900
    assert first.made + first.rejected == first.rows
    assert (again.made, again.already, again.rejected) == (0, first.made, first.rejected)
    assert Case.objects.filter(source=profile).count() == first.made
