"""Lists are read with every problem and every possible duplicate; nothing is merged or made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from clustermark.ground.problems import ProblemsError
from clustermark.register.importing import Import, enter, read_list
from tests.builders import ROOT
from tests.register.material import certificate, register

EMPTY = register()
EXTRACT = ROOT / "examples" / "register" / "label-register-extract.csv"
LIST = """\
name,country,sector,level,decided_on,year,valid_until,score
Café Cluster e.V.,Germany,ICT,Silver,2016-05-04,,2018-05-31,91
Cafe Cluster,DE,Information and communication technologies,silver,2016-05-04,,,
CAFÉ CLUSTER E.V.,DE,ict,silver,2018-05-04,,,
Other,Deutschland,Furniture,gold,,2015,,
Other,DE,Furniture,gold,,,,
"""


def read(tmp_path: Path, text: str, name: str = "list.csv", **more: object) -> Import:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_list(path, **more)  # type: ignore[arg-type]  # tests name what they pass


def test_a_list_becomes_certificates_with_its_gaps(tmp_path: Path) -> None:
    found = read(tmp_path, LIST)
    assert [(problem.code, problem.place.column) for problem in found.problems] == [
        ("column-unused", "score")
    ]
    first, second, third, fourth, fifth = found.certificates.values()
    assert (first.country, first.sector, first.level, first.decided_on) == (
        "DE",
        "ict",
        "silver",
        date(2016, 5, 4),
    )
    assert (fourth.sector, fourth.year, fourth.decided_on, fourth.valid_from) == (
        "Furniture",
        2015,
        None,
        None,
    )
    assert first.holder_id == third.holder_id != second.holder_id
    assert fifth.decided_year is None
    assert len({item.number for item in found.certificates.values()}) == 5
    again = read(tmp_path, LIST)
    assert list(again.certificates.values()) == list(found.certificates.values())


def test_duplicates_are_shown_and_not_merged(tmp_path: Path) -> None:
    found = read(tmp_path, LIST)
    shown = [(item.row, item.other, item.other_day, item.same_name) for item in found.duplicates]
    assert shown == [(3, "row 2", "2016-05-04", False), (6, "row 5", "2015", True)]
    with pytest.raises(ProblemsError) as error:
        enter(EMPTY, found, duplicates="refuse")
    assert error.value.problems[0].code == "duplicates"
    assert len(enter(EMPTY, found, duplicates="keep").certificates) == 5
    assert [item.holder for item in enter(EMPTY, found, duplicates="skip").certificates] == [
        "Café Cluster e.V.",
        "CAFÉ CLUSTER E.V.",
        "Other",
    ]


def test_duplicates_are_looked_for_in_the_register(tmp_path: Path) -> None:
    there = register(certificate("S-1", holder="Café-Cluster", country="DE", decided_on=date(2016, 5, 4)))
    found = read(tmp_path, LIST, into=there)
    assert [(item.row, item.other) for item in found.duplicates][:2] == [
        (2, "register, S-1"),
        (3, "register, S-1"),
    ]


def test_every_problem_has_its_place(tmp_path: Path) -> None:
    bad = "name,country,level,decided_on,year,valid_from,valid_until\n"
    bad += "A,Atlantis,gold,4 May 2016,MMXVI,,\n,DE,,,,,\nB,DE,platinum,,,,\nC,DE,gold,2016-05-04,2015,2016-05-04,2015-01-01\n"
    found = read(tmp_path, bad)
    told = [(item.code, item.place.row, item.place.column, item.severity) for item in found.problems]
    assert told == [
        ("date-unreadable", 2, "decided_on", "error"),
        ("year-unreadable", 2, "year", "error"),
        ("country-unknown", 2, "country", "error"),
        ("cell-missing", 3, "holder", "error"),
        ("cell-missing", 3, "level", "error"),
        ("level-unknown", 4, "level", "warning"),
        ("row-form", 5, None, "error"),
    ]
    assert found.certificates == {}
    with pytest.raises(ProblemsError) as error:
        enter(EMPTY, found, duplicates="keep")
    assert len(error.value.problems) == 6


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", "country,level\nDE,gold\n"])
def test_what_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProblemsError):
        read(tmp_path, text)
    with pytest.raises(ProblemsError):
        read_list(tmp_path / "none.csv")


def test_a_workbook_reads_as_the_same_list(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [line.split(",") for line in LIST.splitlines()]:
        sheet.append(
            [
                date.fromisoformat(cell) if cell.startswith("201") and "-" in cell else cell or None
                for cell in row
            ]
        )
    sheet["F5"] = 2015
    book.save(tmp_path / "list.xlsx")
    found = read_list(tmp_path / "list.xlsx")
    assert found.certificates == read(tmp_path, LIST).certificates


def test_the_real_extract_comes_in_as_unofficial() -> None:
    found = read_list(EXTRACT, mark="unofficial")
    assert not found.problems.errors
    left_out = [item.found for item in found.problems if item.code == "level-unknown"]
    assert (
        left_out
        == [
            "BW regional label (ECEI gold criteria + 3)",
            "Gold (BW regional label recertified)",
            "Silver audit held",
        ]
        or len(left_out) == 3
    )
    assert len(found.certificates) == 184
    assert {item.mark for item in found.certificates.values()} == {"unofficial"}
    levels = [item.level for item in found.certificates.values()]
    assert [levels.count(level) for level in ("bronze", "silver", "gold")] == [90, 31, 63]
    assert len({item.country for item in found.certificates.values() if item.country}) == 21


def test_what_does_not_belong_together_is_refused(tmp_path: Path) -> None:
    found = read(tmp_path, "name,level\nA,gold\n", mark="unofficial")
    official = EMPTY.model_copy(update={"official": True})
    synthetic = register(certificate())
    taken = read(tmp_path, "name,level,number\nA,gold,S-1\nB,gold,S-1\n")
    for into, what, code in (
        (official, found, "marks-unofficial"),
        (synthetic, found, "marks-mixed"),
        (EMPTY, taken, "number-twice"),
    ):
        with pytest.raises(ProblemsError) as error:
            enter(into, what, duplicates="keep")
        assert [problem.code for problem in error.value.problems] == [code]
    assert len(enter(EMPTY, found, duplicates="keep").certificates) == 1
