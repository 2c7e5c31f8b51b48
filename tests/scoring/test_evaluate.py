"""Exact evaluation of measures and rules, against Python's own fractions and truth tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.ground.exact import half_up
from clustermark.schemes.expressions import DIALECTS, parse
from clustermark.scoring import rationals
from clustermark.scoring.evaluate import evaluate, numbers, truth, truths

NUMBERS = st.none() | st.integers(-(10**12), 10**12) | st.decimals(-9999, 9999, places=4)
MISSING = None


def fractions(values: rationals.Rationals) -> list[Fraction | None]:
    return [
        None if den == 0 else Fraction(int(num), int(den))
        for num, den in zip(values.num, values.den, strict=True)
    ]


def measure(text: str, **facts: Sequence[Decimal | int | None]) -> list[Fraction | None]:
    columns = {name: rationals.from_values(values) for name, values in facts.items()}
    return fractions(numbers(parse(text, DIALECTS["measure"]), columns, len(next(iter(facts.values())))))


def rule(text: str, **names: list[bool | None]) -> list[int]:
    columns = {name: truth(values) for name, values in names.items()}
    found = truths(parse(text, DIALECTS["rule"]), columns, len(next(iter(names.values()))))
    return [int(value) for value in found]


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=5))
def test_arithmetic_equals_fractions(rows: list[tuple[Decimal | int | None, ...]]) -> None:
    a, b, c = ([row[i] for row in rows] for i in range(3))
    expected: list[Fraction | None] = []
    for x, y, z in rows:
        if x is None or y is None or z is None or Fraction(y) * Fraction(z) - 3 == 0:
            expected.append(None)
        else:
            expected.append((100 * Fraction(x) + Fraction(z)) / (Fraction(y) * Fraction(z) - 3))
    assert measure("(100 * a + c) / (b * c - 3)", a=a, b=b, c=c) == expected


@given(
    st.lists(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6), min_size=1),
    st.integers(0, 6),
)
def test_rounding_is_half_up_by_magnitude(values: list[Fraction], places: int) -> None:
    exact = rationals.Rationals(
        np.array([value.numerator for value in values], dtype=object),
        np.array([value.denominator for value in values], dtype=object),
    )
    found = [Decimal(int(units)).scaleb(-places) for units in rationals.round_half_up(exact, places)]
    assert found == [half_up(value, places) for value in values]


@given(st.decimals(-1000, 1000, places=6))
def test_half_up_is_the_half_up_of_decimals(value: Decimal) -> None:
    assert half_up(Fraction(value), 2) == value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def test_seven_twentieths_are_35_per_cent() -> None:
    assert measure("100 * a / b", a=[7], b=[20]) == [Fraction(35)]
    assert 100 * (7 / 20) != 35 or 0.07 * 100 != 7  # what a binary float makes of such shares


def test_division_by_zero_and_missing_facts_are_missing() -> None:
    assert measure("a / b", a=[1, None, 0], b=[0, 2, 5]) == [None, None, Fraction(0)]
    assert measure("a / b + 1", a=[1], b=[0]) == [None]


def test_numbers_beyond_64_bits_stay_exact() -> None:
    big = 10**17
    assert measure("a * a * a / a", a=[big]) == [Fraction(big * big)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("case when a > 2 then 10 else 20 end", [20, 10, 20]),
        ("coalesce(a, 7)", [1, 3, 7]),
        ("greatest(a, 2)", [2, 3, None]),
        ("least(a, 2)", [1, 2, None]),
        ("abs(-a)", [1, 3, None]),
        ("floor(a / 2)", [0, 1, None]),
        ("floor(-a / 2)", [-1, -2, None]),
        ("case when a between 2 and 3 then 1 else 0 end", [0, 1, 0]),
        ("case when a in (1, 5) then 1 else 0 end", [1, 0, 0]),
        ("case when a is null then 1 else 0 end", [0, 0, 1]),
        ("case when not a = 1 then 1 end", [None, 1, None]),
        ("a - (2 - a)", [0, 4, None]),
    ],
)
def test_functions(text: str, expected: list[int | None]) -> None:
    assert measure(text, a=[1, 3, None]) == [None if value is None else Fraction(value) for value in expected]


def test_truth_has_three_values_as_in_sql() -> None:
    a = [True, True, True, False, False, False, None, None, None]
    b = [True, False, None] * 3
    assert rule("a and b", a=a, b=b) == [1, 0, -1, 0, 0, 0, -1, 0, -1]
    assert rule("a or b", a=a, b=b) == [1, 1, 1, 1, 0, -1, 1, -1, -1]
    assert rule("not a", a=a) == [0, 0, 0, 1, 1, 1, -1, -1, -1]


@given(st.lists(st.tuples(st.integers(-5, 5) | st.none(), st.integers(-5, 5) | st.none()), min_size=1))
def test_many_rows_equal_each_row_alone(rows: list[tuple[int | None, int | None]]) -> None:
    text = "case when a >= b then 100 * a / b else coalesce(b, 0) - a end"
    together = measure(text, a=[row[0] for row in rows], b=[row[1] for row in rows])
    alone = [measure(text, a=[a], b=[b])[0] for a, b in rows]
    assert together == alone


def test_a_condition_where_a_number_must_stand_is_refused() -> None:
    columns = {"a": truth([True])}
    with pytest.raises(TypeError, match="a condition stands where a number must"):
        numbers(parse("a", DIALECTS["measure"]), columns, 1)
    assert evaluate(parse("a", DIALECTS["rule"]), columns, 1).tolist() == [1]  # type: ignore[union-attr]  # a truth value
