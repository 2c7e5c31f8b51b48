"""What every part of the audit reads: one round of a portfolio, scored by the kernel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.disclosure import Policy
from clustermark.analysis.peers.variables import values_in_units
from clustermark.analysis.portfolio import Floats, Portfolio
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.expressions.kinds import fact_kind
from clustermark.schemes.scheme import Scheme
from clustermark.scoring import rationals
from clustermark.scoring.arrays import Values
from clustermark.scoring.evaluate import Column, truth
from clustermark.scoring.kernel import Scores, point_places, scale_of, score
from clustermark.scoring.levels import decide_rules, rule_columns

MICRO = 10**6
"""Totals of scenarios reach level rules in millionths of a point, so that no cut is missed by floating noise."""


@dataclass(frozen=True, eq=False)
class Basis:
    """n clusters of one round under a scheme of k indicators.

    `values` (n × k) as in the portfolio, NaN where missing; `units` (k × n) the kernel's; `points` (n × k)
    what each value earns, NaN where it is missing; `most` (k) the most points; `scored` the columns that can
    earn points; `total` (n) the points of each cluster, in which a missing value earns none.
    """

    scheme: Scheme
    portfolio: Portfolio
    year: int
    left_out: int
    values: Floats
    units: Values
    scores: Scores
    points: Floats
    most: Floats
    scored: tuple[int, ...]
    total: Floats

    def __len__(self) -> int:
        return len(self.portfolio)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all indicators, in the order of the scheme."""
        return tuple(item.code for item in self.scheme.document.indicators)

    @property
    def scored_codes(self) -> tuple[str, ...]:
        """The codes of `scored`."""
        return tuple(self.codes[j] for j in self.scored)

    @cached_property
    def oriented(self) -> Floats:
        """`values` turned so that more is better."""
        signs = [-1.0 if item.direction == "down" else 1.0 for item in self.scheme.document.indicators]
        turned: Floats = self.values * np.array(signs)
        return turned

    @cached_property
    def earned(self) -> Floats:
        """`points` as they enter the total: a missing value earns none."""
        return np.nan_to_num(self.points)

    @cached_property
    def by_dimension(self) -> dict[str, tuple[int, ...]]:
        """The scored columns of each dimension that has any."""
        items = self.scheme.document.indicators
        columns = {
            dimension.code: tuple(j for j in self.scored if items[j].dimension == dimension.code)
            for dimension in self.scheme.document.dimensions
        }
        return {code: found for code, found in columns.items() if found}

    @property
    def least(self) -> int:
        """The smallest count of clusters that may be told."""
        return Policy.of_scheme(self.scheme.document.disclosure).least

    @cached_property
    def rule_columns(self) -> dict[str, Column]:
        """What level rules may name; facts, which a portfolio does not hold, are unknown."""
        n = len(self)
        facts: dict[str, Column] = {}
        for name, node in self.scheme.expressions.facts.items():
            unknown = [None] * n
            facts[name] = (
                truth(list(unknown)) if fact_kind(node) == "truth" else rationals.from_values(unknown)
            )
        return {**facts, **rule_columns(self.scheme, self.units, self.scores)}

    def levels(
        self, total: Floats | None = None, minimums_met: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int8]:
        """The highest level reached by each cluster (index, −1 for none), with another total if given."""
        known = dict(self.rule_columns)
        if total is not None:
            millionths = np.floor(total * MICRO + 0.5).astype(np.int64)
            known["points"] = rationals.Rationals(millionths, np.array([MICRO]))
        if minimums_met is not None:
            known["minimums_met"] = minimums_met.astype(np.int8)
        return decide_rules(self.scheme, known, len(self)).reached

    @cached_property
    def undecided(self) -> int:
        """Clusters for which some level is neither reached nor failed, for want of facts."""
        decided = decide_rules(self.scheme, self.rule_columns, len(self))
        unknown = [found < 0 for found in decided.levels.values()]
        return int(np.any(unknown, axis=0).sum()) if unknown else 0

    @cached_property
    def few(self) -> NDArray[np.bool_]:
        """Indicators (k) that some clusters know, but too few: no figure rests on them alone."""
        known = (~np.isnan(self.values)).sum(axis=0)
        found: NDArray[np.bool_] = (known > 0) & (known < self.least)
        return found

    def told(self, count: int, *, of: int | None = None) -> int | None:
        """A count as it may be told: null when some clusters are behind it, but too few.

        With `of`, all those among whom it was counted, it is null as well when the others are too few.
        """
        rest = 0 if of is None else of - count
        return None if 0 < count < self.least or 0 < rest < self.least else count

    def share_told(self, count: int) -> float | None:
        """A share of the clusters as it may be told: neither it nor its rest stands for too few."""
        return None if self.told(count, of=len(self)) is None else count / len(self)

    @cached_property
    def level_counts(self) -> list[int | None]:
        """How many reach each level, lowest first; null where a count, or a step to the next told one, is too few."""
        reached, found, above = self.levels(), list[int | None](), len(self)
        for position in range(len(self.scheme.document.levels)):
            count = self.told(int((reached >= position).sum()), of=above)
            above = above if count is None else count
            found.append(count)
        return found


def basis_of(scheme: Scheme, portfolio: Portfolio, year: int | None = None) -> Basis:
    """One round (default: the last) of the portfolio's rows under `scheme`, scored.

    Rows that name another scheme are left out. Raises ProblemsError for a composite scheme, a year
    that the portfolio does not hold, and fewer clusters than the scheme allows to tell about.
    """
    document = scheme.document
    if document.composite is not None or not document.indicators:
        message = _("Only a scheme with indicators and bands can be audited here.")
        raise ProblemsError([Problem("scheme-without-bands", message, Place(scheme.source))])
    chosen = portfolio.editions[-1] if year is None else year
    rows = portfolio.of_year(chosen)
    if len(rows) == 0:
        message = _("The portfolio has no rows of this year.")
        allowed = ", ".join(str(edition) for edition in portfolio.editions)
        raise ProblemsError([Problem("year-unknown", message, Place(portfolio.source), str(chosen), allowed)])
    kept = rows.rows(np.isin(rows.schemes, ("", scheme.id)))
    least = Policy.of_scheme(document.disclosure).least
    if len(kept) < least:
        message = _(
            "The audit is hidden: the scheme {scheme} has too few clusters in {year}, and it would tell of "
            "single ones."
        )
        text = message.format(scheme=scheme.id, year=chosen)
        wanted = _("{n} or more").format(n=least)
        # how many there are is not told either
        raise ProblemsError([Problem("too-few-clusters", text, Place(portfolio.source), allowed=wanted)])
    return _scored(scheme, kept, chosen, len(rows) - len(kept))


def _scored(scheme: Scheme, rows: Portfolio, year: int, left_out: int) -> Basis:
    items = scheme.document.indicators
    places = point_places(items)
    scales = [scale_of(item, places) for item in items]
    values = rows.columns([item.code for item in items])
    units = np.ascontiguousarray(
        [values_in_units(values[:, j], item.decimals) for j, item in enumerate(items)]
    )
    scores = score(units, scales)
    unit = 10.0**places
    points = np.column_stack(
        [np.array(scale.points)[scores.bands[j]] / unit for j, scale in enumerate(scales)]
    )
    points[np.isnan(values)] = np.nan
    most = np.array([max(scale.points) / unit for scale in scales])
    return Basis(
        scheme=scheme,
        portfolio=rows,
        year=year,
        left_out=left_out,
        values=values,
        units=units,
        scores=scores,
        points=points,
        most=most,
        scored=tuple(j for j in range(len(items)) if most[j] > 0),
        total=scores.points / unit,
    )


def plain(value: float) -> float | None:
    """A figure with six decimals; null where it is not defined."""
    return round(float(value), 6) + 0.0 if math.isfinite(value) else None


def complete_rows(table: Floats) -> Floats:
    """The rows of a table without a gap."""
    rows: Floats = table[~np.isnan(table).any(axis=1)]
    return rows
