"""A scheme goes to Excel and back without loss, and a workbook that cannot be read says where and why."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel

from clustermark.ground.problems import Problem, ProblemsError
from clustermark.schemes import document as format_models
from clustermark.schemes.scheme import Scheme, document_digest, shipped
from clustermark.schemes.workbook import load_workbook_scheme, read_workbook, write_workbook
from clustermark.schemes.workbook.cells import CellError, from_cell
from clustermark.schemes.workbook.layout import columns
from clustermark.schemes.workbook.sheets import SHEETS
from clustermark.schemes.writing import scheme_yaml, stated_of
from tests.schemes.scheme_material import SMALL, document, stated_schemes


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "small.xlsx"
    write_workbook(Scheme.from_text(SMALL).stated, path)
    return path


def edited(path: Path, edit: Callable[[Any], None]) -> Path:
    """The workbook as a person saves it after an edit."""
    workbook = openpyxl.load_workbook(path)
    edit(workbook)
    workbook.save(path)
    return path


def cell(workbook: Any, sheet: str, header: str, row: int) -> Any:
    """The cell below a header; the first record stands in row 3."""
    worksheet = workbook[sheet]
    position = [item.value for item in worksheet[2]].index(header) + 1
    return worksheet.cell(row, position)


def problems_of(path: Path) -> list[Problem]:
    with pytest.raises(ProblemsError) as caught:
        load_workbook_scheme(path)
    return list(caught.value.problems)


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scheme_goes_to_excel_and_to_yaml_and_back(name: str, tmp_path: Path) -> None:
    scheme = Scheme.load(name)
    write_workbook(scheme.stated, tmp_path / "book.xlsx")
    back = read_workbook(tmp_path / "book.xlsx")
    assert load_workbook_scheme(tmp_path / "book.xlsx").digest == scheme.digest
    assert Scheme.from_text(scheme_yaml(back.data)).digest == scheme.digest
    assert Scheme.from_text(scheme_yaml(scheme.stated)).digest == scheme.digest


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stated_schemes())
def test_any_document_comes_back_with_the_same_digest(stated: dict[str, Any]) -> None:
    first = document(stated)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_workbook(stated_of(first), path)
        back = read_workbook(path).data
    assert document(back) == first
    assert document_digest(document(back)) == document_digest(first)


def test_the_small_scheme_comes_back_word_for_word(book: Path) -> None:
    assert read_workbook(book).data == Scheme.from_text(SMALL).stated


def test_a_scheme_that_extends_another_holds_its_own_statements_only(tmp_path: Path) -> None:
    gold = Scheme.load("ecei-gold-2013")
    stated = {
        **{
            part: gold.stated[part]
            for part in ("title", "summary", "owner", "notice", "languages", "disclosure")
        },
        "scheme": "my-gold",
        "version": "1",
        "sources": {},
        "extends": {
            "scheme": gold.id,
            "digest": gold.digest,
            "drop": ["5.2", "5.3"],
            "changes": [
                {
                    "indicator": "2.5",
                    "set": {"required": 50, "bands": [Decimal("20.5"), 35, 50, 65, 80], "advice": None},
                    "reason": dict.fromkeys(gold.document.languages, "Why"),
                }
            ],
        },
        "levels": [],
    }
    first = Scheme.from_text(scheme_yaml(stated))
    write_workbook(first.stated, tmp_path / "book.xlsx")
    back = load_workbook_scheme(tmp_path / "book.xlsx")
    assert back.digest == first.digest
    assert "indicators" not in back.stated
    assert len(back.document.indicators) == 29
    assert back.document.indicators[-1].code == "5.1"
    assert back.stated["extends"]["changes"][0]["set"]["bands"][0] == Decimal("20.5")


def test_every_field_of_the_format_has_its_column() -> None:
    """A field added to the format without a column would be lost on the way."""
    models: dict[str, type[BaseModel]] = {
        "Scheme": format_models.SchemeDocument,
        "Changes": format_models.Change,
        "Sources": format_models.Source,
        "Units": format_models.Unit,
        "Dimensions": format_models.Dimension,
        "Facts": format_models.Fact,
        "Indicators": format_models.Indicator,
        "Checklists": format_models.ChecklistItem,
        "Gates": format_models.Gate,
        "Levels": format_models.Level,
        "Validity": format_models.Validity,
        "Disclosure": format_models.Disclosure,
        "Panel": format_models.Panel,
        "Fees": format_models.Fee,
    }
    own_sheets = {str(sheet.path[0]) for sheet in SHEETS if sheet.path} | {
        "composite",
        "improvement",
        "surveillance",
        "terms",
    }
    extra = {"Indicators": {"scale"}, "Checklists": {"indicator"}}
    for sheet in SHEETS:
        if sheet.name == "Other":
            continue
        model = models[sheet.name]
        fields = {info.alias or name for name, info in model.model_fields.items()}
        if sheet.name == "Scheme":
            fields -= own_sheets - {"extends"}
        if sheet.name == "Indicators":
            fields.remove("checklist")
        stated = {field.name.split(".")[0] for field in sheet.fields} - extra.get(sheet.name, set())
        assert stated == fields, sheet.name


def test_numbers_stand_exactly_and_as_numbers(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    assert cell(workbook, "Indicators", "bands.1", 3).value == 0.1
    assert cell(workbook, "Indicators", "code", 3).value == "2.10"
    assert cell(workbook, "Indicators", "code", 3).number_format == "@"
    assert read_workbook(book).data["indicators"][0]["bands"] == [
        Decimal("0.1"),
        Decimal(35),
        Decimal("50.25"),
    ]


def test_a_number_that_excel_cannot_hold_stands_as_text(tmp_path: Path) -> None:
    stated = dict(Scheme.from_text(SMALL).stated)
    exact = Decimal("0.30000000000000004")
    stated["fees"] = [{**stated["fees"][0], "amount": exact}]
    write_workbook(stated, tmp_path / "book.xlsx")
    assert read_workbook(tmp_path / "book.xlsx").data["fees"][0]["amount"] == exact


def test_what_a_person_types_in_excel_is_read(book: Path) -> None:
    def edit(workbook: Any) -> None:
        cell(workbook, "Indicators", "required", 3).value = 0.35
        cell(workbook, "Indicators", "bands.2", 3).value = "36"
        cell(workbook, "Indicators", "decimals", 3).value = 2
        cell(workbook, "Indicators", "minimum", 3).value = True
        cell(workbook, "Sources", "as_of", 3).value = datetime(2026, 2, 1)  # noqa: DTZ001 - Excel knows no zones

    back = load_workbook_scheme(edited(book, edit)).document
    assert back.indicators[0].required == Decimal("0.35")
    assert back.indicators[0].bands == [Decimal("0.1"), Decimal(36), Decimal("50.25")]
    assert (back.indicators[0].decimals, back.indicators[0].minimum) == (2, True)
    assert back.sources["own"].as_of == "2026-02-01"


def test_a_row_added_below_an_empty_one_and_without_the_help_row_is_read(book: Path) -> None:
    def edit(workbook: Any) -> None:
        workbook["Dimensions"].append([])
        workbook["Dimensions"].append(["9", "Results"])
        workbook["Dimensions"].delete_rows(1)

    dimensions = read_workbook(edited(book, edit)).data["dimensions"]
    assert dimensions[-1] == {"code": "9", "title": {"en": "Results"}}


def test_all_problems_are_told_at_once_with_sheet_row_and_column(book: Path) -> None:
    def edit(workbook: Any) -> None:
        cell(workbook, "Indicators", "required", 3).value = "35,5"
        cell(workbook, "Indicators", "bands.1", 4).value = "=1+1"
        cell(workbook, "Indicators", "direction", 5).value = "upwards"
        cell(workbook, "Indicators", "code", 4).value = 2.1
        cell(workbook, "Gates", "when", 3).value = "any: [a, b"
        cell(workbook, "Checklists", "indicator", 3).value = "7.7"
        cell(workbook, "Levels", "level", 2).value = "lvl"
        workbook["Scheme"]["A3"].value = "versoin"
        workbook.create_sheet("Indikators")

    found = {
        (problem.code, problem.place.file, problem.place.row) for problem in problems_of(edited(book, edit))
    }
    sheet = "small.xlsx, sheet {}".format
    assert found >= {
        ("cell-unreadable", sheet("Indicators"), 3),
        ("formula", sheet("Indicators"), 4),
        ("choice", sheet("Indicators"), 5),
        ("cell-unreadable", sheet("Indicators"), 4),
        ("cell-unreadable", sheet("Gates"), 3),
        ("indicator-unknown", sheet("Checklists"), 3),
        ("column-unknown", sheet("Levels"), 2),
        ("field-unknown", sheet("Scheme"), 3),
        ("sheet-unknown", sheet("Indikators"), None),
    }


def test_problems_of_shape_and_meaning_name_the_cell(book: Path) -> None:
    def shape(workbook: Any) -> None:
        cell(workbook, "Indicators", "title.en", 4).value = None

    [problem] = problems_of(edited(book, shape))
    assert (problem.place.file, problem.place.row) == ("small.xlsx, sheet Indicators", 4)
    assert "title" in problem.message

    def meaning(workbook: Any) -> None:
        cell(workbook, "Indicators", "title.en", 4).value = "Roles"
        cell(workbook, "Indicators", "measure", 3).value = "100 * smes / comitted"

    [problem] = problems_of(edited(book, meaning))
    assert (problem.place.row, problem.place.column, problem.place.field) == (3, "measure", "G3")
    assert problem.found == "comitted"


def test_a_gap_in_the_bands_is_told(book: Path) -> None:
    def edit(workbook: Any) -> None:
        cell(workbook, "Indicators", "bands.2", 3).value = None

    [problem] = problems_of(edited(book, edit))
    assert (problem.code, problem.place.row, problem.place.column) == ("gap", 3, "bands.3")


@pytest.mark.parametrize(
    "part", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/x.bin"]
)
def test_a_workbook_with_something_that_runs_is_refused(book: Path, part: str) -> None:
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr(part, b"x")
    [problem] = problems_of(book)
    assert (problem.code, problem.found) == ("workbook-active", part)


def test_files_that_are_no_workbook_are_told(tmp_path: Path) -> None:
    for name, content in (("text.xlsx", b"scheme: x"), ("empty.xlsx", b"")):
        (tmp_path / name).write_bytes(content)
        assert [problem.code for problem in problems_of(tmp_path / name)] == ["workbook-unreadable"]
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000_001)
    assert [problem.code for problem in problems_of(tmp_path / "bomb.xlsx")] == ["workbook-too-large"]
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("x.txt", b"")
    assert [problem.code for problem in problems_of(tmp_path / "other.xlsx")] == ["workbook-unreadable"]
    assert [problem.code for problem in problems_of(tmp_path / "none.xlsx")] == ["file-missing"]


def test_a_text_too_long_for_a_cell_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    stated = {**Scheme.from_text(SMALL).stated, "summary": {"en": "x" * 32_768}}
    with pytest.raises(ProblemsError) as caught:
        write_workbook(stated, tmp_path / "book.xlsx")
    assert [problem.code for problem in caught.value.problems] == ["text-too-long"]
    assert not (tmp_path / "book.xlsx").exists()


@pytest.mark.parametrize("sign", ["\r", "\x07", "\x00"])
def test_a_sign_that_a_cell_cannot_hold_is_told(tmp_path: Path, sign: str) -> None:
    stated = {**Scheme.from_text(SMALL).stated, "notice": {"en": f"a{sign}b"}}
    with pytest.raises(ProblemsError) as caught:
        write_workbook(stated, tmp_path / "book.xlsx")
    [problem] = caught.value.problems
    assert (problem.code, problem.place.column) == ("text-control", "notice.en")


def test_a_part_without_a_sheet_of_its_own_goes_through_too(tmp_path: Path) -> None:
    part = {"low": Decimal("0.5"), "steps": [{"code": "2.10", "of": ["no", "a\nb"]}], "none": None}
    stated = {**Scheme.from_text(SMALL).stated, "new_part": part}
    write_workbook(stated, tmp_path / "book.xlsx")
    back = read_workbook(tmp_path / "book.xlsx")
    assert back.data["new_part"] == part
    assert back.place(("new_part", "low")).row == 3


def test_drop_downs_and_frozen_headers_are_there(book: Path) -> None:
    worksheet = openpyxl.load_workbook(book)["Indicators"]
    assert worksheet.freeze_panes == "B3"
    lists = {str(rule.formula1) for rule in worksheet.data_validations.dataValidation}
    assert {'"up,down"', "Units!$A$3:$A$503", "Sources!$A$3:$A$503"} <= lists


@pytest.mark.parametrize(("kind", "typed"), [("number", 0.1 + 0.2), ("number", "1,5"), ("number", True),
                                             ("number", "1e9999"), ("whole", 1.5), ("word", 2.1), ("yes", "ja"),
                                             ("number", float("inf")), ("text", True)])  # fmt: skip
def test_cells_that_could_mean_something_else_are_refused(kind: Any, typed: Any) -> None:
    with pytest.raises(CellError):
        from_cell(kind, typed)


def test_columns_grow_with_the_scheme() -> None:
    sheet = next(sheet for sheet in SHEETS if sheet.name == "Indicators")
    headers = [column.header for column in columns(sheet, [{"bands": [1] * 7, "origin": {"unit": {}}}])]
    assert "bands.7" in headers
    assert "bands.8" not in headers
    assert "origin.unit.mark" in headers
