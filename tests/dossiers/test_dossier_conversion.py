"""Folder ⇄ zip ⇄ workbook: the same content, the same digest, whatever the cells hold."""

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.dossiers.cells import Fault, parse, text_of
from clustermark.dossiers.csvfile import read_csv, write_csv
from clustermark.dossiers.dossier import Dossier
from clustermark.dossiers.raw import Limits, RawDossier, RawRow, RawTable, clean_text
from clustermark.dossiers.reading import check_dossier, read_raw
from clustermark.dossiers.tables import Column
from clustermark.dossiers.workbook_writing import write_workbook
from clustermark.dossiers.writing import convert
from clustermark.ground.problems import ProblemList, ProblemsError
from tests.dossiers.dossier_material import problems_of, valid_tables, write_folder

ROADS = [
    (".xlsx", ".zip", ""),
    (".zip", ".xlsx", ""),
    (".zip", "", ".xlsx"),
]


@pytest.mark.parametrize("road", ROADS)
def test_the_digest_survives_every_road(tmp_path: Path, road: tuple[str, ...]) -> None:
    tables = valid_tables()
    tables["press"] = [{"item_id": "none"} | dict.fromkeys(list(tables["press"][0])[1:], "")]
    tables["team"][0]["Büro"] = "=Süd; _x0041_ «ß» 🙂\nzweite Zeile"
    tables["participants"][0]["name"] = '007, "Bond" \t& Co'
    tables["targets"] = []
    folder = write_folder(tmp_path / "start", tables)
    before = Dossier.open(folder)
    source = folder
    for step, ending in enumerate(road):
        target = tmp_path / f"step{step}{ending}"
        convert(source, target)
        source = target
        after = Dossier.open(target)
        assert after.digest == before.digest
        assert after.content() == before.content()
        assert after.files == before.files
        assert [w.code for w in after.warnings] == [w.code for w in before.warnings] == ["column-unknown"]


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x7f\ufffe\uffff").filter(
        lambda c: c >= " " or c in "\t\n\r"
    )
) | st.sampled_from(
    [
        "_x000D_",
        "_x0041_ _x005F_",
        "x005F_",
        "=1+1",
        "0012",
        "TRUE",
        "1e5",
        "'a",
        "none",
        "#N/A",
        " a ",
        "a\r\nb",
    ]
)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=15))
def test_any_text_survives_csv_and_workbook(pairs: list[tuple[str, str]]) -> None:
    texts = [(clean_text(a), clean_text(b)) for a, b in pairs]
    rows = tuple(RawRow(number, cells) for number, cells in enumerate(texts, start=2) if any(cells))
    header = ("name", "my own column")
    problems = ProblemList()
    table = read_csv("team", "team.csv", write_csv(header, (row.cells for row in rows)), Limits(), problems)
    assert table is not None
    assert [row.cells for row in table.rows] == [row.cells for row in rows]
    if not rows:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.xlsx"
        write_workbook(
            RawDossier(path, {"team": RawTable("team", "team.csv", header, rows)}), path, "d.evidence"
        )
        raw = read_raw(path, Limits(), problems)
    assert list(problems) == []
    assert raw is not None
    sheet = raw.tables["team"]
    name, own = sheet.header.index("name"), sheet.header.index("my own column")
    padded = [(*row.cells, *[""] * len(sheet.header)) for row in sheet.rows]
    assert [(cells[name], cells[own]) for cells in padded] == [row.cells for row in rows]


def column(type_: str) -> Column:
    return Column(name="c", title="t", type=type_, help="h", example="", choices={"a": "A", "b": "B"})  # type: ignore[arg-type] # any of them


@given(st.decimals(min_value=0, max_value=Decimal("9999999999999.99"), places=2))
def test_money_is_exact_in_text_and_in_a_spreadsheet(value: Decimal) -> None:
    parsed = parse(column("money"), str(value))
    assert parsed == value
    assert text_of(parsed) == f"{value:.2f}" if not isinstance(parsed, Fault) else False
    assert Decimal(f"{float(value):.15g}") == value


@given(st.decimals(min_value=-(10**11) + 1, max_value=10**11 - 1, places=4))
def test_decimals_are_exact_in_text_and_in_a_spreadsheet(value: Decimal) -> None:
    parsed = parse(column("decimal"), f"{value:f}")
    assert parsed == value
    assert not isinstance(parsed, Fault)
    assert parse(column("decimal"), text_of(parsed)) == parsed
    assert Decimal(f"{float(value):.15g}") == value


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_dates_are_exact(value: date) -> None:
    assert parse(column("date"), value.isoformat()) == value
    assert text_of(value) == value.isoformat()


@given(
    st.sampled_from(["text", "integer", "decimal", "money", "percent", "date", "yes_no", "choice", "list"]),
    st.text(min_size=1),
)
def test_any_text_is_a_value_or_a_fault_and_a_value_is_stable(type_: str, text: str) -> None:
    parsed = parse(column(type_), text)
    if not isinstance(parsed, Fault) and parsed is not None:
        assert parse(column(type_), text_of(parsed)) == parsed


def test_a_half_filled_dossier_goes_along_with_its_mistakes(tmp_path: Path) -> None:
    tables = valid_tables()
    tables["contacts"][0]["held_on"] = "last spring"
    folder = write_folder(tmp_path / "d", tables)
    convert(folder, tmp_path / "d.xlsx")
    convert(tmp_path / "d.xlsx", tmp_path / "back")
    assert [p.found for p in problems_of(tmp_path / "back")] == ["last spring"]


def test_what_cannot_be_read_is_not_converted(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    (folder / "press.csv").write_bytes(b"\xff\xfeitem_id")
    with pytest.raises(ProblemsError, match="not in UTF-8"):
        convert(folder, tmp_path / "d.zip")
    assert not (tmp_path / "d.zip").exists()


@pytest.mark.parametrize("ending", [".zip", ".xlsx", ""])
def test_nothing_is_overwritten(tmp_path: Path, ending: str) -> None:
    folder = write_folder(tmp_path / "d")
    target = tmp_path / f"there{ending}"
    target.write_bytes(b"mine")
    with pytest.raises(ProblemsError) as raised:
        convert(folder, target)
    assert raised.value.problems[0].code == "exists"
    assert target.read_bytes() == b"mine"
    with pytest.raises(ProblemsError) as raised:
        convert(folder, tmp_path / "d.pdf")
    assert raised.value.problems[0].code == "form-unknown"
    with pytest.raises(ProblemsError) as raised:
        convert(folder, tmp_path / "no" / "such" / "folder" / "d.zip")
    assert raised.value.problems[0].code == "file-unwritable"


def test_evidence_of_a_workbook_lies_beside_it(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    convert(folder, tmp_path / "w.xlsx")
    assert sorted(p.name for p in (tmp_path / "w.evidence").iterdir()) == sorted(
        p.name for p in (folder / "evidence").iterdir()
    )
    (tmp_path / "w.evidence" / "minutes.pdf").unlink()
    _dossier, problems = check_dossier(tmp_path / "w.xlsx")
    assert [(p.code, p.place.row) for p in problems] == [("evidence-missing", 6)]
