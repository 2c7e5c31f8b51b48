"""Tables printed in the papers, and what other programs answer for made-up ones (see oracle/README.md)."""

import numpy as np
import pytest

from clustermark.analysis.agreement import agreement_of
from tests.analysis.agreement.material import (
    ORACLE,
    RUBRIC,
    estimates_of,
    oracle_table,
    published_rows,
    rows_of,
)


def test_shrout_and_fleiss_1979() -> None:
    table = [
        [float(row[judge]) for judge in ("J1", "J2", "J3", "J4")]
        for row in published_rows("shrout_fleiss1979_data.csv")
    ]
    expected = published_rows("shrout_fleiss1979_expected.csv")
    found = agreement_of(table).intraclass
    assert [form.coefficient for form in found] == [row["type"] for row in expected]
    for form, row in zip(found, expected, strict=True):
        assert form.value is not None
        assert f"{form.value:.2f}" == row["published"]
        assert form.value == pytest.approx(float(row["icc"]), abs=1e-12)
        assert form.f == pytest.approx(float(row["F"]), rel=1e-12)
        assert (form.df1, form.df2) == (int(row["df1"]), int(row["df2"]))
        assert form.p == pytest.approx(float(row["p"]), rel=1e-9)
        assert form.low == pytest.approx(float(row["lower95"]), abs=1e-9)
        assert form.high == pytest.approx(float(row["upper95"]), abs=1e-9)
        assert (form.n, form.raters) == (6, 4)


def test_krippendorff_2011_example_a() -> None:
    rows = published_rows("krippendorff2011_A_data.csv")
    table = np.array([[float(row[f"V{unit}"]) for unit in range(1, 11)] for row in rows]).T
    alpha = agreement_of(table).alpha_nominal
    assert alpha.value == pytest.approx(0.095, abs=5e-4)
    assert (alpha.n, alpha.raters) == (10, 2)


EXPECTED = rows_of(ORACLE / "expected.csv")


@pytest.mark.parametrize("name", ["pair", "panel", "gaps", "skewed", "poor"])
def test_other_programs(name: str) -> None:
    found = estimates_of(agreement_of(oracle_table(name), RUBRIC))
    for row in (row for row in EXPECTED if row["table"] == name):
        estimate = found[row["coefficient"], row["weighting"]]
        assert estimate.value == pytest.approx(float(row["value"]), abs=1e-9), row
        if row["low"]:
            precision = 0.005 + 1e-9 if row["package"] == "pingouin" else 1e-9
            assert estimate.low == pytest.approx(float(row["low"]), abs=precision), row
            assert estimate.high == pytest.approx(float(row["high"]), abs=precision), row


def test_percent_agreement_by_hand() -> None:
    """Units agree in 1 of 3, 3 of 3 and 0 of 1 pairs; the fourth was rated once."""
    ratings: list[list[float | None]] = [[1, 1, 2], [3, 3, 3], [4, 5, None], [None, None, 5]]
    percent = agreement_of(ratings).percent
    assert percent.value == pytest.approx((1 / 3 + 1 + 0) / 3)
    assert percent.n == 3
    spread = np.std([1 / 3, 1, 0], ddof=1) / np.sqrt(3)
    assert percent.low == 0
    assert percent.high == pytest.approx(min(1, 4 / 9 + 4.302652729911275 * spread))
    assert percent.words == "44.44 % of the pairs of ratings are equal."


def test_one_way_correlation_takes_panels_of_different_experts() -> None:
    """Form 1 asks only that each unit has two ratings; forms 2 and 3 need the same experts throughout."""
    panels: list[list[float | None]] = [
        [5, 4, None, None],
        [None, None, 2, 2],
        [3, None, 3, None],
        [None, 0, None, 1],
    ]
    found = {form.coefficient: form for form in agreement_of(panels, RUBRIC).intraclass}
    together = {
        form.coefficient: form for form in agreement_of([[5, 4], [2, 2], [3, 3], [0, 1]], RUBRIC).intraclass
    }
    assert found["ICC1"].value == together["ICC1"].value
    assert found["ICC1"].n == 4
    assert found["ICC3"].value is None
    assert found["ICC3"].words == "Fewer than two units were rated by all experts this form compares."
