"""Bunching: more clusters just above a cut than the values around it let expect.

Counts in bins of equal width beside a cut are compared after their slope is taken off: with y the counts of
the bins −3 … −1 below and 1 … 3 above, the excess is (y₁ − y₋₁) less the slope of the line through the other
four. Constant, linear and quadratic courses of the density give zero. Its variance is that of Poisson counts,
times what the same contrast shows at placebo cuts where nobody has a reason to bunch; the test is one-sided
and normal. In the manner of McCrary 2008, "Manipulation of the running variable in the
regression discontinuity design", Journal of Econometrics 142 (2), which fits lines to a histogram on both
sides; the bin width is that of Freedman and Diaconis 1981. Two bin widths are
tried and the larger p counts. Many cuts are tested, so p is adjusted by
Holm 1979, "A simple sequentially rejective multiple test procedure".

Shares of small counts heap at round fractions (one half, one third), which stand on a cut as often by
arithmetic as by wish: where values are no whole steps, those equal to the cut count half on each side.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import numpy as np

from clustermark.analysis.audit.basis import Basis
from clustermark.analysis.audit.parts import BunchingRow
from clustermark.analysis.portfolio import Floats
from clustermark.schemes.check import parts_of
from clustermark.schemes.document import Rule
from clustermark.schemes.expressions.nodes import Call, Comparison, Name, Node, names, walk
from clustermark.scoring.evaluate import numbers
from clustermark.scoring.kernel import point_places, to_units

LEAST_STEPS = 12
"""Scales with fewer different values are too coarse: their density has no course to compare with."""

LEAST_COUNT = 30
"""Clusters that the six bins must hold together for the normal approximation."""

TAIL = 0.005
"""The six bins must lie between this quantile and its counterpart, where the density has not ended."""

MOST_STEPS = 10_000
"""Values that could take more than this many values between their least and best are shares, not whole steps."""


LEAST_PLACEBOS = 5

WIDTHS = (1.0, 1.5)
"""Bins so many times the plain width are tried; the larger p counts, so that no heap beside an edge decides."""

CONTRAST = np.array([2.5, 1.5, -17.0, 17.0, -1.5, -2.5]) / 17
"""Weights of the six bins: the difference beside the cut less the slope of the other four."""


@dataclass(frozen=True)
class Bunch:
    """The bins beside a cut (eight, from worse to better, floats where ties are halved), and the test."""

    width: float
    bins: Floats
    excess: float
    p: float


Reason = Literal["coarse", "few", "outside"]


def bunch(values: Floats, cut: float, *, step: float | None = None, least: int = 10) -> Bunch | Reason:
    """Test `values` (no gaps, more is better) for bunching at or above `cut`, or say why not.

    `step`: the values are whole multiples of it; None: they are not. At least `least` values must lie in
    the two bins beside the cut together.
    """
    if len(np.unique(values)) < LEAST_STEPS:
        return "coarse"
    quartiles = np.quantile(values, [0.25, 0.75])
    plain_width = 2 * float(quartiles[1] - quartiles[0]) / len(values) ** (1 / 3)
    if plain_width <= 0:
        return "coarse"
    found: Bunch | None = None
    for times in WIDTHS:
        width = times * plain_width
        if step is not None:
            width = max(1.0, math.floor(width / step + 0.5)) * step
        tested = _at_width(values, cut, width, halved=step is None, least=least)
        if not isinstance(tested, Bunch):
            return found or tested
        found = tested if found is None else replace(found, p=max(found.p, tested.p))
    return found or "coarse"


def _at_width(values: Floats, cut: float, width: float, *, halved: bool, least: int) -> Bunch | Reason:
    low, high = np.quantile(values, [TAIL, 1 - TAIL])
    if cut - 3 * width < low or cut + 3 * width > high:
        return "outside"
    bins = _bins(values - cut, width, halved=halved)
    inner = bins[1:7]
    if inner.sum() < LEAST_COUNT or inner[2] + inner[3] < least:
        return "few"
    excess, variance = float(CONTRAST @ inner), float(CONTRAST**2 @ inner)
    variance *= _restlessness((values - cut) / width, (low - cut) / width, (high - cut) / width)
    return Bunch(width, bins, excess, 0.5 * math.erfc(excess / math.sqrt(2 * variance)))


def _restlessness(distance: Floats, low: float, high: float) -> float:
    """How many times the variance of Poisson counts the contrast has where no cut is; at least 1.

    The mean square of the standardised contrast at placebo cuts, one a bin between `low` and `high` (in bins
    from the cut), none of whose bins touches the two beside the cut; 1 with fewer than `LEAST_PLACEBOS`.
    """
    first, last = math.ceil(low), math.floor(high)
    where = np.floor(distance + 1e-9)
    counts = np.array([float((where == k).sum()) for k in range(first, last)])
    if len(counts) < len(CONTRAST):
        return 1.0
    windows = np.lib.stride_tricks.sliding_window_view(counts, len(CONTRAST))
    places = first + 3 + np.arange(len(windows))
    variance = windows @ CONTRAST**2
    kept = (np.abs(places) > 3) & (variance > 0)
    if kept.sum() < LEAST_PLACEBOS:
        return 1.0
    return max(1.0, float(np.mean((windows[kept] @ CONTRAST) ** 2 / variance[kept])))


def _bins(distance: Floats, width: float, *, halved: bool) -> Floats:
    """Counts of four bins on each side; with `halved` mirrored about the cut and ties at it split."""
    if not halved:
        where = np.floor(distance / width + 1e-9)
        return np.array([float((where == k).sum()) for k in range(-4, 4)])
    above = np.ceil(distance / width - 1e-9)
    below = np.floor(distance / width + 1e-9)
    ties = float((distance == 0).sum()) / 2
    worse = [float(((below == k) & (distance < 0)).sum()) for k in range(-4, 0)]
    better = [float(((above == k) & (distance > 0)).sum()) for k in range(1, 5)]
    return np.array([*worse[:3], worse[3] + ties, better[0] + ties, *better[1:]])


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values adjusted by Holm's step-down rule, in the order given."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, highest = [0.0] * len(p_values), 0.0
    for place, i in enumerate(order):
        highest = max(highest, min(1.0, p_values[i] * (len(p_values) - place)))
        adjusted[i] = highest
    return adjusted


def bunching(basis: Basis) -> list[BunchingRow]:
    """Every required value, band edge and cut in the total, tested where it can be."""
    found: list[tuple[BunchingRow, Bunch | Reason]] = []
    for j, item in enumerate(basis.scheme.document.indicators):
        units = basis.units[j][~np.isnan(basis.units[j])]
        turn = -1.0 if item.direction == "down" else 1.0
        scale = 10.0**item.decimals
        for cut, kind in _cuts(item.bands, item.required):
            row = BunchingRow(kind=kind, code=item.code, cut=cut, n=basis.told(len(units)))
            tested = _test(units * turn, turn * to_units(cut, item.decimals), basis.least)
            found.append((row, _scaled(tested, scale)))
    places = point_places(basis.scheme.document.indicators)
    for level, cut in total_cuts(basis):
        row = BunchingRow(kind="total", code=level, cut=cut, n=len(basis))
        totals = basis.scores.points.astype(float)
        found.append((row, _scaled(_test(totals, float(cut.scaleb(places)), basis.least), 10.0**places)))
    tests = [tested for _row, tested in found if isinstance(tested, Bunch)]
    adjusted = iter(holm([test.p for test in tests]))
    return [_told(basis, row, tested, adjusted) for row, tested in found]


def _cuts(
    bands: Sequence[Decimal], required: Decimal | None
) -> list[tuple[Decimal, Literal["required", "edge"]]]:
    cuts: list[tuple[Decimal, Literal["required", "edge"]]] = [
        (edge, "edge") for edge in bands if edge != required
    ]
    return cuts if required is None else [(required, "required"), *cuts]


def _test(units: Floats, cut: float, least: int) -> Bunch | Reason:
    """Test whole units; their step is what all distances from the cut have in common."""
    if len(units) < LEAST_COUNT:
        return "few"
    step = float(np.gcd.reduce((units - cut).astype(np.int64)))
    whole = step > 0 and np.ptp(units) / step <= MOST_STEPS
    return bunch(units, cut, step=step if whole else None, least=2 * least)


def _scaled(tested: Bunch | Reason, scale: float) -> Bunch | Reason:
    if not isinstance(tested, Bunch):
        return tested
    return Bunch(tested.width / scale, tested.bins, tested.excess, tested.p)


def _told(basis: Basis, row: BunchingRow, tested: Bunch | Reason, adjusted: Iterator[float]) -> BunchingRow:
    """The row with its result; counts below the minimum stay untold."""
    if not isinstance(tested, Bunch):
        return row.model_copy(update={"reason": tested})
    bins = [basis.told(int(count)) for count in tested.bins]
    return row.model_copy(
        update={
            "width": round(tested.width, 6),
            "below": bins[3],
            "above": bins[4],
            "excess": round(tested.excess, 3) + 0.0,
            "p": round(tested.p, 6),
            "adjusted": round(next(adjusted), 6),
            "bins": bins,
        }
    )


def total_cuts(basis: Basis) -> list[tuple[str, Decimal]]:
    """The cuts in the total that the rules of levels state, each with its level: `points >= 120`."""
    rules = basis.scheme.expressions.rules
    cuts = [
        (level.level, cut)
        for level in basis.scheme.document.levels
        for text in _texts(level.when)
        for cut in _points_cuts(rules[text], basis)
    ]
    return list(dict.fromkeys(cuts))


def _texts(rule: Rule) -> list[str]:
    """The conditions a rule is made of."""
    return [rule] if isinstance(rule, str) else [text for part in parts_of(rule) for text in _texts(part)]


def _points_cuts(node: Node, basis: Basis) -> list[Decimal]:
    cuts = []
    for part in walk(node):
        if not isinstance(part, Comparison):
            continue
        for side, other, ops in ((part.left, part.right, (">", ">=")), (part.right, part.left, ("<", "<="))):
            if side == Name("points") and part.op in ops and _fixed(other):
                cut = numbers(other, basis.rule_columns, 1)
                cuts.append(Decimal(int(cut.num[0])) / Decimal(int(cut.den[0])))
    return cuts


def _fixed(node: Node) -> bool:
    """Whether a number is the same for every cluster."""
    return set(names(node)) <= {"max_points"} and not any(isinstance(part, Call) for part in walk(node))
