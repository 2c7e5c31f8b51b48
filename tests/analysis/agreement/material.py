"""Tables for the tests of agreement: published ones, other programs' answers, and small made-up ones."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from clustermark.analysis.agreement import Agreement, Estimate

Floats = NDArray[np.float64]
ORACLE = Path(__file__).parent / "oracle"
RUBRIC = range(6)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published_rows(name: str) -> list[dict[str, str]]:
    """The rows of ../shared/data/agreement/NAME; skips the test, naming the file, where it is absent."""
    for parent in Path(__file__).resolve().parents:
        path = parent / "shared" / "data" / "agreement" / name
        if path.is_file():
            return rows_of(path)
    pytest.skip(f"../shared/data/agreement/{name} is not here")


def oracle_table(name: str) -> Floats:
    rows = [row for row in rows_of(ORACLE / "ratings.csv") if row["table"] == name]
    cells = [[row[f"rater{number}"] for number in range(1, 5)] for row in rows]
    table = np.array([[float(cell) if cell else np.nan for cell in row] for row in cells])
    return table[:, ~np.isnan(table).all(axis=0)]


def estimates_of(agreement: Agreement) -> dict[tuple[str, str], Estimate]:
    """Every estimate of the document by coefficient and weighting ("" where it has none)."""
    pairs = (agreement.nominal, agreement.linear, agreement.quadratic)
    alphas = (agreement.alpha_nominal, agreement.alpha_ordinal, agreement.alpha_interval)
    every: list[Estimate] = [agreement.percent, *alphas, *agreement.intraclass]
    every += [estimate for pair in pairs for estimate in (pair.kappa, pair.ac)]
    return {(estimate.coefficient, estimate.weighting or ""): estimate for estimate in every}
