"""Whatever bytes come, there is a list of problems or a dossier, and never anything else."""

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.dossiers.reading import check_dossier
from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.writing import convert
from tests.dossiers.dossier_material import hashes, valid_tables, write_folder


@cache
def valid_bytes(ending: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        tables = {table: rows for table, rows in valid_tables().items() if table in SMALL}
        tables["evidence"] = []
        folder = write_folder(Path(name) / "d", tables)
        if not ending:
            return (folder / "participants.csv").read_bytes()
        convert(folder, Path(name) / f"d{ending}")
        return (Path(name) / f"d{ending}").read_bytes()


SMALL = ("profile", "participants", "team")


def check(path: Path) -> None:
    before = hashes(path)
    dossier, problems = check_dossier(path)
    assert (dossier is None) == bool(problems.errors)
    assert all(problem.message and problem.place.file for problem in problems)
    "\n".join(map(str, problems)).encode("utf-8")  # can be shown: no half characters
    assert hashes(path) == before


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([".zip", ".xlsx"]), st.binary(max_size=300), st.booleans())
def test_random_bytes_as_an_archive(ending: str, data: bytes, start: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"d{ending}"
        path.write_bytes((b"PK\x03\x04" if start else b"") + data)
        check(path)


MUTATIONS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["set", "cut", "insert", "end"]), st.binary(max_size=8)),
    max_size=6,
)


def mutated(data: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    for where, how, new in changes:
        at = int(where * len(data))
        tail = {"set": at + len(new), "cut": at + 7, "insert": at, "end": len(data)}[how]
        data = data[:at] + new + data[tail:]
    return data


@settings(max_examples=60, deadline=None)
@given(MUTATIONS)
def test_a_mutated_zip(changes: list[tuple[float, str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "d.zip"
        path.write_bytes(mutated(valid_bytes(".zip"), changes))
        check(path)


@settings(max_examples=15, deadline=None)
@given(MUTATIONS)
def test_a_mutated_workbook(changes: list[tuple[float, str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "d.xlsx"
        path.write_bytes(mutated(valid_bytes(".xlsx"), changes))
        check(path)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(TABLES)), MUTATIONS, st.binary(max_size=100))
def test_a_mutated_table_and_a_random_one(
    table: str, changes: list[tuple[float, str, bytes]], data: bytes
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "participants.csv").write_bytes(mutated(valid_bytes(""), changes))
        (folder / f"{table}.csv").write_bytes(data)
        (folder / "manifest.json").write_bytes(data)
        check(folder)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_random_cells(table: str, data: st.DataObject) -> None:
    names = [column.name for column in TABLES[table].columns]
    cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
        ["none", "yes", "1", "2025-01-01"]
    )
    rows = data.draw(st.lists(st.lists(cells, min_size=1, max_size=len(names) + 1), max_size=3))
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"{table}.csv").write_bytes("\n".join([",".join(names), *quoted]).encode())
        check(folder)
