"""Every step against the published pipeline of the ASEM Sustainable Connectivity index, to 1e-9."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from clustermark.analysis.composite.aggregate import aggregate, effective_weights
from clustermark.analysis.composite.data import CompositeData, Floats
from clustermark.analysis.composite.denominate import denominate
from clustermark.analysis.composite.impute import impute
from clustermark.analysis.composite.influence import rank_shifts
from clustermark.analysis.composite.normalise import normalise
from clustermark.analysis.composite.screen import enough_data, screen
from clustermark.analysis.composite.steps import rank_units, run_steps
from clustermark.analysis.composite.treat import treat
from clustermark.schemes.composite import (
    Composite,
    Imputation,
    MinMax,
    Ranked,
    ScaleRange,
    Screening,
    Treatment,
    ZScore,
)
from tests.analysis.composite.material import (
    ARITHMETIC,
    GEOMETRIC,
    HARMONIC,
    ORIGIN,
    indicator,
    matrix,
    node,
)
from tests.shared_data import shared_rows

FOLDER = "composite-asem/"
HUNDRED = MinMax(method="min_max", to=ScaleRange(low=Decimal(0), high=Decimal(100)))
FROM_ONE = MinMax(method="min_max", to=ScaleRange(low=Decimal(1), high=Decimal(100)))
Z_10_2 = ZScore(method="z_score", mean=Decimal(10), sd=Decimal(2))


def asem(normalisation: Any = HUNDRED, aggregation: Any = ARITHMETIC, **by_level: Any) -> Composite:
    """The index as its metadata state it; `by_level` sets the mean of nodes at level 2, 3 or 4."""
    meta = shared_rows(FOLDER + "iMeta.csv")
    nodes = [
        node(
            row["iCode"],
            row["Parent"] or None,
            weight=Decimal(row["Weight"]),
            aggregation=by_level.get(f"level_{row['Level']}"),
        )
        for row in meta
        if row["Type"] == "Aggregate"
    ]
    indicators = [
        indicator(
            row["iCode"],
            row["Parent"],
            weight=Decimal(row["Weight"]),
            direction="up" if row["Direction"] == "1" else "down",
            per=row["Denominator"] or None,
        )
        for row in meta
        if row["Type"] == "Indicator"
    ]
    return Composite(
        nodes=nodes,
        indicators=indicators,
        imputation=Imputation(method="group_mean", group="EurAsia_group"),
        screening=Screening(min_share=Decimal("0.9"), counted="after_imputation"),
        treatment=Treatment(),
        normalisation=normalisation,
        aggregation=aggregation,
        decimals=10,
        origin=ORIGIN,
    )


def raw() -> CompositeData:
    composite = asem()
    rows = shared_rows(FOLDER + "iData.csv")
    return CompositeData(
        units=tuple(row["uCode"] for row in rows),
        names=tuple(row["uName"] for row in rows),
        codes=composite.codes,
        values=matrix(rows, composite.codes),
        groups={"EurAsia_group": tuple(row["EurAsia_group"] for row in rows)},
        denominators={name: matrix(rows, (name,))[:, 0] for name in ("Area", "Energy", "GDP", "Population")},
    )


def given(file: str) -> CompositeData:
    """The published values after a step, with the groups of the raw table."""
    rows, source = {row["uCode"]: row for row in shared_rows(FOLDER + file)}, raw()
    kept = source.only(np.array([unit in rows for unit in source.units]))
    return kept.with_values(matrix([rows[unit] for unit in kept.units], kept.codes))


def assert_same(found: CompositeData, file: str) -> None:
    expected = given(file)
    assert found.units == expected.units
    np.testing.assert_allclose(found.values, expected.values, rtol=1e-9, atol=1e-12)


def expected_scores(file: str) -> tuple[list[str], dict[str, Floats]]:
    rows = shared_rows(FOLDER + file)
    return [row["uCode"] for row in rows], {
        code: np.array([float(row[code]) for row in rows]) for code in rows[0] if code != "uCode"
    }


def assert_same_scores(units: tuple[str, ...], scores: Any, file: str) -> None:
    order, expected = expected_scores(file)
    assert set(scores) == set(expected)
    place = [units.index(unit) for unit in order]
    for code, column in expected.items():
        np.testing.assert_allclose(scores[code][place], column, rtol=1e-9, err_msg=code)


def test_denominators() -> None:
    assert_same(denominate(raw(), asem().indicators), "01_denominated.csv")


def test_imputation_by_group_mean() -> None:
    found = impute(given("01_denominated.csv"), asem().imputation)
    assert_same(found, "02_imputed_group_mean.csv")
    assert sum(note.count for note in found.notes) == 65
    assert {note.code for note in found.notes} == {"imputed-group_mean"}


def test_screening() -> None:
    data, rule = given("02_imputed_group_mean.csv"), asem().screening
    assert rule is not None
    assert_same(screen(data, enough_data(data, rule)), "03_screened.csv")


def test_screening_on_what_was_stated_leaves_units_out() -> None:
    data = given("01_denominated.csv")
    kept = enough_data(data, Screening(min_share=Decimal("0.9")))
    left_out = {unit for unit, keep in zip(data.units, kept, strict=True) if not keep}
    assert left_out == {"BGD", "BRN", "KHM", "LAO", "MMR"}  # those with five or more of 49 missing
    assert {note.about for note in screen(data, kept).notes} == left_out


def test_treatment_of_outliers() -> None:
    composite = asem()
    assert composite.treatment is not None
    found = treat(given("03_screened.csv"), composite.treatment, composite.indicators)
    assert_same(found, "04_treated.csv")
    assert {note.code for note in found.notes} == {"winsorised"}


@pytest.mark.parametrize(
    ("rule", "file"),
    [
        (HUNDRED, "05_norm_minmax_0_100.csv"),
        (Z_10_2, "05_norm_zscore_10_2.csv"),
        (Ranked(method="percent_rank"), "05_norm_prank.csv"),
    ],
)
def test_normalisations(rule: Any, file: str) -> None:
    assert_same(normalise(given("04_treated.csv"), asem(rule)), file)


def test_arithmetic_means_of_given_scores() -> None:
    data = given("05_norm_minmax_0_100.csv")
    assert_same_scores(data.units, aggregate(data, asem()), "06_agg_arith_minmax_0_100.csv")


@pytest.mark.parametrize(
    ("composite", "file"),
    [
        ((HUNDRED, ARITHMETIC), "06_agg_arith_minmax_0_100.csv"),
        ((FROM_ONE, GEOMETRIC), "06_agg_geom_minmax_1_100.csv"),
    ],
)
def test_from_raw_data_to_the_index(composite: Any, file: str) -> None:
    steps = run_steps(asem(*composite), raw())
    assert_same(steps.after["treated"], "04_treated.csv")
    assert_same_scores(steps.normalised.units, steps.scores, file)


METHODS: dict[str, tuple[Any, ...]] = {
    "arith": (HUNDRED, ARITHMETIC, {}),
    "geom": (FROM_ONE, GEOMETRIC, {}),
    "harm": (FROM_ONE, HARMONIC, {}),
    "zscore": (Z_10_2, ARITHMETIC, {}),
    "arith_geom": (FROM_ONE, GEOMETRIC, {"level_2": ARITHMETIC}),
}


@pytest.mark.parametrize("method", METHODS)
def test_ranks_from_raw_data(method: str) -> None:
    normalisation, aggregation, by_level = METHODS[method]
    composite = asem(normalisation, aggregation, **by_level)
    steps = run_steps(composite, raw())
    found = dict(zip(steps.normalised.units, rank_units(composite, steps), strict=True))
    assert found == {row["uCode"]: int(row[method]) for row in shared_rows(FOLDER + "07_ranks_index.csv")}


def test_effective_weights() -> None:
    expected = {
        row["iCode"]: float(row["EffWeight"]) for row in shared_rows(FOLDER + "08_weights_effective.csv")
    }
    found = effective_weights(asem())
    assert {code: float(share) for code, share in found.items()} == pytest.approx(expected, abs=1e-12)
    assert sum(found[code] for code in asem().codes) == 1


def test_removing_one_indicator() -> None:
    rows = shared_rows(FOLDER + "10_remove_elements_level1.csv")
    expected = {
        row["removed"]: float(row["mean_abs_rank_diff"]) for row in rows if row["removed"] != "Nominal"
    }
    assert rank_shifts(asem(), raw()) == pytest.approx(expected, abs=1e-12)
