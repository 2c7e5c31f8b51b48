"""The kernel against a slow reference in fractions, written from docs/scheme-format.md."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.schemes.document import Indicator
from clustermark.scoring import kernel
from clustermark.scoring.kernel import NO_MARGIN, Scale, scale_of, score

DECIMALS = 2
ORIGIN = {"all": {"mark": "example", "source": "test"}}


def indicator(**fields: object) -> Indicator:
    base: dict[str, object] = {
        "code": "1",
        "title": {"en": "Title"},
        "dimension": "1",
        "counts": {"en": "What counts"},
        "measure": "a",
        "unit": "number",
        "decimals": DECIMALS,
        "origin": ORIGIN,
    }
    return Indicator.model_validate({**base, **fields})


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    down = draw(st.booleans())
    number = st.integers(-500, 500).map(lambda units: Decimal(units).scaleb(-DECIMALS))
    bands = sorted(draw(st.sets(number, min_size=1, max_size=6)), reverse=down)
    points = draw(
        st.none()
        | st.lists(
            st.integers(0, 20).map(lambda u: Decimal(u) / 2), min_size=len(bands) + 1, max_size=len(bands) + 1
        )
    )
    required = draw(st.none() | number | st.sampled_from(bands))
    return indicator(
        bands=bands,
        direction="down" if down else "up",
        points=None if points is None else sorted(points),
        required=required,
        minimum=required is not None and draw(st.booleans()),
        scored=draw(st.integers(0, 4)) > 0,
    )


VALUES = st.none() | st.integers(-600, 600).map(lambda units: Decimal(units).scaleb(-DECIMALS))


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Indicator], list[list[Decimal | None]]]:
    chosen = draw(st.lists(indicators(), min_size=1, max_size=5))
    n = draw(st.integers(1, 6))
    return chosen, [draw(st.lists(VALUES, min_size=n, max_size=n)) for _item in chosen]


def slow_band(item: Indicator, value: Decimal | None) -> int:
    """How many edges the value reaches; a value equal to an edge is in; missing is band 0."""
    if value is None:
        return 0
    exact = Fraction(value)
    return sum(
        exact <= Fraction(edge) if item.direction == "down" else exact >= Fraction(edge)
        for edge in item.bands
    )


def slow_score(chosen: list[Indicator], values: list[Decimal | None]) -> tuple[Fraction, int, int]:
    """Points, minimums missed and indicators significantly above, one value at a time."""
    points, missed, above = Fraction(0), 0, 0
    for item, value in zip(chosen, values, strict=True):
        band = slow_band(item, value)
        if item.scored:
            points += Fraction(item.points[band]) if item.points else band
        if item.required is None:
            continue
        down = item.direction == "down"
        met = value is not None and (value <= item.required if down else value >= item.required)
        missed += item.minimum and not met
        above += item.scored and band > slow_band(item, item.required)
    return points, missed, above


def run(chosen: list[Indicator], table: list[list[Decimal | None]]) -> kernel.Scores:
    values = np.array([[np.nan if v is None else float(v.scaleb(DECIMALS)) for v in row] for row in table])
    places = kernel.point_places(chosen)
    return score(values, [scale_of(item, places) for item in chosen])


@given(cases())
def test_equals_the_slow_reference(case: tuple[list[Indicator], list[list[Decimal | None]]]) -> None:
    chosen, table = case
    found = run(chosen, table)
    scale = 10 ** kernel.point_places(chosen)
    for column in range(len(table[0])):
        values = [row[column] for row in table]
        points, missed, above = slow_score(chosen, values)
        assert Fraction(int(found.points[column]), scale) == points
        assert found.minimums_missed[column] == missed
        assert found.significantly_above[column] == above
        assert [int(b) for b in found.bands[:, column]] == [
            slow_band(item, value) for item, value in zip(chosen, values, strict=True)
        ]


@given(cases(), st.randoms())
def test_independent_of_the_order_of_dossiers(
    case: tuple[list[Indicator], list[list[Decimal | None]]], random: object
) -> None:
    chosen, table = case
    order = list(range(len(table[0])))
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    found, shuffled = run(chosen, table), run(chosen, [[row[i] for i in order] for row in table])
    assert shuffled.points.tolist() == [found.points.tolist()[i] for i in order]
    assert shuffled.bands.tolist() == [[row[i] for i in order] for row in found.bands.tolist()]


@given(indicators(), st.integers(-600, 600), st.integers(0, 300))
def test_never_falls_when_a_value_gets_better(item: Indicator, units: int, step: int) -> None:
    better = units - step if item.direction == "down" else units + step
    pair: list[Decimal | None] = [Decimal(units).scaleb(-DECIMALS), Decimal(better).scaleb(-DECIMALS)]
    found = run([item], [pair])
    assert found.points[0] <= found.points[1]
    assert found.minimums_missed[0] >= found.minimums_missed[1]
    assert found.significantly_above[0] <= found.significantly_above[1]


@given(cases())
def test_points_stay_between_nothing_and_the_most(
    case: tuple[list[Indicator], list[list[Decimal | None]]],
) -> None:
    chosen, table = case
    found = run(chosen, table)
    scale = 10 ** kernel.point_places(chosen)
    most = sum(item.band_points[-1] for item in chosen)
    assert all(0 <= Fraction(int(points), scale) <= most for points in found.points)


@pytest.mark.parametrize(
    ("direction", "value", "band"),
    [
        ("up", "34.99", 1),
        ("up", "35.00", 2),
        ("up", "35.01", 2),
        ("down", "35.01", 0),
        ("down", "35.00", 1),
        ("down", "20", 2),
    ],
)
def test_a_value_equal_to_an_edge_is_in(direction: str, value: str, band: int) -> None:
    bands = [Decimal(20), Decimal(35)] if direction == "up" else [Decimal(35), Decimal(20)]
    found = run([indicator(bands=bands, direction=direction)], [[Decimal(value)]])
    assert found.bands.tolist() == [[band]]


def test_a_missing_value_earns_nothing_and_misses_the_minimum() -> None:
    for direction, required in (("up", "0"), ("down", "999")):
        item = indicator(
            bands=[Decimal(required)], direction=direction, required=Decimal(required), minimum=True
        )
        found = run([item], [[None]])
        assert (found.points[0], found.minimums_missed[0], found.bands[0, 0]) == (0, 1, 0)


def test_margins_are_bands_above_the_band_of_the_required_value() -> None:
    item = indicator(bands=[Decimal(20), Decimal(35), Decimal(50)], required=Decimal(40), minimum=True)
    found = run([item, indicator(bands=[Decimal(1)])], [[Decimal(39), Decimal(40), Decimal(50), None]] * 2)
    assert found.margins.tolist() == [[0, 0, 1, -2], [int(NO_MARGIN)] * 4]
    assert found.minimums_missed.tolist() == [1, 0, 0, 1]
    assert found.significantly_above.tolist() == [0, 0, 1, 0]


def test_chunks_and_many_indicators_change_nothing() -> None:
    """More dossiers than a chunk holds, and more indicators than eight bits can count."""
    k, n = 260, kernel.CHUNK + 7
    scale = Scale(
        edges=(1.0, 2.0),
        down=False,
        points=(0, 1, 2),
        required=1.0,
        required_band=1,
        minimum=True,
        scored=True,
    )
    values = np.tile(np.arange(n, dtype=np.float64) % 3, (k, 1))
    found = score(values, [scale] * k)
    remainder = np.arange(n) % 3
    assert found.points.tolist() == (k * remainder).tolist()
    assert found.minimums_missed.tolist() == np.where(remainder == 0, k, 0).tolist()
    assert found.significantly_above.tolist() == np.where(remainder == 2, k, 0).tolist()


def test_shapes_must_fit() -> None:
    with pytest.raises(ValueError, match="2 rows of values, 0 scales"):
        score(np.zeros((2, 3)), [])
