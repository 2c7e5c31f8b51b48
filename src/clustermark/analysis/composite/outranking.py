"""Ranks by pairwise comparison: no indicator can make up for another, only its weight counts.

Sources: Munda and Nardo 2009, "Noncompensatory/nonlinear composite indicators for ranking countries";
OECD and JRC 2008, "Handbook on Constructing Composite Indicators", section 6; Copeland 1951.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.composite.data import CompositeData
from clustermark.analysis.composite.order import competition_ranks
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

MOST_UNITS = 40
"""Units up to which the best order is searched; the search grows fast with them."""

Counts = NDArray[Any]
"""Whole numbers, units × units: int64, or Python integers where the weights need longer ones."""


def outranking_matrix(data: CompositeData, weights: list[Fraction]) -> Counts:
    """How much weight puts the row's unit before the column's, in whole units of a common measure.

    A tie gives half to each. Where one of the two has no value, its indicator is silent about the pair.
    `data` are normalised: more is better.
    """
    shares = whole_weights(weights)
    fits = 2 * sum(shares) < np.iinfo(np.int64).max
    support: Counts = np.zeros((len(data.units), len(data.units)), dtype=np.int64 if fits else object)
    for column, share in zip(data.values.T, shares, strict=True):
        ahead = column[:, None] > column[None, :]
        level = column[:, None] == column[None, :]
        support += 2 * share * ahead + share * level
    np.fill_diagonal(support, 0)
    return support


def whole_weights(weights: list[Fraction]) -> list[int]:
    """The smallest whole numbers in the same proportions."""
    common = math.lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * common) for weight in weights]
    divisor = math.gcd(*whole)
    return [weight // divisor for weight in whole]


def copeland_scores(support: Counts) -> list[int]:
    """For each unit: pairwise majorities won less those lost."""
    won = (support > support.T).sum(axis=1)
    lost = (support < support.T).sum(axis=1)
    return [int(score) for score in won - lost]


def copeland_ranks(support: Counts) -> list[int | None]:
    """Competition ranks of the Copeland scores."""
    return competition_ranks(copeland_scores(support))


def agreement(order: list[int], support: Counts) -> int:
    """The weight that agrees with an order (positions of units, first the best), summed over all pairs."""
    return int(sum(support[first, second] for first, second in combinations(order, 2)))


def majority_order(support: Counts) -> list[int]:
    """The order with which most weight agrees (Condorcet, Young, Kemeny), proved optimal by HiGHS.

    Several orders may be best; one of them is given. Raises `ProblemsError` above `MOST_UNITS` units.
    """
    n = len(support)
    if n > MOST_UNITS:
        message = _("The majority order is searched for up to {most} units.").format(most=MOST_UNITS)
        raise ProblemsError([Problem("too-many-units", message, Place(_("table of units")), found=str(n))])
    if n < 2:
        return list(range(n))
    before = _best_pairs(support)
    return sorted(range(n), key=lambda unit: -int(before[unit].sum()))


def _best_pairs(support: Counts) -> NDArray[np.bool_]:
    """Which unit stands before which in the best order: one binary a pair, no circle of three."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - loads slowly; one ranking needs it
    from scipy.sparse import coo_array  # noqa: PLC0415 - as above

    n = len(support)
    pairs = list(combinations(range(n), 2))
    place = {pair: index for index, pair in enumerate(pairs)}
    gain = np.array([support[a, b] - support[b, a] for a, b in pairs], dtype=np.float64)
    triples = list(combinations(range(n), 3))
    # before(a,b) + before(b,c) - before(a,c) is 0 or 1 in every order
    columns = [place[pair] for a, b, c in triples for pair in ((a, b), (b, c), (a, c))]
    rows = np.repeat(np.arange(len(triples)), 3)
    matrix = coo_array(
        (np.tile([1.0, 1.0, -1.0], len(triples)), (rows, columns)), shape=(len(triples), len(pairs))
    )
    constraints = [LinearConstraint(matrix.tocsr(), 0, 1)] if triples else []
    found = milp(
        -gain,
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"mip_rel_gap": 0},
    )
    if not found.success:
        raise RuntimeError(f"the search for the majority order ended without one: {found.message}")
    before = np.zeros((n, n), dtype=np.bool_)
    for (a, b), chosen in zip(pairs, np.round(found.x), strict=True):
        before[(a, b) if chosen else (b, a)] = True
    return before


def majority_ranks(support: Counts) -> list[int | None]:
    """Ranks of the majority order, without ties."""
    ranks = [0] * len(support)
    for rank, unit in enumerate(majority_order(support), start=1):
        ranks[unit] = rank
    return list(ranks)
