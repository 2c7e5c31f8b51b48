"""A valid dossier made of the examples that the tables themselves give, to be broken one place at a time."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

from clustermark.dossiers.reading import check_dossier
from clustermark.dossiers.tables import TABLES
from clustermark.ground.problems import Problem

Tables = dict[str, list[dict[str, str]]]
Change = Callable[[Tables], object]

EVIDENCE = {
    "participants-register.pdf": b"%PDF-1.7 register",
    "strategy.pdf": b"%PDF-1.7 strategy",
    "minutes.pdf": b"%PDF-1.7 minutes",
    "visits.pdf": b"%PDF-1.7 visits",
}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def example_row(table: str) -> dict[str, str]:
    return {column.name: column.example for column in TABLES[table].columns}


def valid_tables() -> Tables:
    """One row of examples in each table, and the rows that these refer to."""
    tables = {name: [example_row(name)] for name in TABLES}
    tables["participants"].append({**example_row("participants"), "participant_id": "P014", "name": "Glass"})
    tables["ratings"][0]["value"] = ""
    first = example_row("evidence")
    tables["evidence"] = [
        {**first, "evidence_id": id_, "file": name, "sha256": sha256(data)}
        for id_, (name, data) in zip(("E01", "E05", "E06", "E08"), EVIDENCE.items(), strict=True)
    ]
    return tables


def write_folder(folder: Path, tables: Tables | None = None) -> Path:
    """The tables as CSV files, and the evidence files, in `folder`."""
    folder.mkdir(parents=True)
    for name, rows in (valid_tables() if tables is None else tables).items():
        write_table(folder / f"{name}.csv", rows)
    (folder / "evidence").mkdir()
    for name, data in EVIDENCE.items():
        (folder / "evidence" / name).write_bytes(data)
    return folder


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    header = list(dict.fromkeys(name for row in rows for name in row)) or [
        column.name for column in TABLES[path.stem].columns
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)


def hashes(path: Path) -> dict[str, str]:
    """SHA-256 of every file at or below `path`."""
    files = [path] if path.is_file() else sorted(item for item in path.rglob("*") if item.is_file())
    return {str(file): sha256(file.read_bytes()) for file in files}


def problems_of(path: Path) -> list[Problem]:
    """All problems of the dossier at `path`, and a proof that checking changed nothing."""
    there = len(str(path)) < 1000 and (path.is_dir() or path.is_file())
    before = hashes(path) if there else {}
    _dossier, problems = check_dossier(path)
    assert before == (hashes(path) if there else {})
    return list(problems)


def only_problem(path: Path) -> Problem:
    """The one problem of the dossier at `path`."""
    problems = problems_of(path)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]
