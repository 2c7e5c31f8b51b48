"""Everything a person can get wrong in a cell, row or table: code, place, what is found and allowed."""

from pathlib import Path
from typing import Any

import pytest

from clustermark.dossiers.writing import convert
from tests.dossiers.dossier_material import (
    Change,
    Tables,
    only_problem,
    problems_of,
    valid_tables,
    write_folder,
)


def cell(table: str, column: str, text: str, row: int = 0) -> Change:
    return lambda tables: tables[table][row].update({column: text})


def cells(table: str, row: int = 0, **texts: str) -> Change:
    return lambda tables: tables[table][row].update(texts)


def again(table: str, **texts: str) -> Change:
    return lambda tables: tables[table].append({**tables[table][0], **texts})


CASES: list[tuple[str, Change, tuple[str, str, int | None, str | None], list[str]]] = [
    (
        "date in the German form",
        cell("contacts", "held_on", "18.03.2025"),
        ("date-unreadable", "contacts", 2, "held_on"),
        ["Found: 18.03.2025", "YYYY-MM-DD"],
    ),
    (
        "day that does not exist",
        cell("contacts", "held_on", "2025-02-30"),
        ("date-unreadable", "contacts", 2, "held_on"),
        ["no such day"],
    ),
    (
        "date of another age",
        cell("press", "published_on", "0202-02-11"),
        ("date-out-of-range", "press", 2, "published_on"),
        ["1900-01-01", "2199-12-31"],
    ),
    (
        "decimal comma",
        cell("participants", "distance_km", "12,5"),
        ("decimal-comma", "participants", 2, "distance_km"),
        ["Found: 12,5", "digits with a point"],
    ),
    (
        "thousands with blanks",
        cell("participants", "turnover", "8 400 000", row=1),
        ("thousands-separator", "participants", 3, "turnover"),
        ["Found: 8 400 000"],
    ),
    (
        "thousands with commas",
        cell("participants", "turnover", "8,400,000.00"),
        ("thousands-separator", "participants", 2, "turnover"),
        [],
    ),
    (
        "thousands with points",
        cell("finances", "amount", "96.000"),
        ("too-many-places", "finances", 2, "amount"),
        ["at most 2 decimals"],
    ),
    (
        "thousands with points twice",
        cell("finances", "amount", "1.096.000,50"),
        ("thousands-separator", "finances", 2, "amount"),
        [],
    ),
    (
        "currency in the number",
        cell("finances", "amount", "96000 EUR"),
        ("number-unreadable", "finances", 2, "amount"),
        ["Found: 96000 EUR"],
    ),
    (
        "exponent",
        cell("finances", "amount", "9e4"),
        ("number-unreadable", "finances", 2, "amount"),
        [],
    ),
    (
        "negative money",
        cell("participants", "turnover", "-1.00"),
        ("number-negative", "participants", 2, "turnover"),
        ["0 or more"],
    ),
    (
        "fraction of a person",
        cell("participants", "employees", "12.5"),
        ("integer-needed", "participants", 2, "employees"),
        ["whole number"],
    ),
    (
        "more than full time",
        cell("team", "fte", "1.5"),
        ("number-out-of-range", "team", 2, "fte"),
        ["from 0 to 1"],
    ),
    (
        "rating beyond the rubric",
        cell("ratings", "rating", "6"),
        ("number-out-of-range", "ratings", 2, "rating"),
        ["from 0 to 5"],
    ),
    (
        "more digits than a number carries",
        cell("finances", "amount", "12345678901234.00"),
        ("number-too-long", "finances", 2, "amount"),
        [],
    ),
    (
        "five decimals",
        cell("targets", "target", "6.00001"),
        ("too-many-places", "targets", 2, "target"),
        ["at most 4 decimals"],
    ),
    (
        "yes in capitals",
        cell("contacts", "documented", "TRUE"),
        ("yes-no-unreadable", "contacts", 2, "documented"),
        ["Allowed: yes, no"],
    ),
    (
        "unknown choice",
        cell("participants", "size", "Midium"),
        ("choice-unknown", "participants", 2, "size"),
        ["Did you mean medium?", "micro; small; medium (Medium-sized); large; not_applicable"],
    ),
    (
        "required cell empty",
        cell("team", "role", "  "),
        ("cell-missing", "team", 2, "role"),
        ["Role in the team.", "Cluster manager"],
    ),
    (
        "duplicate id",
        again("press"),
        ("id-twice", "press", 3, "item_id"),
        ["row 2", "Found: M01"],
    ),
    (
        "unknown participant",
        cell("contacts", "participant_id", "p001"),
        ("id-unknown", "contacts", 2, "participant_id"),
        ["Found: p001", "Did you mean P001?", "participant_id of participants"],
    ),
    (
        "unknown evidence in a list",
        cell("ratings", "evidence", "E05; E77"),
        ("id-unknown", "ratings", 2, "evidence"),
        ["Found: E77"],
    ),
    (
        "left before joined",
        cell("participants", "left_on", "2014-05-19"),
        ("dates-out-of-order", "participants", 2, "left_on"),
        ["left_on lies before joined_on", "joined_on 2014-05-20", "2014-05-20 or later"],
    ),
    (
        "ended before started",
        cell("projects", "ended_on", "2024-01-31"),
        ("dates-out-of-order", "projects", 2, "ended_on"),
        [],
    ),
    (
        "document younger than its receipt",
        cell("evidence", "own_date", "2025-10-03"),
        ("dates-out-of-order", "evidence", 2, "received_on"),
        ["own_date 2025-10-03"],
    ),
    (
        "second row of the profile",
        again("profile"),
        ("row-not-single", "profile", 3, None),
        ["exactly one row", "Found: 2 rows"],
    ),
    (
        "no row of the profile",
        lambda tables: tables.update(profile=[]),
        ("table-missing", "profile", None, None),
        ["profile, participants, team"],
    ),
    (
        "no table team",
        lambda tables: [tables.pop("team"), cell("contacts", "person_id", "")(tables)],
        ("table-missing", "team", None, None),
        ["table team is required"],
    ),
    (
        "required column missing",
        lambda tables: tables["press"][0].pop("medium"),
        ("column-missing", "press", 1, "medium"),
        ["item_id, published_on, medium"],
    ),
    (
        "country in words",
        cell("agreements", "country", "Russia"),
        ("country-unreadable", "agreements", 2, "country"),
        ["two capital letters"],
    ),
    (
        "currency as a sign",
        cell("profile", "currency", "€"),
        ("currency-unreadable", "profile", 2, "currency"),
        ["three capital letters"],
    ),
    (
        "expert without a name",
        cell("ratings", "rater", ""),
        ("rater-missing", "ratings", 2, "rater"),
        ["name of the expert"],
    ),
    (
        "consensus with a name",
        cell("ratings", "view", "consensus"),
        ("rater-not-allowed", "ratings", 2, "rater"),
        ["Found: Anna Keller"],
    ),
    (
        "rating and value",
        cell("ratings", "value", "35"),
        ("rating-or-value", "ratings", 2, "rating"),
        ["Found: both"],
    ),
    (
        "neither rating nor value",
        cells("ratings", rating="", reason="", recommendation=""),
        ("rating-or-value", "ratings", 2, "rating"),
        ["Found: neither"],
    ),
    (
        "the same voice twice",
        again("ratings", rating="4"),
        ("row-twice", "ratings", 3, None),
        ["Row 2 states the same", "4.1.1, expert, Anna Keller"],
    ),
    (
        "the same answer twice",
        again("survey_answers", score="0"),
        ("row-twice", "survey_answers", 3, None),
        ["survey_id + respondent + question"],
    ),
    (
        "evidence file missing",
        cell("evidence", "file", "strategie.pdf", row=1),
        ("evidence-missing", "evidence", 3, "file"),
        ["Found: strategie.pdf", "Did you mean strategy.pdf?"],
    ),
    (
        "evidence hash differs",
        cell("evidence", "sha256", "0" * 64),
        ("evidence-changed", "evidence", 2, "sha256"),
        ["participants-register.pdf", "0" * 64],
    ),
    (
        "evidence hash no hash",
        cell("evidence", "sha256", "abc"),
        ("hash-unreadable", "evidence", 2, "sha256"),
        ["64 hexadecimal digits", "clustermark dossier hash"],
    ),
    (
        "evidence outside the folder",
        cell("evidence", "file", "../register.pdf"),
        ("file-name-unsafe", "evidence", 2, "file"),
        ["leads out of the dossier"],
    ),
    (
        "cell longer than a workbook can hold",
        cell("press", "title", "x" * 32_768),
        ("cell-too-long", "press", 2, "title"),
        ["32767 characters"],
    ),
    (
        "control character",
        cell("press", "title", "a\x07b"),
        ("control-character", "press", 2, "title"),
        ["U+0007"],
    ),
    (
        "NUL",
        cell("press", "title", "a\x00b"),
        ("control-character", "press", 2, "title"),
        ["U+0000"],
    ),
]


def broken(change: Change) -> Tables:
    tables = valid_tables()
    change(tables)
    return tables


@pytest.mark.parametrize(
    ("change", "where", "parts"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_one_mistake_is_one_problem_in_its_place(
    tmp_path: Path, change: Change, where: tuple[Any, ...], parts: list[str]
) -> None:
    code, table, row, column = where
    problems = problems_of(write_folder(tmp_path / "d", broken(change)))
    unnamed = [problem for problem in problems if problem.code == "evidence-unnamed"]
    assert [problem for problem in problems if problem not in unnamed] == problems[
        : len(problems) - len(unnamed)
    ]
    problem = problems[0]
    assert len(problems) == 1 + len(unnamed), "\n".join(map(str, problems))
    assert (problem.code, problem.place.file, problem.place.row, problem.place.column) == (
        code,
        f"{table}.csv",
        row,
        column,
    )
    assert problem.severity == "error"
    for part in parts:
        assert part in str(problem)


def test_the_same_problems_are_found_in_a_workbook(tmp_path: Path) -> None:
    """Mistakes travel as they are when a folder becomes a workbook, and are found there in its sheets."""
    tables = valid_tables()
    for name, change, (_code, _table, _row, _column), _parts in CASES:
        if name not in UNFIT_FOR_WORKBOOKS:
            change(tables)
    folder = write_folder(tmp_path / "d", tables)
    convert(folder, tmp_path / "d.xlsx")
    in_folder = [(p.code, p.place.file, p.place.column, p.found) for p in problems_of(folder)]
    in_workbook = [(p.code, p.place.file, p.place.column, p.found) for p in problems_of(tmp_path / "d.xlsx")]
    sheets = [(code, file.removeprefix("d.xlsx, sheet "), *rest) for code, file, *rest in in_workbook]
    assert sheets == [(code, file.removesuffix(".csv"), *rest) for code, file, *rest in in_folder]
    assert len(sheets) > 30


UNFIT_FOR_WORKBOOKS = {
    "cell longer than a workbook can hold",
    "control character",
    "NUL",
    "no table team",
    "no row of the profile",
    "required column missing",
}


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    tables = valid_tables()
    for _name, change, (_code, table, _row, _column), _parts in CASES[:20]:
        if table in ("contacts", "participants", "team", "targets"):
            change(tables)
    codes = sorted({problem.code for problem in problems_of(write_folder(tmp_path / "d", tables))})
    assert codes == [
        "cell-missing",
        "choice-unknown",
        "date-unreadable",
        "decimal-comma",
        "integer-needed",
        "number-negative",
        "number-out-of-range",
        "thousands-separator",
        "too-many-places",
        "yes-no-unreadable",
    ]


def test_equal_dates_and_an_expert_each_are_fine(tmp_path: Path) -> None:
    tables = valid_tables()
    tables["participants"][0]["left_on"] = tables["participants"][0]["joined_on"]
    second = {**tables["ratings"][0], "rater": "Boris Petrov"}
    claim = {**tables["ratings"][0], "rater": "", "view": "claim"}
    tables["ratings"] += [second, claim]
    assert problems_of(write_folder(tmp_path / "d", tables)) == []


def test_a_remark_alone_is_a_row_of_ratings(tmp_path: Path) -> None:
    tables = valid_tables()
    tables["ratings"][0]["rating"] = ""
    assert problems_of(write_folder(tmp_path / "d", tables)) == []


def test_a_file_that_no_row_names_is_a_warning(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    (folder / "evidence" / "2025").mkdir()
    (folder / "evidence" / "2025" / "photo.jpg").write_bytes(b"x")
    problem = only_problem(folder)
    assert (problem.code, problem.severity, problem.place.file) == (
        "evidence-unnamed",
        "warning",
        "evidence/2025/photo.jpg",
    )


def test_an_unreadable_table_does_not_make_references_to_it_wrong(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    (folder / "participants.csv").write_bytes(b'participant_id,name,type,joined_on,commitment\nP001,"open\n')
    problem = only_problem(folder)
    assert (problem.code, problem.place.file) == ("csv-broken", "participants.csv")
