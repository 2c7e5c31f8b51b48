from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from clustermark.analysis.portfolio import read_portfolio
from clustermark.ground.problems import ProblemsError

HEAD = "cluster,year,synthetic,sector,country,size,founded,level,2.4,2.5,expert_a/2.4,expert_b/2.4\n"


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "portfolio.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def faults(folder: Path, text: str | bytes) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(ProblemsError) as raised:
        read_portfolio(written(folder, text))
    return [(p.code, p.place.row, p.place.column) for p in raised.value.problems]


def test_reads_rows_as_arrays_and_keeps_gaps(tmp_path: Path) -> None:
    text = HEAD + "a,2025,yes,health,AT,63,2009,silver,3,57.1429,3,4\nb,2025,yes,,,,,,,,,\n"
    portfolio = read_portfolio(written(tmp_path, "\ufeff" + text).parent)
    assert portfolio.codes == ("2.4", "2.5")
    assert portfolio.raters == ("expert_a", "expert_b")
    assert portfolio.ratings.shape == (2, 2, 2)
    assert portfolio.ratings[1, 0, 0] == 4
    assert Decimal(repr(float(portfolio.values[0, 1]))) == Decimal("57.1429")
    assert np.isnan(portfolio.values[1]).all()
    assert np.isnan(portfolio.sizes[1])
    assert portfolio.sectors.tolist() == ["health", ""]
    assert portfolio.synthetic.tolist() == [True, True]
    assert portfolio.columns(["9.9", "2.4"])[0].tolist()[1] == 3
    assert portfolio.editions == (2025,)


def test_one_year_keeps_rows_together(tmp_path: Path) -> None:
    text = "cluster,year,x,r/x\na,2024,1,5\nb,2025,2,6\nc,2025,3,7\n"
    chosen = read_portfolio(written(tmp_path, text)).of_year(2025)
    assert chosen.clusters.tolist() == ["b", "c"]
    assert chosen.values[:, 0].tolist() == [2, 3]
    assert chosen.ratings[0, :, 0].tolist() == [6, 7]


def test_tells_every_fault_at_once_with_its_place(tmp_path: Path) -> None:
    text = HEAD + (
        "a,2025,yes,helth,AT,63,2009,silver,3,57;1,3,4\n"
        "a,2025,yes,health,Austria,6.5,2009,Silver!,3,nan,3,4\n"
        ",,maybe,health,AT,-1,2009,silver,1e3,1_000,3,4\n"
    )
    assert set(faults(tmp_path, text)) == {
        ("word-not-allowed", 2, "sector"),
        ("number-unreadable", 2, "2.5"),
        ("word-unreadable", 3, "country"),
        ("number-not-allowed", 3, "size"),
        ("word-unreadable", 3, "level"),
        ("number-unreadable", 3, "2.5"),
        ("row-twice", 3, None),
        ("cell-empty", 4, "cluster"),
        ("cell-empty", 4, "year"),
        ("word-not-allowed", 4, "synthetic"),
        ("synthetic-mixed", None, "synthetic"),
        ("number-not-allowed", 4, "size"),
        ("number-unreadable", 4, "2.4"),
        ("number-unreadable", 4, "2.5"),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-rows"),
        ("cluster,year,x\n", "no-rows"),
        ("cluster,x\na,1\n", "column-missing"),
        ("cluster,year,x,x\na,2025,1,2\n", "column-twice"),
        ("cluster,year,sector\na,2025,health\n", "no-indicators"),
        ("cluster,year,x\na,2025\n", "row-length"),
        ("cluster,year,synthetic,x\na,2025,yes,1\nb,2025,no,1\n", "synthetic-mixed"),
        ("cluster,year,synthetic,x\na,2025,yes,1\nb,2025,,1\n", "synthetic-mixed"),
        (b"cluster,year,x\n\xe4,2025,1\n", "not-utf-8"),
        ('cluster,year,x\n"a,2025,1\n', "csv-broken"),
        ("cluster,year,x\n" + "a" * 200_000 + ",2025,1\n", "csv-broken"),
        ('cluster,year,x\na,2025,"1\n2"\n', "number-unreadable"),
        ("cluster,year,x\na,2025,1234567890123.4567\n", "number-unreadable"),
    ],
)
def test_broken_files_are_told_by_name(tmp_path: Path, text: str | bytes, code: str) -> None:
    assert code in {fault[0] for fault in faults(tmp_path, text)}


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="cannot be read"):
        read_portfolio(tmp_path / "none.csv")


def test_faults_of_one_column_are_listed_up_to_twenty_and_then_counted(tmp_path: Path) -> None:
    text = "cluster,year,x\n" + "".join(f"c{n},2025,oops\n" for n in range(120))
    with pytest.raises(ProblemsError) as raised:
        read_portfolio(written(tmp_path, text))
    assert len(raised.value.problems) == 21
    assert "100 more" in str(raised.value.problems[-1])


def test_with_a_scheme_other_columns_are_left_out_with_a_warning(tmp_path: Path) -> None:
    text = "cluster,year,2.5,mistake,r/mistake\na,2025,1,2,3\n"
    portfolio = read_portfolio(written(tmp_path, text), codes=["2.5", "2.6"])
    assert portfolio.codes == ("2.5",)
    assert [problem.place.column for problem in portfolio.warnings] == ["mistake", "r/mistake"]
