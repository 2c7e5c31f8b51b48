import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from clustermark.analysis.demo import YEARS, synthetic_portfolio, write_demo_data
from clustermark.analysis.demo.indicators import RATED
from clustermark.analysis.demo.population import COUNTRIES
from clustermark.analysis.portfolio import read_portfolio
from clustermark.dossiers.tables.choices import SECTORS
from clustermark.ground.problems import ProblemsError


def test_the_file_reads_back_to_the_same_arrays(tmp_path: Path) -> None:
    made = write_demo_data(tmp_path / "a", clusters=150, seed=7)
    read = read_portfolio(tmp_path / "a")
    assert read.codes == made.codes
    assert len(read.codes) == 31
    for name in ("clusters", "years", "schemes", "sectors", "countries", "levels", "synthetic"):
        assert (getattr(read, name) == getattr(made, name)).all()
    for name in ("values", "ratings", "sizes", "founded"):
        np.testing.assert_array_equal(getattr(read, name), getattr(made, name))


def test_same_seed_same_bytes_and_another_seed_other_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_demo_data(tmp_path / name, clusters=60, seed=seed)
    one, same, other = ((tmp_path / name / "portfolio.csv").read_bytes() for name in "abc")
    assert one == same
    assert one != other


def test_says_openly_that_it_is_synthetic(tmp_path: Path) -> None:
    write_demo_data(tmp_path, clusters=30, seed=1)
    assert "made up by a program" in (tmp_path / "README.md").read_text()
    with (tmp_path / "portfolio.csv").open() as stream:
        assert {row["synthetic"] for row in csv.DictReader(stream)} == {"yes"}


def test_two_thousand_clusters_look_like_a_label() -> None:
    portfolio = synthetic_portfolio(2000, 1)
    assert set(portfolio.sectors) == set(SECTORS)
    assert set(portfolio.countries) == set(COUNTRIES)
    assert len(COUNTRIES) == 40
    assert portfolio.editions == YEARS
    assert len(np.unique(portfolio.clusters)) == 2000
    share = {level: (portfolio.levels == level).mean() for level in ("", "bronze", "silver", "gold")}
    assert 0.05 < share["gold"] < 0.15
    assert share["bronze"] > 0.5
    missing = dict(zip(portfolio.codes, np.isnan(portfolio.values).mean(axis=0), strict=True))
    assert missing["1.1.2"] == 0
    assert missing["5.3"] == pytest.approx(0.15, abs=0.02)

    values = dict(zip(portfolio.codes, portfolio.values.T, strict=True))
    assert _correlation(values["2.6"], values["4.5"]) > 0.2
    assert _correlation(portfolio.sizes, values["2.5"]) < -0.1
    assert _correlation(portfolio.sizes, values["5.1"]) > 0.2
    again = {key: i for i, key in enumerate(zip(portfolio.clusters, portfolio.years, strict=True))}
    pairs = [(i, again[c, y + 1]) for (c, y), i in again.items() if (c, y + 1) in again]
    before, after = np.array(pairs).T
    assert _correlation(values["2.5"][before], values["2.5"][after]) > 0.6


def test_two_experts_differ_here_and_there_and_the_consensus_lies_between() -> None:
    portfolio = synthetic_portfolio(500, 3)
    for code in RATED:
        column = portfolio.codes.index(code)
        a, b = portfolio.ratings[:, :, column]
        known = ~np.isnan(a)
        assert set(np.unique(a[known])) <= {0, 1, 2, 3, 4, 5}
        assert 0.4 < (a == b)[known].mean() < 0.8
        consensus = portfolio.values[known, column]
        assert ((np.minimum(a, b)[known] <= consensus) & (consensus <= np.maximum(a, b)[known])).all()


def test_values_stay_in_the_range_of_their_unit() -> None:
    portfolio = synthetic_portfolio(800, 5)
    values = dict(zip(portfolio.codes, portfolio.values.T, strict=True))
    for code in ("1.1.0", "1.2", "2.2.2", "2.2.4", "2.3", "2.5", "2.6", "3.2", "4.4", "4.5", "5.3"):
        assert np.nanmin(values[code]) >= 0
        assert np.nanmax(values[code]) <= 100
    for code, most in (("1.1.1", 6), ("4.3", 8), ("4.6.1", 8), ("4.6.2", 10), ("5.2", 36)):
        assert set(np.unique(values[code][~np.isnan(values[code])])) <= set(range(most + 1))
    assert np.nanmin(values["2.1"]) >= 1
    assert all(a < b for a, b in pairwise(portfolio.editions))


@pytest.mark.parametrize(("clusters", "seed"), [(0, 1), (100_001, 1), (5, -1)])
def test_impossible_wishes_are_problems(tmp_path: Path, clusters: int, seed: int) -> None:
    with pytest.raises(ProblemsError, match="not allowed"):
        write_demo_data(tmp_path, clusters=clusters, seed=seed)


def test_a_file_in_the_way_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(ProblemsError, match="cannot be written"):
        write_demo_data(tmp_path / "x", clusters=5, seed=1)


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    known = ~np.isnan(a) & ~np.isnan(b)
    return float(np.corrcoef(a[known], b[known])[0, 1])
