from pathlib import Path

import pytest

from clustermark.analysis.disclosure import Ledger, Publication
from clustermark.ground.problems import ProblemsError


def test_a_ledger_comes_back_as_it_was(tmp_path: Path) -> None:
    ledger = Ledger()
    entry = Publication(edition=2025, group="all", variables=("2.5",), members=("a", "b"))
    ledger.record(
        edition=2025,
        digests={"2.5": "sha256:0"},
        grids={},
        groups=["all", "x"],
        withheld=["x"],
        publications=[entry],
    )
    ledger.write(tmp_path / "ledger.jsonl")
    assert Ledger.read(tmp_path / "ledger.jsonl") == ledger
    assert ledger.asked_in(2025, "2.5") == {"all", "x"}
    assert ledger.asked_in(2025, "2.6") == frozenset()
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.jsonl"]


def test_without_a_file_a_new_ledger_begins_with_a_salt_of_its_own(tmp_path: Path) -> None:
    first, second = Ledger.read(tmp_path / "none"), Ledger.read(tmp_path / "none")
    assert not first.publications
    assert first.salt != second.salt


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]\n",
        b'{"kind": "other"}\n',
        b'{"kind": "ledger", "salt": "short"}\n',
        b'{"kind": "publication", "edition": 1, "group": "g", "variables": [], "members": []}\n',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"kind": ' + b"9" * 6_000 + b"}",
    ],
)
def test_a_broken_ledger_stops_everything(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "ledger.jsonl").write_bytes(text)
    with pytest.raises(ProblemsError, match="nothing is shown"):
        Ledger.read(tmp_path / "ledger.jsonl")


def test_a_ledger_that_cannot_be_written_stops_everything(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="nothing is shown"):
        Ledger().write(tmp_path / "no" / "ledger.jsonl")
