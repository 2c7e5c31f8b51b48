"""Bunching: silent where nothing is pushed, loud where something is."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from clustermark.analysis.audit.basis import basis_of
from clustermark.analysis.audit.bunching import CONTRAST, Bunch, bunch, bunching, holm, total_cuts
from tests.analysis.audit.material import correlated, portfolio_of, scheme_of


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@pytest.mark.parametrize("where", [0.0, -1.0, 0.8])
def test_false_alarms_are_no_more_than_one_in_twenty(where: float) -> None:
    random = np.random.default_rng(11)
    found = [bunch(random.standard_normal(800), where) for _ in range(400)]
    assert all(isinstance(test, Bunch) for test in found)
    alarms = sum(test.p < 0.05 for test in found if isinstance(test, Bunch))
    assert alarms <= 0.05 * 400 + 2 * (0.05 * 0.95 * 400) ** 0.5


def test_false_alarms_of_whole_numbers_and_of_shares_of_counts() -> None:
    random = np.random.default_rng(12)
    counts = [bunch(random.poisson(30, 600).astype(float), 30.0, step=1.0) for _ in range(300)]
    assert sum(test.p < 0.05 for test in counts if isinstance(test, Bunch)) <= 24
    shares = []
    for _ in range(200):
        members = random.integers(15, 90, 600)
        values = np.round(100 * random.binomial(members, random.beta(5, 5, 600)) / members, 4)
        shares.append(bunch(values, 50.0))
    assert sum(test.p < 0.05 for test in shares if isinstance(test, Bunch)) <= 24


def test_a_planted_bunch_is_found() -> None:
    random = np.random.default_rng(13)
    found = 0
    for _ in range(50):
        values = random.normal(50, 15, 800)
        near = (values >= 47) & (values < 50) & (random.random(800) < 0.7)
        values[near] += 3
        test = bunch(values, 50.0)
        assert isinstance(test, Bunch)
        found += test.p < 0.01
    assert found >= 45


def test_the_excess_ignores_a_slope_and_a_curve() -> None:
    smooth, bunched = CONTRAST @ [10, 16, 24, 34, 46, 60], CONTRAST @ [10, 16, 24, 44, 46, 60]
    assert float(smooth) == pytest.approx(0)
    assert float(bunched) == pytest.approx(10)


def test_reasons_for_not_testing() -> None:
    random = np.random.default_rng(1)
    assert bunch(random.integers(0, 6, 500).astype(float), 3.0, step=1.0) == "coarse"
    assert bunch(random.uniform(0, 100, 500), 99.9) == "outside"
    assert bunch(random.uniform(0, 100, 500), 50.0, least=400) == "few"


def test_a_bunch_in_a_portfolio_is_named_and_adjusted_for_all_tests() -> None:
    scheme = scheme_of([3])
    values = correlated(900, 3, seed=2)
    random = np.random.default_rng(3)
    near = (values[:, 1] >= 36) & (values[:, 1] < 40) & (random.random(900) < 0.8)
    values[near, 1] = np.round(values[near, 1] + 4, 2)
    rows = bunching(basis_of(scheme, portfolio_of(scheme, values)))
    hits = [(row.kind, row.code, row.cut) for row in rows if row.adjusted is not None and row.adjusted < 0.05]
    assert hits == [("required", "1.2", Decimal(40))]
    assert len(rows) == 3 * 5 + 1
    hit = next(row for row in rows if (row.code, row.kind) == ("1.2", "required"))
    tests = sum(row.p is not None for row in rows)
    assert hit.p is not None
    assert hit.adjusted == pytest.approx(hit.p * tests, abs=tests * 1e-6)
    assert hit.above is not None
    assert hit.above == hit.bins[4]


def test_a_bunch_on_the_better_side_of_a_falling_scale() -> None:
    scheme = scheme_of([3])
    document = scheme.document
    down = document.indicators[1].model_copy(
        update={
            "direction": "down",
            "bands": [Decimal(b) for b in (95, 80, 60, 40, 20)],
            "required": Decimal(60),
        }
    )
    changed = document.model_copy(
        update={"indicators": [document.indicators[0], down, document.indicators[2]]}
    )
    scheme = type(scheme)(changed, scheme.expressions, scheme.stated, scheme.source)
    values = correlated(900, 3, seed=2)
    near = (values[:, 1] > 60) & (values[:, 1] <= 64) & (np.random.default_rng(3).random(900) < 0.8)
    values[near, 1] = np.round(values[near, 1] - 4, 2)
    rows = bunching(basis_of(scheme, portfolio_of(scheme, values)))
    hits = [(row.kind, row.code) for row in rows if row.adjusted is not None and row.adjusted < 0.05]
    assert hits == [("required", "1.2")]


def test_the_cut_in_the_total_comes_from_the_level_rule() -> None:
    scheme = scheme_of([3], cut=9)
    assert total_cuts(basis_of(scheme, portfolio_of(scheme, correlated(50, 3, seed=2)))) == [
        ("silver", Decimal(9))
    ]
