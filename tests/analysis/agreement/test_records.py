"""Records of ratings: by case, by indicator, over all, and each expert beside the others."""

from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from clustermark.analysis.agreement import (
    RatingRecord,
    agreement_of,
    by_case,
    by_expert,
    by_indicator,
    overall,
)
from clustermark.ground.problems import ProblemsError

DAY = date(2025, 3, 1)


def records() -> list[RatingRecord]:
    ratings: dict[tuple[str, str], dict[str, int | None]] = {
        ("A", "1.1"): {"Anna": 3, "Boris": 4},
        ("A", "1.2"): {"Anna": 2, "Boris": 2},
        ("A", "1.3"): {"Anna": 5, "Boris": None},
        ("B", "1.1"): {"Anna": 1, "Clara": 1},
        ("B", "1.2"): {"Anna": 4, "Clara": 2},
    }
    return [
        RatingRecord(case, indicator, expert, rating, DAY)
        for (case, indicator), given in ratings.items()
        for expert, rating in given.items()
    ]


def test_by_case_compares_the_panel_over_indicators() -> None:
    found = by_case(records())
    assert [(case.subject, case.experts) for case in found] == [
        ("A", ["Anna", "Boris"]),
        ("B", ["Anna", "Clara"]),
    ]
    table: list[list[float | None]] = [[3, 4], [2, 2], [5, None]]
    assert found[0].agreement == agreement_of(table, range(6))
    assert found[0].agreement.compared == 2
    assert found[0].agreement.units == 3


def test_by_indicator_compares_over_cases_whoever_sat_on_the_panel() -> None:
    found = by_indicator(records())
    assert [indicator.subject for indicator in found] == ["1.1", "1.2", "1.3"]
    assert found[0].experts == ["Anna", "Boris", "Clara"]
    assert found[0].agreement == agreement_of([[3, 4, None], [1, None, 1]], range(6))
    assert found[2].agreement.percent.words == (
        "Only one expert has rated: there is nothing to compare the ratings with."
    )


def test_overall_takes_each_indicator_of_each_case() -> None:
    found = overall(records())
    assert (found.units, found.compared, found.raters) == (5, 4, 3)
    assert found.percent.value == 0.5


def test_a_doubled_rating_is_refused() -> None:
    doubled = [*records(), RatingRecord("A", "1.1", "Anna", 0)]
    for ask in (by_case, by_indicator, by_expert, overall):
        with pytest.raises(ProblemsError) as error:
            ask(doubled)
        assert [str(problem) for problem in error.value.problems] == [
            "ratings: Anna rated indicator 1.1 of case A more than once."
        ]


def test_severity_is_the_mean_difference_from_the_others_over_cases() -> None:
    """Anna: case A −1, 0 → −0.5; case B 0, 2 → 1; the indicator only she rated does not count."""
    anna, boris, clara = by_expert(records())
    assert (anna.expert, anna.ratings, anna.compared, anna.same) == ("Anna", 5, 4, 0.5)
    assert anna.severity.value == pytest.approx(0.25)
    expected = stats.ttest_1samp([-0.5, 1.0], 0).confidence_interval(0.95)
    assert anna.severity.low == pytest.approx(expected.low)
    assert anna.severity.high == pytest.approx(expected.high)
    assert anna.severity.n == 2
    assert anna.severity.words == "Rates 0.25 steps above the others on average. This may be chance."
    assert boris.severity.value == 0.5
    assert boris.severity.low is None
    assert boris.severity.words == (
        "Rates 0.5 steps above the others on average. Too few or too equal cases for an interval."
    )
    assert clara.severity.value == -1
    assert anna.drift.value is None
    assert anna.drift.words == "Drift needs three dated cases with other experts, on at least two days."


def test_the_others_are_the_mean_of_all_others() -> None:
    three = [RatingRecord("A", "1", name, rating) for name, rating in (("P", 5), ("Q", 2), ("R", 1))]
    assert [expert.severity.value for expert in by_expert(three)] == [3.5, -1.0, -2.5]


def drifting(slope: float, noise: float) -> tuple[list[RatingRecord], list[float], list[float]]:
    rng = np.random.default_rng(9)
    kept, years, differences = [], [], []
    for number in range(12):
        day = DAY + timedelta(days=91 * number)
        difference = slope * number / 4 + noise * float(rng.normal())
        kept.append(RatingRecord(f"case {number}", "1", "Anna", 2 + difference, day))
        kept.append(RatingRecord(f"case {number}", "1", "Boris", 2, day))
        years.append(day.toordinal() / 365.25)
        differences.append(difference)
    return kept, years, differences


@pytest.mark.parametrize(
    ("slope", "noise", "words"),
    [
        (0.4, 0.1, "Grows more lenient beside the others, 0.4 steps a year."),
        (-0.4, 0.1, "Grows more severe beside the others, 0.4 steps a year."),
        (0.0, 0.1, "No drift that could not be chance (0 steps a year)."),
    ],
)
def test_drift_is_the_slope_over_years(slope: float, noise: float, words: str) -> None:
    kept, years, differences = drifting(slope, noise)
    anna = by_expert(kept)[0]
    line = stats.linregress(years, differences)
    reach = stats.t.ppf(0.975, 10) * line.stderr
    assert anna.drift.value == pytest.approx(line.slope, abs=1e-9)
    assert anna.drift.low == pytest.approx(line.slope - reach, abs=1e-9)
    assert anna.drift.high == pytest.approx(line.slope + reach, abs=1e-9)
    assert anna.drift.words == words


def test_an_expert_alone_has_no_severity() -> None:
    (alone,) = by_expert([RatingRecord("A", "1", "Anna", 3, DAY)])
    assert alone.severity.value is None
    assert alone.severity.words == "No other expert rated the same indicators: severity cannot be told."
    assert alone.same is None
    assert by_expert([]) == []
