"""A valid dossier, read: typed values, digests, what is stated and what is not."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clustermark.dossiers.dossier import Dossier
from clustermark.dossiers.reading import check_dossier
from clustermark.dossiers.tables import TABLES
from clustermark.ground.problems import ProblemsError
from tests.dossiers.dossier_material import (
    EVIDENCE,
    only_problem,
    problems_of,
    sha256,
    valid_tables,
    write_folder,
    write_table,
)


def test_the_examples_of_all_tables_are_a_valid_dossier(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    assert problems_of(folder) == []
    dossier = Dossier.open(folder)
    assert list(dossier.tables) == list(TABLES)
    assert dossier.frozen is False
    assert {name: file.sha256 for name, file in dossier.files.items()} == {
        name: sha256(data) for name, data in EVIDENCE.items()
    }


def test_cells_become_exact_values(tmp_path: Path) -> None:
    dossier = Dossier.open(write_folder(tmp_path / "d"))
    row = dossier.rows("participants")[0]
    assert row.number == 2
    assert row.values["distance_km"] == Decimal("12.5")
    assert row.values["turnover"] == Decimal("8400000.00")
    assert row.values["joined_on"] == date(2014, 5, 20)
    assert row.values["employees"] == 120
    assert row.values["industrial"] is True
    assert "left_on" not in row.values
    assert dossier.rows("ratings")[0].values["evidence"] == ("E05", "E06")
    assert dossier.profile["name"] == "Oka Valley Pharma Cluster"


def test_rows_are_counted_as_a_spreadsheet_counts(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    header = "person_id,name,role,fte,started_on\n"
    rows = 'T1,"Irina\nSokolova",Manager,1,2014-09-01\n\n,,,,\nT2,Pavel,Adviser,0.50,2020-01-01\n'
    (folder / "team.csv").write_text(header + rows, encoding="utf-8")
    team = Dossier.open(folder).rows("team")
    assert [row.number for row in team] == [2, 5]
    assert team[0].values["name"] == "Irina\nSokolova"


@pytest.mark.parametrize("lines", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_do_not_matter(tmp_path: Path, lines: str, mark: str) -> None:
    plain = Dossier.open(write_folder(tmp_path / "plain"))
    folder = write_folder(tmp_path / "d")
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        path.write_bytes((mark + text.replace("\n", lines)).encode())
    assert Dossier.open(folder).digest == plain.digest


def test_the_digest_changes_with_any_value_and_not_with_the_order_of_columns(tmp_path: Path) -> None:
    tables = valid_tables()
    first = Dossier.open(write_folder(tmp_path / "a", tables)).digest
    tables["team"] = [dict(reversed(row.items())) for row in tables["team"]]
    assert Dossier.open(write_folder(tmp_path / "b", tables)).digest == first
    tables["team"][0]["training_days"] = "6.0"
    assert Dossier.open(write_folder(tmp_path / "c", tables)).digest == first
    tables["team"][0]["training_days"] = "6.1"
    assert Dossier.open(write_folder(tmp_path / "d", tables)).digest != first


def test_a_heading_alone_states_nothing_and_the_word_none_states_emptiness(tmp_path: Path) -> None:
    tables = valid_tables()
    tables["press"] = []
    tables["contacts"] = [{"contact_id": "none", "participant_id": ""}]
    del tables["deliveries"]
    folder = write_folder(tmp_path / "d", tables)
    write_table(folder / "contacts.csv", [{column.name: "" for column in TABLES["contacts"].columns}])
    text = (folder / "contacts.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "contacts.csv").write_text(text + "\nNone\n", encoding="utf-8")
    dossier = Dossier.open(folder)
    assert dossier.tables["contacts"] == ()
    assert "press" not in dossier.tables
    assert "deliveries" not in dossier.tables


def test_none_beside_other_rows_is_a_problem(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    path = folder / "press.csv"
    path.write_text(path.read_text(encoding="utf-8") + "none\n", encoding="utf-8")
    codes = {(problem.code, problem.place.row) for problem in problems_of(folder)}
    assert ("none-with-rows", 3) in codes


def test_unknown_columns_are_kept_with_a_warning(tmp_path: Path) -> None:
    tables = valid_tables()
    tables["team"][0]["Started"] = "  spring  "
    folder = write_folder(tmp_path / "d", tables)
    problem = only_problem(folder)
    assert (problem.code, problem.severity, problem.place.row) == ("column-unknown", "warning", 1)
    assert "Did you mean started_on?" in problem.message
    dossier = Dossier.open(folder)
    assert dossier.rows("team")[0].extra == {"Started": "spring"}
    assert [warning.code for warning in dossier.warnings] == ["column-unknown"]


def test_open_raises_all_errors_and_check_never_raises(tmp_path: Path) -> None:
    tables = valid_tables()
    tables["team"][0]["fte"] = "1,0"
    tables["profile"][0]["country"] = ""
    folder = write_folder(tmp_path / "d", tables)
    with pytest.raises(ProblemsError) as raised:
        Dossier.open(folder)
    assert {problem.code for problem in raised.value.problems} == {"decimal-comma", "cell-missing"}
    assert check_dossier(folder)[0] is None


def test_reading_a_folder_loads_no_heavy_module(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    script = (
        "import sys; from clustermark.dossiers.dossier import Dossier; Dossier.open(sys.argv[1]);"
        "heavy = ('openpyxl', 'xlsxwriter', 'zipfile', 'rich', 'pydantic', 'difflib');"
        "print([name for name in heavy if name in sys.modules])"
    )
    path = str(Path(__file__).parents[2] / "src")
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script, str(folder)],
        env={"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
