"""A catalogue file, read and checked whole. Its columns: docs/reference/catalogue-file.md.

Nothing is written here: the lines hold unsaved rows, which importing.py compares with those of the city.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from parvis.catalogue.checking import question_faults, service_faults
from parvis.catalogue.errors import BadFile, Fault
from parvis.catalogue.models import Question, Service
from parvis.shared import text

FILE_MAX = 20 * 1024 * 1024
REQUIRED = (
    "code", "name_fr", "category", "category_fr", "nature", "department_code", "department_fr", "target_value",
    "target_unit",
)  # fmt: skip
NATURES = {"plainte": "complaint", "commentaire": "comment"}
UNITS = {
    "j_ouv": "business_days", "j_cal": "calendar_days", "h": "business_hours", "h_apres_operation": "business_hours",
    "immediat": "immediate",
}  # fmt: skip
# Column of the file → column of Service, where what is written is what is kept.
TEXTS = {
    "code": "code", "name_fr": "name_fr", "name_en": "name_en", "target_basis": "target_basis",
    "location_mode": "location_mode", "photo": "photo", "public_map": "visibility",
    "open_data_geo": "open_data_place", "asset_type": "asset_type", "emergency_911": "emergency",
    "screen_question_fr": "screen_question_fr", "screen_question_en": "screen_question_en",
    "screen_if_yes": "screen_route", "referral": "referral_fr", "referral_en": "referral_en",
}  # fmt: skip
NUMBERS = {
    "target_value": "target_value", "dup_radius_m": "duplicate_radius_m", "dup_window_days": "duplicate_window_days",
}  # fmt: skip
FLAGS = {"anonymous_ok": "anonymous_allowed", "urgent_line": "urgent_line"}
OTHERS = {
    "category", "category_fr", "category_en", "department_code", "department_fr", "department_en", "nature",
    "target_unit", "priority", "season_months", "synonyms_fr", "synonyms_en", "extra_questions_json",
    "demand_weight_pct", "weight_basis",
}  # fmt: skip
COLUMNS = {*TEXTS, *NUMBERS, *FLAGS, *OTHERS}
_COLUMN_OF = {fields: column for table in (TEXTS, NUMBERS) for column, fields in table.items()}
_PROSE = {"name_fr", "screen_question_fr", "referral_fr"}


@dataclass(frozen=True)
class Named:
    """A category or department as a line writes it."""

    code: str
    name_fr: str
    name_en: str


@dataclass(frozen=True)
class Line:
    """One service of a file, ready to be compared: `fields` are the columns of Service that the file speaks of."""

    number: int
    category: Named
    department: Named
    service: Service
    fields: frozenset[str]
    questions: list[Question] | None  # None: the file has no column for them


@dataclass
class _Sheet:
    """What gathers while a file is read."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)  # code of a service → its line
    names: dict[tuple[str, str], Named] = field(default_factory=dict)  # (column, code) → first naming


def shipped() -> Path:
    """The catalogue that comes with Parvis: 73 services modelled on those of Québec City."""
    return Path(str(files("parvis.catalogue") / "data" / "catalogue.csv"))


def read(path: Path) -> list[Line]:
    """Every service of the file. Raises BadFile with all its faults at once, line by line."""
    sheet = _Sheet()
    for number, row in _rows(path):
        _read_line(sheet, number, row)
    if not sheet.lines and not sheet.faults:
        raise BadFile([Fault(0, _("Ce fichier ne contient aucun service."))])
    if sheet.faults:
        raise BadFile(sheet.faults)
    return sheet.lines


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Numbered rows, cleaned. A file saved by a French spreadsheet (semicolons, byte order mark) reads as well."""
    content = _content(path)
    header = content.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(content), delimiter=";" if header.count(";") > header.count(",") else ",")
    try:
        columns = [column.strip() for column in next(reader, [])]
        _check_columns(columns)
        before = reader.line_num
        for cells in reader:
            number, before = before + 1, reader.line_num
            if not any(cells):
                continue
            if len(cells) != len(columns):
                raise BadFile(
                    [
                        Fault(
                            number,
                            _("%(found)d cases au lieu de %(wanted)d.") % {"found": len(cells), "wanted": len(columns)},
                        )
                    ]
                )
            yield number, {column: text.clean(cell) for column, cell in zip(columns, cells, strict=True)}
    except csv.Error as error:
        raise BadFile([Fault(reader.line_num, _("Ligne illisible (%s).") % error)]) from None


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > FILE_MAX:
            raise BadFile([Fault(0, _("Ce fichier dépasse 20 Mo."))])
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadFile([Fault(0, _("Ce fichier ne s’ouvre pas : %s.") % error.strerror)]) from None
    except UnicodeDecodeError:
        raise BadFile([Fault(0, _("Ce fichier n’est pas en UTF-8. Enregistrez-le en « CSV UTF-8 »."))]) from None


def _check_columns(columns: list[str]) -> None:
    missing = [column for column in REQUIRED if column not in columns]
    strange = sorted({column for column in columns if column not in COLUMNS or columns.count(column) > 1})
    faults = []
    if missing:
        faults.append(Fault(1, _("Il manque les colonnes : %s.") % ", ".join(missing)))
    if strange:
        faults.append(Fault(1, _("Colonnes inconnues ou répétées : %s.") % ", ".join(strange)))
    if faults:
        raise BadFile(faults)


def _read_line(sheet: _Sheet, number: int, row: Mapping[str, str]) -> None:
    """Add one line to the sheet, or every reason against it."""
    wrong: list[str] = []

    def take(column: str, convert: Callable[[str], Any], default: Any) -> Any:
        try:
            return convert(row[column]) if row.get(column) else default
        except (ValueError, KeyError):
            wrong.append(
                _("%(column)s : « %(value)s » n’est pas accepté.") % {"column": column, "value": row[column][:60]}
            )
            return default

    fields = _texts(row) | {kept: take(column, int, 0) for column, kept in NUMBERS.items() if column in row}
    fields |= {kept: take(column, _flag, False) for column, kept in FLAGS.items() if column in row}
    fields |= {"nature": NATURES.get(row["nature"], row["nature"])}
    fields |= {"target_unit": UNITS.get(row["target_unit"], row["target_unit"])}
    fields |= {"target_after_operation": row["target_unit"] == "h_apres_operation"}
    for column, kept, convert, default in (
        ("priority", "priority", _priority, 3),
        ("season_months", "season_months", season, []),
        ("demand_weight_pct", "demand_weight", float, 0.0),
    ):
        if column in row:
            fields[kept] = take(column, convert, default)
    service = Service(**fields)
    questions = take("extra_questions_json", _questions, []) if "extra_questions_json" in row else None
    wrong += [f"{_COLUMN_OF.get(name, name)} : {sentence}" for name, sentence in service_faults(service).items()]
    for position, question in enumerate(questions or []):
        faults = question_faults(question, (questions or [])[:position])
        wrong += [f"extra_questions_json, {question.key} : {sentence}" for sentence in faults.values()]
    category, department = _named(sheet, row, "category", wrong), _named(sheet, row, "department", wrong)
    if service.code in sheet.seen:
        wrong.append(
            _("le code %(code)s est déjà à la ligne %(line)d.")
            % {"code": service.code, "line": sheet.seen[service.code]}
        )
    sheet.seen.setdefault(service.code, number)
    sheet.faults += [Fault(number, sentence) for sentence in wrong]
    sheet.lines.append(Line(number, category, department, service, frozenset(fields), questions))


def _texts(row: Mapping[str, str]) -> dict[str, Any]:
    """Texts as kept; an English one that the file doesn't give comes from our own phrases, where the French is ours."""
    fields = {kept: row[column] for column, kept in TEXTS.items() if column in row}
    fields |= {kept: row[kept].replace("|", "\n") for kept in ("synonyms_fr", "synonyms_en") if kept in row}
    for kept, source in (
        ("screen_question_en", "screen_question_fr"),
        ("referral_en", "referral_fr"),
        ("synonyms_en", "name_fr"),
    ):
        phrase = _english().get((kept, french(fields.get(source, ""))), "")
        if not fields.get(kept) and phrase:
            fields[kept] = phrase.replace("|", "\n") if kept == "synonyms_en" else phrase
    return {kept: french(value) if kept in _PROSE else value for kept, value in fields.items()}


@lru_cache(maxsize=1)
def _english() -> dict[tuple[str, str], str]:
    """(column, French as our catalogue writes it) → English."""
    with (files("parvis.catalogue") / "data" / "english.csv").open(encoding="utf-8") as file:
        return {(row["column"], french(row["fr"])): row["en"] for row in csv.DictReader(file)}


def french(line: str) -> str:
    """A line typed on a keyboard, in print: curled apostrophes, no-break spaces before : ; ! ? and inside « »."""
    line = line.replace("'", "’")
    line = re.sub(r"(?<=[\w)»%]) ?([?!])(?=\s|$|»)", "\u00a0\\1", line)
    return re.sub(r" ([:;»%])", "\u00a0\\1", line).replace("« ", "«\u00a0")


def _named(sheet: _Sheet, row: Mapping[str, str], what: str, wrong: list[str]) -> Named:
    """The category or department of a line; the same code must bear the same name throughout."""
    code, name = row["category" if what == "category" else "department_code"], french(row[f"{what}_fr"])
    english = row.get(f"{what}_en", "") or _english().get((f"{what}_en", name), "")
    named = sheet.names.setdefault((what, code), Named(code, name, english))
    if not code or not name:
        wrong.append(_("%s : donnez le code et le nom en français.") % what)
    elif len(code) > 20 or (len(name) > 100 and what == "category") or len(name) > 160:
        wrong.append(_("%s : code ou nom trop long.") % what)
    elif named.name_fr != name:
        wrong.append(
            _("%(what)s : %(code)s porte deux noms, « %(one)s » et « %(other)s ».")
            % {"what": what, "code": code, "one": named.name_fr, "other": name}
        )
    return named


def _flag(value: str) -> bool:
    return {"0": False, "non": False, "1": True, "oui": True}[value.lower()]


def _priority(value: str) -> int:
    return int(value.upper().removeprefix("P"))


def season(value: str) -> list[int]:
    """'11-4' → [11, 12, 1, 2, 3, 4]; '1-12' and '' → [] (all year). Raises ValueError."""
    if not value:
        return []
    first, last = (int(part) for part in value.split("-"))
    if not (1 <= first <= 12 and 1 <= last <= 12):
        raise ValueError(value)
    months = [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]
    return [] if len(months) == 12 else months


def _questions(value: str) -> list[Question]:
    """[{key, label_fr, label_en, type, required, options, condition}, …]. Raises ValueError."""
    listed = json.loads(value)
    if not isinstance(listed, list) or len(listed) > 50:
        raise ValueError(value)
    return [_question(position, each) for position, each in enumerate(listed)]


def _question(position: int, each: Any) -> Question:
    known = {"key", "label_fr", "label_en", "type", "required", "options", "condition"}
    if not isinstance(each, dict) or not set(each) <= known:
        raise ValueError(each)
    words = {name: each.get(name, "") for name in ("key", "label_fr", "label_en", "type")}
    if not all(isinstance(word, str) for word in words.values()):
        raise ValueError(each)
    options = each.get("options") or []
    if isinstance(options, list):
        options = [
            {**o, "fr": french(o["fr"])} if isinstance(o, dict) and isinstance(o.get("fr"), str) else o for o in options
        ]
    return Question(
        key=words["key"], position=position, kind=words["type"], label_fr=french(words["label_fr"]),
        label_en=words["label_en"], is_required=bool(each.get("required", False)), options=options,
        condition=each.get("condition"),
    )  # fmt: skip
