"""A city loads its catalogue from a spreadsheet."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from parvis.catalogue import importing, reading
from parvis.catalogue.errors import BadFile
from parvis.catalogue.models import Category, Question, Service
from parvis.ledger import chain
from parvis.ledger.models import Entry
from parvis.people.models import Department, Team

pytestmark = pytest.mark.django_db
LINE = {
    "code": "VOI-NID", "name_fr": "Nid-de-poule", "name_en": "Pothole", "category": "VOI",
    "category_fr": "Rues", "nature": "intervention", "department_code": "VOI", "department_fr": "Voirie",
    "target_value": "5", "target_unit": "j_cal",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path):
    def write(*lines: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(lines[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(lines)
        path = tmp_path / "catalogue.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


def faults(path: Path) -> list[str]:
    with pytest.raises(BadFile) as bad:
        importing.load(path)
    assert not Service.objects.exists()
    assert not Department.objects.exists()
    assert not Entry.objects.exists()
    return [str(fault).replace("\u00a0", " ") for fault in bad.value.faults]


def test_the_shipped_catalogue_is_loaded_whole() -> None:
    done = importing.load(reading.shipped())
    assert (done.created, done.changed, done.unchanged) == (73, 0, 0)
    assert (Service.objects.count(), Category.objects.count(), Department.objects.count()) == (73, 17, 18)
    assert Question.objects.count() == 115
    assert set(Team.objects.values_list("code", flat=True)) == set(Department.objects.values_list("code", flat=True))
    units = {unit: Service.objects.filter(target_unit=unit).count() for unit in Service.Unit.values}
    assert units == {"business_days": 31, "calendar_days": 10, "business_hours": 19, "immediate": 13}
    assert not list(chain.breaks())


def test_a_service_is_read_column_by_column() -> None:
    importing.load(reading.shipped())
    ice = Service.objects.get(code="NEI-RUE")
    assert ice.season_months == [11, 12, 1, 2, 3, 4]
    assert (ice.target_value, ice.target_unit, ice.target_after_operation) == (24, "business_hours", True)
    assert (ice.priority, ice.location_mode, ice.emergency, ice.screen_route) == (3, "segment", "screen", "911")
    assert "charrue" in ice.synonyms_fr.splitlines()
    complaint = Service.objects.get(code="PLA-SER")
    assert (complaint.nature, complaint.season_months) == ("complaint", [])


def test_nothing_that_people_read_lacks_english() -> None:
    importing.load(reading.shipped())
    for field in ("name", "screen_question", "referral", "synonyms"):
        missing = Service.objects.filter(**{f"{field}_en": ""}).exclude(**{f"{field}_fr": ""})
        assert list(missing.values_list("code", flat=True)) == []
    assert not Department.objects.filter(name_en="").exists()
    assert not Category.objects.filter(name_en="").exists()
    assert not Question.objects.filter(label_en="").exists()


def test_french_is_set_in_print() -> None:
    importing.load(reading.shipped())
    assert Service.objects.get(code="EAU-REG").screen_question_fr == "Le trou est-il ouvert\u00a0?"
    assert Service.objects.get(code="MAT-ENC").name_fr == "Collecte d’encombrants (sans réfrigérant)"
    assert Question.objects.get(service__code="MAT-ENC", key="nb_objets").label_fr == "Combien d’objets\u00a0?"


def test_a_second_load_changes_nothing() -> None:
    importing.load(reading.shipped())
    entries = Entry.objects.count()
    done = importing.load(reading.shipped())
    assert (done.created, done.changed, done.unchanged) == (0, 0, 73)
    assert Entry.objects.count() == entries


def test_what_changed_is_written_and_told(file) -> None:
    importing.load(file(LINE))
    done = importing.load(file(LINE | {"target_value": "7", "name_fr": "Trou"}, LINE | {"code": "VOI-TRO"}))
    assert (done.created, done.changed, done.unchanged) == (1, 1, 0)
    changed = Entry.objects.get(kind="service.changed")
    assert changed.data == {"code": "VOI-NID", "fields": ["name_fr", "target_value"]}


def test_a_column_that_isnt_in_the_file_stays_as_it_was_edited(file) -> None:
    importing.load(file(LINE))
    Service.objects.update(referral_fr="511", demand_weight=3.5)
    assert importing.load(file(LINE)).unchanged == 1
    assert Service.objects.get().referral_fr == "511"


def test_questions_follow_the_file(file) -> None:
    def asking(*questions: dict[str, object]) -> Path:
        return file(LINE | {"extra_questions_json": json.dumps(questions)})

    where = {
        "key": "ou",
        "label_fr": "Où ?",
        "type": "choice",
        "options": [{"value": "a", "fr": "A"}, {"value": "b", "fr": "B"}],
    }
    why = {
        "key": "quoi",
        "label_fr": "Quoi ?",
        "type": "text",
        "required": True,
        "condition": {"key": "ou", "in": ["a"]},
    }
    importing.load(asking(where, why))
    assert list(Question.objects.values_list("key", "is_required", "condition")) == [
        ("ou", False, None), ("quoi", True, {"key": "ou", "in": ["a"]}),
    ]  # fmt: skip
    first = Question.objects.get(key="ou").pk
    importing.load(asking(where | {"label_fr": "Où donc ?"}))
    assert list(Question.objects.values_list("pk", "label_fr")) == [(first, "Où donc\u00a0?")]


def test_a_file_from_a_french_spreadsheet_is_read(file) -> None:
    assert importing.load(file(LINE, delimiter=";", encoding="utf-8-sig")).created == 1


def test_every_reason_is_told_with_its_line_and_nothing_is_written(file) -> None:
    wrong = [
        LINE,
        LINE | {"code": "voi nid", "nature": "vœu", "target_value": "beaucoup"},
        LINE | {"name_fr": "", "target_unit": "lunes"},
        LINE | {"code": "VOI-X", "category_fr": "Autre nom"},
    ]
    assert faults(file(*wrong)) == [
        "Ligne 3 : target_value : « beaucoup » n’est pas accepté.",
        "Ligne 3 : nature : Choisissez parmi : intervention, information, complaint, comment.",
        "Ligne 3 : code : Le code s’écrit en majuscules, chiffres et tirets, par exemple VOI-NID.",
        "Ligne 3 : target_value : Le délai va de 1 à 1825.",
        "Ligne 4 : target_unit : Choisissez parmi : immediate, business_hours, business_days, calendar_days.",
        "Ligne 4 : name_fr : Donnez le nom en français.",
        "Ligne 4 : le code VOI-NID est déjà à la ligne 2.",
        "Ligne 5 : category : VOI porte deux noms, « Rues » et « Autre nom ».",
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("season_months", "13-2"), ("season_months", "hiver"), ("priority", "P9"), ("priority", "haute"),
        ("anonymous_ok", "peut-être"), ("extra_questions_json", "{"), ("extra_questions_json", "{}"),
        ("extra_questions_json", '[{"key": "a"}]'), ("extra_questions_json", '["a"]'),
        ("extra_questions_json", '[{"key": "a", "label_fr": "A", "type": "choice"}]'),
        ("extra_questions_json", '[{"key": "a", "label_fr": "A", "type": "text", "options": [1]}]'),
        ("extra_questions_json", '[{"key": "a", "label_fr": "A", "type": "text", "condition": {"key": "b"}}]'),
        ("extra_questions_json", '[{"key": "a", "label_fr": "A", "type": "text"}, {"key": "a", "label_fr": "B"}]'),
        ("emergency_911", "screen"), ("public_map", "partout"), ("dup_radius_m", "-5"), ("dup_radius_m", "99999999"),
        ("demand_weight_pct", "nan"), ("demand_weight_pct", "x"), ("name_en", "a" * 300), ("location_mode", "lune"),
        ("screen_if_yes", "999"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused(file, column: str, value: str) -> None:
    assert all(fault.startswith("Ligne 2 : ") for fault in faults(file(LINE | {column: value})))


def test_a_file_of_another_shape_is_refused(file, tmp_path: Path) -> None:
    assert faults(file({"a": "1"})) == [
        "Ligne 1 : Il manque les colonnes : code, name_fr, category, category_fr, nature, department_code, "
        "department_fr, target_value, target_unit.",
        "Ligne 1 : Colonnes inconnues ou répétées : a.",
    ]  # fmt: skip
    path = file(LINE)
    with path.open("a") as more:
        more.write("VOI-X,trop,court\n")
    assert faults(path) == ["Ligne 3 : 3 cases au lieu de 10."]
    path.write_text("")
    assert len(faults(path)) == 1
    path.write_bytes(b"\xff\xfe\x00binary")
    assert faults(path) == ["Ce fichier n’est pas en UTF-8. Enregistrez-le en « CSV UTF-8 »."]
    path.write_bytes(path.read_bytes()[:0] + ",".join(LINE).encode() + b"\n")
    assert faults(path) == ["Ce fichier ne contient aucun service."]
    assert faults(tmp_path / "absent.csv") == ["Ce fichier ne s’ouvre pas : No such file or directory."]
    assert faults(tmp_path)[0].startswith("Ce fichier ne s’ouvre pas")


def test_a_line_keeps_its_number_after_a_cell_of_several_lines(file) -> None:
    two = LINE | {"name_en": "Pot\nhole"}, LINE | {"code": "x"}
    assert faults(file(*two))[0].startswith("Ligne 4")


def test_the_command_tells_what_it_did(file, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_catalogue")
    assert capsys.readouterr().out == "Services: 73 new, 0 changed, 0 unchanged.\n"
    assert set(Entry.objects.values_list("channel", flat=True)) == {"import"}
    with pytest.raises(CommandError, match="Ligne 2"):
        call_command("import_catalogue", str(file(LINE | {"nature": "vœu"})))
