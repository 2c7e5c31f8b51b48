"""Writes the synthetic portfolio: `portfolio.csv` and a README that says what it is."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from clustermark.analysis.demo.population import synthetic_portfolio
from clustermark.analysis.portfolio import DESCRIBING, FILE_NAME, Floats, Portfolio
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

MOST_CLUSTERS = 100_000

_README = """# Synthetic portfolio

Every row of `portfolio.csv` was made up by a program and is marked `synthetic = yes`. No row is about a
real cluster; names of sectors and countries only give the table its shape. Do not quote its figures, and
do not mix it with real data.

- clusters: {clusters}, rows (cluster and year): {rows}, years {first}–{last}
- seed: {seed}; the same seed and number of clusters give the same file
- command: `clustermark demo-data --clusters {clusters} --seed {seed} --out DIR`
- what is in it on purpose: qualities that hang together, larger clusters with lower shares, values that
  last over the years, gaps, clusters that come and go, and two experts who do not always agree
  (`expert_a/…`, `expert_b/…`)
- the columns are explained in `docs/portfolio-format.md` of the project
"""


def write_demo_data(folder: Path, *, clusters: int, seed: int) -> Portfolio:
    """Write `portfolio.csv` and `README.md` into `folder`; the same arguments give the same bytes.

    Raises ProblemsError when the number of clusters is not 1 … 100,000, the seed is negative or the
    folder cannot be written.
    """
    problems = []
    if not 1 <= clusters <= MOST_CLUSTERS:
        allowed = _("a whole number from {low} to {high}").format(low=1, high=MOST_CLUSTERS)
        problems.append(_option("--clusters", clusters, allowed))
    if seed < 0:
        problems.append(_option("--seed", seed, _("a whole number, not negative")))
    if problems:
        raise ProblemsError(problems)
    portfolio = synthetic_portfolio(clusters, seed)
    years = portfolio.editions
    text = _README.format(clusters=clusters, seed=seed, rows=len(portfolio), first=years[0], last=years[-1])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_portfolio(portfolio, folder / FILE_NAME)
        (folder / "README.md").write_text(text, encoding="utf-8")
    except OSError as error:
        message = _("The folder cannot be written.")
        raise ProblemsError(
            [Problem("folder-unwritable", message, Place(str(folder)), error.strerror)]
        ) from error
    return portfolio


def _option(name: str, found: int, allowed: str) -> Problem:
    return Problem("number-not-allowed", _("The number is not allowed."), Place(name), str(found), allowed)


def write_portfolio(portfolio: Portfolio, file: Path) -> None:
    """Write a portfolio in the format that `read_portfolio` reads."""
    rated = [(r, j) for r in range(len(portfolio.raters)) for j in range(len(portfolio.codes))]
    rated = [(r, j) for r, j in rated if not np.isnan(portfolio.ratings[r, :, j]).all()]
    names = [
        *DESCRIBING,
        *portfolio.codes,
        *(f"{portfolio.raters[r]}/{portfolio.codes[j]}" for r, j in rated),
    ]
    columns = [
        ["yes" if mark else "no" for mark in portfolio.synthetic.tolist()],
        portfolio.clusters.tolist(),
        portfolio.years.tolist(),
        portfolio.schemes.tolist(),
        portfolio.sectors.tolist(),
        portfolio.countries.tolist(),
        _written(portfolio.sizes),
        _written(portfolio.founded),
        portfolio.levels.tolist(),
        *(_written(column) for column in portfolio.values.T),
        *(_written(portfolio.ratings[r, :, j]) for r, j in rated),
    ]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(zip(*columns, strict=True))


def _written(column: Floats) -> list[str]:
    """Numbers as short as they go; empty where not known."""
    return ["" if x != x else str(int(x)) if x == int(x) else repr(x) for x in column.tolist()]  # noqa: PLR0124 - only NaN differs from itself
