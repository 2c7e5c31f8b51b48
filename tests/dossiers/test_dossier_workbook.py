"""Workbooks: what a person types in a spreadsheet, what is refused, and the workbook made to be filled."""

import os
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Protection

from clustermark.dossiers.blank import new_dossier
from clustermark.dossiers.dossier import Dossier
from clustermark.dossiers.raw import Limits
from clustermark.dossiers.reading import check_dossier
from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.writing import convert
from tests.dossiers.dossier_material import only_problem, problems_of, valid_tables, write_folder

MINIMUM: dict[str, list[list[Any]]] = {
    "profile": [["name", "country", "sector", "established_on"], ["Oka", "RU", "health", date(2012, 3, 15)]],
    "participants": [
        [
            "participant_id",
            "name",
            "type",
            "joined_on",
            "commitment",
            "distance_km",
            "turnover",
            "industrial",
        ],
        ["P1", "Vyatsk", "company", datetime(2014, 5, 20), "fee", 0.1, 8400000, True],  # noqa: DTZ001
    ],
    "team": [["person_id", "name", "role", "fte", "started_on"], [17, "Irina", "Lead", 1, "2014-09-01"]],
}


def workbook(path: Path, **cells: Any) -> Path:
    """A small valid workbook; `participants_F2=…` sets a cell."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in MINIMUM.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for key, value in cells.items():
        name, _sep, where = key.rpartition("_")
        book[name][where] = value
    book.save(path)
    return path


def test_native_types_and_text_are_read_alike_and_exactly(tmp_path: Path) -> None:
    native = Dossier.open(workbook(tmp_path / "a.xlsx"))
    row = native.rows("participants")[0]
    assert row.values["distance_km"] == Decimal("0.1")
    assert str(row.values["distance_km"]) == "0.1"
    assert row.values["turnover"] == Decimal(8400000)
    assert row.values["joined_on"] == date(2014, 5, 20)
    assert row.values["industrial"] is True
    assert native.rows("team")[0].values["person_id"] == "17"
    text = workbook(
        tmp_path / "b.xlsx",
        participants_D2="2014-05-20",
        participants_F2="0.1",
        participants_G2="8400000.00",
        participants_H2="yes",
        team_A2="17",
    )
    assert Dossier.open(text).digest == native.digest


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        (0.1, "0.1"),
        (1.1, "1.1"),
        (0.1 + 0.2, "0.3"),
        (8.2, "8.2"),
        (12345.6789, "12345.6789"),
        (7, "7"),
        (2.0, "2"),
    ],
)
def test_a_number_is_what_the_spreadsheet_shows(tmp_path: Path, typed: float, exact: str) -> None:
    dossier = Dossier.open(workbook(tmp_path / "a.xlsx", participants_F2=typed))
    assert str(dossier.rows("participants")[0].values["distance_km"]) == exact


@pytest.mark.parametrize(
    ("cell", "value", "code", "parts"),
    [
        ("participants_G2", "=SUM(F2:F9)", "formula", ["=SUM(F2:F9)", "paste special"]),
        ("participants_F2", "#DIV/0!", "cell-error", ["#DIV/0!"]),
        ("participants_D2", datetime(2014, 5, 20, 9, 30), "date-with-time", ["2014-05-20 09:30:00"]),  # noqa: DTZ001
        ("participants_D2", time(9, 30), "date-with-time", ["09:30:00"]),
        ("team_E2", 41779, "date-unreadable", ["Found: 41779", "YYYY-MM-DD"]),
        ("participants_G2", date(2014, 5, 20), "number-unreadable", ["2014-05-20"]),
        ("participants_F2", 1e300, "number-too-long", []),
        ("participants_F2", "x" * 32_767, "number-unreadable", []),
    ],
)
def test_cells_that_are_refused(
    tmp_path: Path, cell: str, value: object, code: str, parts: list[str]
) -> None:
    name, _sep, where = cell.rpartition("_")
    problem = only_problem(workbook(tmp_path / "a.xlsx", **{cell: value}))
    column = MINIMUM[name][0][ord(where[0]) - ord("A")]
    place = problem.place
    assert (problem.code, place.file, place.row, place.column) == (code, f"a.xlsx, sheet {name}", 2, column)
    for part in parts:
        assert part in str(problem)


def test_a_percentage_is_not_guessed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", participants_F2=0.35)
    book = openpyxl.load_workbook(path)
    book["participants"]["F2"].number_format = "0%"
    book.save(path)
    problem = only_problem(path)
    assert (problem.code, problem.place.column) == ("percent-format", "distance_km")
    assert "35 for 35 %" in str(problem.allowed)


def test_text_that_begins_with_an_equals_sign_stays_text(tmp_path: Path) -> None:
    tables = valid_tables()
    tables["press"][0]["title"] = "=1+1"
    tables["press"][0]["url"] = "@SUM(A1)"
    folder = write_folder(tmp_path / "d", tables)
    convert(folder, tmp_path / "d.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "d.xlsx")["press"]["D4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert Dossier.open(tmp_path / "d.xlsx").digest == Dossier.open(folder).digest


def test_rows_are_those_of_the_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["team"].insert_rows(1, amount=3)
    book["team"]["A1"] = "Team of the cluster"
    book["team"]["D7"] = "2,5"
    book.save(path)
    assert {(p.code, p.place.row, p.place.column) for p in problems_of(path)} == {
        ("cell-missing", 7, "person_id"),
        ("cell-missing", 7, "name"),
        ("cell-missing", 7, "role"),
        ("cell-missing", 7, "started_on"),
        ("decimal-comma", 7, "fte"),
    }


def test_empty_workbook_empty_sheet_unknown_sheet(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "e.xlsx")
    assert only_problem(tmp_path / "e.xlsx").code == "dossier-empty"
    path = workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("press")
    book.create_sheet("Contacts").append(["x"])
    book.create_sheet("Sheet1")
    book.save(path)
    problems = problems_of(path)
    assert [(p.code, p.severity, p.place.file) for p in problems] == [
        ("file-empty", "error", "a.xlsx, sheet press"),
        ("table-unknown", "warning", "a.xlsx, sheet Contacts"),
    ]
    assert "Did you mean contacts?" in problems[1].message


def test_a_workbook_with_a_password_and_one_of_before_2007(tmp_path: Path) -> None:
    ole = bytes.fromhex("D0CF11E0A1B11AE1")
    path = tmp_path / "a.xlsx"
    path.write_bytes(ole + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert only_problem(path).code == "password"
    path.write_bytes(ole + bytes(1200))
    problem = only_problem(path)
    assert (problem.code, problem.allowed) == ("form-unknown", "a workbook saved as .xlsx")


def test_another_document_with_the_ending_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    assert only_problem(path).code == "form-unknown"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"])
@pytest.mark.parametrize("text", [b"", b"<broken", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_damaged_workbook(tmp_path: Path, part: str, text: bytes) -> None:
    good = workbook(tmp_path / "good.xlsx")
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as target:
        for name in source.namelist():
            target.writestr(name, text if name == part else source.read(name))
    problem = only_problem(tmp_path / "a.xlsx")
    assert (problem.code, problem.place.file) == ("workbook-broken", "a.xlsx")


def test_a_huge_workbook_and_a_sheet_that_claims_to_be_huge(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", team_A1000="x")
    path = tmp_path / "claims.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet3.xml":
                data = data.replace(b'ref="A1:E1000"', b'ref="A1:XFD1048576"')
                data = data.replace(b'r="1000"', b'r="1048576"').replace(b'r="A1000"', b'r="XFD1048576"')
            target.writestr(name, data)
    _dossier, problems = check_dossier(path, Limits(rows=5000))
    assert [(p.code, p.place.file) for p in problems] == [("too-many-rows", "claims.xlsx, sheet team")]
    _dossier, problems = check_dossier(good, Limits(workbook_bytes=5000))
    assert [problem.code for problem in problems] == ["too-large"]
    with zipfile.ZipFile(good, "a", zipfile.ZIP_DEFLATED) as file, file.open("xl/media/x.png", "w") as part:
        for _ in range(40):
            part.write(bytes(1 << 20))
    assert only_problem(good).code == "too-large"


def test_the_workbook_to_fill_has_help_drop_downs_and_locked_headings(tmp_path: Path) -> None:
    new_dossier(tmp_path / "d")
    convert(tmp_path / "d", tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    assert book.sheetnames == ["guidance", *TABLES, "lists"]
    assert book["lists"].sheet_state == "hidden"
    guidance = "\n".join(str(cell.value) for row in book["guidance"] for cell in row if cell.value)
    assert "d.evidence" in guidance
    assert "none" in guidance
    for spec in TABLES.values():
        sheet = book[spec.name]
        assert sheet["A1"].value == spec.title
        assert sheet["A2"].value == spec.help
        assert [cell.value for cell in sheet[3]][: len(spec.columns)] == [c.name for c in spec.columns]
        assert sheet.freeze_panes == "B4"
        assert sheet.protection.sheet
        assert sheet["A3"].protection == Protection(locked=True)
        rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        for index, column in enumerate(spec.columns):
            letter = openpyxl.utils.get_column_letter(index + 1)
            rule = rules[f"{letter}4:{letter}1003"]
            assert str(rule.prompt).startswith(f"{column.title}.\n{column.help[:200]}")
            for word, title in column.choices.items():
                assert f"{word} – {title}" in guidance
            if column.choices:
                listed = str(rule.formula1).removeprefix("lists!").replace("$", "")
                assert tuple(cell[0].value for cell in book["lists"][listed]) == tuple(column.choices)
            if column.type == "yes_no":
                assert rule.formula1 == '"yes,no"'
            if column.type == "date":
                assert rule.type == "date"
    rules = {str(rule.sqref): rule for rule in book["contacts"].data_validations.dataValidation}
    assert "participants!$A$4" in str(rules["B4:B1003"].formula1)
    required, optional = book["participants"]["A3"], book["participants"]["D3"]
    assert required.fill.fgColor.rgb != optional.fill.fgColor.rgb


def test_a_blank_workbook_filled_as_a_person_would_is_valid(tmp_path: Path) -> None:
    new_dossier(tmp_path / "d")
    convert(tmp_path / "d", tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    for name, (header, row) in MINIMUM.items():
        columns = [cell.value for cell in book[name][3]]
        for title, value in zip(header, row, strict=True):
            book[name].cell(4, columns.index(title) + 1).value = value
    book["contacts"]["A4"] = "none"
    book.save(tmp_path / "d.xlsx")
    dossier = Dossier.open(tmp_path / "d.xlsx")
    assert {name: len(rows) for name, rows in dossier.tables.items()} == {
        "profile": 1,
        "participants": 1,
        "team": 1,
        "contacts": 0,
    }
    assert dossier.rows("team")[0].number == 4


def test_the_same_dossier_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        convert(folder, tmp_path / name / "d.xlsx")
        convert(folder, tmp_path / name / "d.zip")
        for path in folder.iterdir():
            os.utime(path, (1, 1))
    for name in ("d.xlsx", "d.zip"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        with zipfile.ZipFile(tmp_path / "a" / name) as file:
            assert {info.date_time[0] for info in file.infolist()} == {1980}
