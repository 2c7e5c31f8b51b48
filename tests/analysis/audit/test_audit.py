"""The whole audit: what is planted is found, the same is found again, and nobody is told of."""

from __future__ import annotations

import json

import numpy as np
import pytest

from clustermark.analysis.audit import SchemeAudit, audit_scheme
from clustermark.analysis.demo import synthetic_portfolio
from clustermark.analysis.portfolio import Portfolio
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import use_language
from clustermark.schemes.scheme import Scheme
from tests.analysis.audit.material import correlated, portfolio_of, scheme_of


def planted() -> tuple[Scheme, Portfolio]:
    """Indicator 2.1 repeats 1.1, 2.2 is mostly missing, 2.3 gives all the same points, 1.2 has a giant."""
    scheme = scheme_of([3, 3], cut=20)
    values = correlated(200, 6, seed=1)
    values[:, 3] = values[:, 0]
    values[::2, 4] = np.nan
    values[:, 5] = 50.0
    values[:, 1] = np.round(20 + values[:, 1] / 50, 2)
    values[:3, 1] = 99.0
    return scheme, portfolio_of(scheme, values)


def found_in(audit: SchemeAudit) -> set[tuple[str, str, str]]:
    return {(f.severity, f.subject, f.where.partition(" ")[0]) for f in audit.findings}


def test_what_is_planted_is_found() -> None:
    found = found_in(audit_scheme(*planted()))
    assert ("serious", "correlations", "1.1") in found
    assert ("serious", "availability", "2.2") in found
    assert ("notable", "weights", "2.3") in found
    assert ("note", "outliers", "1.2") in found


def test_findings_stand_worst_first_with_figure_and_suggestion() -> None:
    audit = audit_scheme(*planted())
    order = [("serious", "notable", "note").index(finding.severity) for finding in audit.findings]
    assert order == sorted(order)
    assert all(f.words and f.figure and f.suggestion for f in audit.findings)
    redundant = next(f for f in audit.findings if f.subject == "correlations")
    assert redundant.where == "1.1 Indicator 1.1 and 2.1 Indicator 2.1"
    assert redundant.figure == "Pearson 1.00, Spearman 1.00, n = 200"


def test_a_sound_scheme_has_no_serious_finding() -> None:
    scheme = scheme_of([4, 4], cut=20)
    audit = audit_scheme(scheme, portfolio_of(scheme, correlated(400, 8, seed=3)))
    assert not [
        f for f in audit.findings if f.severity != "note" and f.subject not in ("scenarios", "chances")
    ]


def test_the_same_audit_twice_and_another_seed() -> None:
    scheme, portfolio = planted()
    first = audit_scheme(scheme, portfolio).to_json()
    assert audit_scheme(scheme, portfolio).to_json() == first
    other = audit_scheme(scheme, portfolio, seed=2)
    assert other.to_json() != first
    assert other.weights == audit_scheme(scheme, portfolio).weights


def test_order_of_clusters_does_not_matter() -> None:
    scheme, portfolio = planted()
    turned = portfolio.rows(np.arange(len(portfolio))[::-1])
    assert audit_scheme(scheme, turned).findings == audit_scheme(scheme, portfolio).findings


def test_no_cluster_is_named_and_no_small_count_is_told() -> None:
    scheme, portfolio = planted()
    audit = audit_scheme(scheme, portfolio)
    assert "secret" not in audit.to_json()
    assert audit.min_told == 6
    told = [row.outside for row in audit.outliers]
    told += [level.count for level in audit.levels]
    told += [count for row in audit.bunching for count in row.bins]
    told += [round(row.level_changes * row.n) for row in audit.removal if row.level_changes is not None]
    assert None in told  # the giants of 1.2 are three
    assert not [count for count in told if count is not None and 0 < count < 6]


def test_missing_values_earn_no_points_and_are_counted() -> None:
    scheme, portfolio = planted()
    audit = audit_scheme(scheme, portfolio)
    known = {row.code: (row.known, row.n, row.share) for row in audit.availability.indicators}
    assert known["2.2"] == (100, 200, 0.5)
    assert known["1.1"] == (200, 200, 1.0)
    assert audit.availability.complete == 100
    assert audit.correlations.least_n == 100
    assert {row.scope: row.n for row in audit.consistency} == {"1": 200, "2": 100, "all": 100}
    assert all(row.n == 200 for row in audit.weights)


def test_a_round_and_a_scheme_are_picked() -> None:
    scheme = scheme_of([3])
    values = correlated(40, 3, seed=2)
    mixed = portfolio_of(scheme, values, schemes=["test-audit"] * 30 + ["other-scheme"] * 8 + [""] * 2)
    audit = audit_scheme(scheme, mixed, round=2025)
    assert (audit.n, audit.left_out, audit.round) == (32, 8, 2025)
    with pytest.raises(ProblemsError, match="Found: 2019"):
        audit_scheme(scheme, mixed, round=2019)


def test_too_few_clusters_are_refused() -> None:
    scheme = scheme_of([3])
    few = portfolio_of(scheme, correlated(5, 3, seed=2))
    with pytest.raises(ProblemsError, match=r"audit is hidden.*Allowed: 6 or more") as caught:
        audit_scheme(scheme, few)
    assert "5" not in str(caught.value).replace("2025", "")
    assert audit_scheme(scheme, portfolio_of(scheme, correlated(6, 3, seed=2))).n == 6


def test_an_indicator_known_of_four_clusters_tells_nothing() -> None:
    """Whatever the four values are, every figure of the indicator is the same: none."""
    scheme, values = scheme_of([3, 2]), correlated(60, 5, seed=4)
    values[4:, 4] = np.nan
    audit = audit_scheme(scheme, portfolio_of(scheme, values))
    shown = audit.model_dump()
    rows = [shown["availability"]["indicators"][4], shown["outliers"][4], shown["correlations"]["fit"][4]]
    rows += [shown["weights"][4], shown["removal"][4], shown["consistency"][1], shown["components"][-1]]
    told = {key for row in rows for key, value in row.items() if value not in (None, 0, [], [None] * 2)}
    # what is left is about the scheme and the round
    assert told == {"code", "n", "dimension", "nominal", "scope", "codes"}
    assert [row["n"] for row in rows] == [60, None, None, 60, 60, None, None]
    assert audit.correlations.pearson[4] == audit.correlations.spearman[4] == [None] * 5
    assert {row.n for row in audit.bunching if row.code == "2.2"} == {None}
    assert shown["availability"]["complete"] is shown["availability"]["dimensions"][1]["complete"] is None
    assert audit.correlations.least_n == 60
    assert audit.constant == []
    [finding] = [found for found in audit.findings if "2.2" in found.where]
    assert finding.figure == "fewer than 6 clusters"
    values[:4, 4] = 100
    assert audit_scheme(scheme, portfolio_of(scheme, values)).constant == []


@pytest.mark.parametrize(("reach", "told"), [(0, 0), (5, None), (6, 6), (24, 24), (25, None), (30, 30)])
def test_a_count_of_a_level_hides_who_reaches_it_and_who_does_not(reach: int, told: int | None) -> None:
    scheme = scheme_of([3], cut=15)
    values = np.where(np.arange(30)[:, None] < reach, 99.0, np.arange(30)[:, None] % 20 + np.zeros(3))
    audit = audit_scheme(scheme, portfolio_of(scheme, values))
    assert audit.levels[0].count == told
    assert audit.chances is not None
    chance = audit.chances.levels[0]
    assert chance.held == told
    if told is None:
        assert (chance.sure, chance.doubtful, chance.missed) == (None, None, None)


def test_a_composite_scheme_is_refused() -> None:
    scheme = scheme_of([3])
    with pytest.raises(ProblemsError, match="bands"):
        audit_scheme(Scheme.load("hdi-2022"), portfolio_of(scheme, correlated(9, 3, seed=2)))


def test_experts_who_do_not_agree_are_found_and_stay_unnamed() -> None:
    scheme = Scheme.load("ecei-gold-2013")
    portfolio = synthetic_portfolio(150, 4)
    code = portfolio.codes.index("2.4")
    random = np.random.default_rng(1)
    for rater in range(2):
        there = ~np.isnan(portfolio.ratings[rater, :, code])
        portfolio.ratings[rater, there, code] = random.choice([0.0, 5.0], there.sum())
    audit = audit_scheme(scheme, portfolio)
    rows = {row.code: row for row in audit.agreement}
    assert set(rows) == {"2.4", "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.2"}
    assert abs(rows["2.4"].kappa.value or 9) < 0.2
    assert ("serious", "agreement", "2.4") in found_in(audit)
    assert ("serious", "agreement", "4.2") not in found_in(audit)
    assert "expert_a" not in audit.to_json()
    assert audit.synthetic


def test_rules_over_facts_leave_levels_undecided() -> None:
    scheme = Scheme.load("ecei-silver-2017")
    portfolio = synthetic_portfolio(60, 4)
    portfolio.schemes[:] = ""
    audit = audit_scheme(scheme, portfolio)
    assert audit.undecided is not None
    assert audit.undecided > 0
    assert audit.chances is None
    assert any("facts" in finding.words for finding in audit.findings)


def test_levels_near_the_cut_are_open_and_those_far_are_not() -> None:
    scheme = scheme_of([4], cut=10)
    far = np.full((40, 4), 90.0)  # 16 points
    near = np.full((40, 4), 51.0)
    near[:, :2] = 70.0  # 10 points: any lower weight of the better two denies the level
    low = np.full((40, 4), 10.0)
    audit = audit_scheme(scheme, portfolio_of(scheme, np.vstack([far, near, low])))
    assert audit.chances is not None
    row = audit.chances.levels[0]
    assert (row.held, row.sure, row.open, row.missed) == (80, 40, 40, 0)


def test_findings_speak_the_language_in_use() -> None:
    scheme, portfolio = planted()
    english = audit_scheme(scheme, portfolio)
    with use_language("de"):
        german = audit_scheme(scheme, portfolio)
    assert len(german.findings) == len(english.findings)
    assert not {f.words for f in german.findings} & {f.words for f in english.findings}


def test_json_has_no_number_that_is_none() -> None:
    json.loads(audit_scheme(*planted()).to_json(), parse_constant=pytest.fail)
