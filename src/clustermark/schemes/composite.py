"""The `composite` section of a scheme file: an index over a table of units, as frozen data.

A composite scheme scores many units (clusters, countries) side by side from a table with one row a
unit. Indicators are put on one scale and joined, level by level, to one index. This module knows
shapes only: `clustermark.schemes.check_composite` checks that they fit together and
`clustermark.analysis.composite` computes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from clustermark.ground.documents import Document, Number
from clustermark.schemes.shapes import Code, Name, Origins, Text

Positive = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(gt=0, le=1)]


class ScaleRange(Document):
    """The range a normalised indicator has: `low` for the worst, `high` for the best."""

    low: Number = Decimal(0)
    high: Number = Decimal(1)


class MinMax(Document):
    """Worst of the sample = `to.low`, best = `to.high`, straight between them."""

    method: Literal["min_max"]
    to: ScaleRange = ScaleRange()


class Goalposts(Document):
    """Fixed ends in the indicator's own unit: `low` and `high`, whatever the sample holds.

    `cap` says at which ends a value beyond the goalpost counts as the goalpost.
    """

    method: Literal["goalposts"]
    low: Number
    high: Number
    cap: Literal["both", "low", "high", "none"] = "both"
    to: ScaleRange = ScaleRange()


class ZScore(Document):
    """Sample mean = `mean`, one sample standard deviation (divisor n - 1) = `sd`."""

    method: Literal["z_score"]
    mean: Number = Decimal(0)
    sd: Positive = Decimal(1)


class Ranked(Document):
    """By order alone.

    `rank`: 1 for the worst, ties share the lower place. `percent_rank`: (rank - 1) / (n - 1).
    `borda`: units beaten, and half a point for each tie.
    """

    method: Literal["rank", "percent_rank", "borda"]


class BestOf(Document):
    """In proportion to the best of the sample: the best has `best` points, zero has none.

    Where less is better, points are `best` times the smallest value over the unit's value.
    """

    method: Literal["best_of_sample"]
    best: Positive = Decimal(10)


class Target(Document):
    """Worst of the sample = `to.low`, the `target` = `to.high`; with `cap` no more than that."""

    method: Literal["target"]
    target: Number
    cap: bool = True
    to: ScaleRange = ScaleRange()


Normalisation = Annotated[
    MinMax | Goalposts | ZScore | Ranked | BestOf | Target, Field(discriminator="method")
]


class Mean(Document):
    """A weighted mean. A geometric or harmonic mean with a zero in it is zero."""

    method: Literal["arithmetic", "geometric", "harmonic"]


class MeanMin(Document):
    """The weighted arithmetic mean less a penalty for the worst part (Casadio Tarabusi and Guarini 2013).

    ``mean - alpha * (sqrt((mean - min)**2 + beta**2) - beta)``: `alpha` = 0 is the mean, `alpha` = 1
    with `beta` = 0 the minimum.
    """

    method: Literal["mean_min"]
    alpha: Annotated[Number, Field(ge=0, le=1)] = Decimal(1)
    beta: Annotated[Number, Field(ge=0)] = Decimal(0)


Aggregation = Annotated[Mean | MeanMin, Field(discriminator="method")]


class Imputation(Document):
    """What stands in for a missing value: nothing, or the mean or median of all units or of the unit's group.

    `group` names the column of the table that holds the group.
    """

    method: Literal["none", "mean", "median", "group_mean", "group_median"]
    group: Code | None = None


class Screening(Document):
    """Units with less than `min_share` of the indicators are left out.

    Counted on what the table states (`before_imputation`), or on what is there after imputation.
    """

    min_share: Share
    counted: Literal["before_imputation", "after_imputation"] = "before_imputation"


class Treatment(Document):
    """What is done with indicators whose outliers would rule the scale.

    An indicator with a skewness of at least `skewness` in size *and* an excess kurtosis of at least
    `kurtosis` is Winsorised, point by point, until it passes or `max_points` points are changed. If
    it still fails, it is taken as stated and, with `otherwise` = log, its logarithm is taken; which no
    indicator can have that is compared in its own unit (with goalposts, a target, the best).
    """

    skewness: Positive = Decimal(2)
    kurtosis: Positive = Decimal("3.5")
    max_points: Annotated[int, Field(ge=0)] = 5
    otherwise: Literal["log", "as_stated"] = "log"


class Part(Document):
    """A point of the hierarchy; `weight` is relative to the other children of the parent."""

    code: Code
    title: Text
    parent: Code | None = None
    weight: Positive = Decimal(1)
    origin: Origins


class Node(Part):
    """A point above the indicators: sub-dimension, dimension or, without parent, the index.

    `aggregation` overrides that of the scheme.
    """

    aggregation: Aggregation | None = None


class CompositeIndicator(Part):
    """One column of the table, and how it counts.

    `per` names the column it is divided by, times `per_factor` (inhabitants in thousands, say). `scale` = log
    takes logarithms of values, goalposts and target. `treated` = false keeps it out of the treatment.
    """

    parent: Code
    unit: Name
    direction: Literal["up", "down"] = "up"
    per: Code | None = None
    per_factor: Positive = Decimal(1)
    scale: Literal["linear", "log"] = "linear"
    treated: bool = True
    normalisation: Normalisation | None = None


class Cut(Document):
    """A level of the index: held from `at_least` on; the lowest level has none."""

    level: Name
    title: Text
    at_least: Number | None = None
    origin: Origins


class Composite(Document):
    """A composite index: hierarchy, and one declared rule for each step from the table to ranks and levels.

    A node is missing where less than `min_weight` of the weight below it is there. The index is rounded
    half up to `decimals` before ranks and levels are decided. `ranking` is by the value of the index,
    or by pairwise majority of the weights (`copeland`; `majority` = the order most weight agrees with).
    `cuts` stand lowest first.
    """

    nodes: Annotated[list[Node], Field(min_length=1)]
    indicators: Annotated[list[CompositeIndicator], Field(min_length=1)]
    imputation: Imputation = Imputation(method="none")
    screening: Screening | None = None
    treatment: Treatment | None = None
    normalisation: Normalisation | None = None
    aggregation: Aggregation = Mean(method="arithmetic")
    min_weight: Share = Decimal(1)
    decimals: Annotated[int, Field(ge=0, le=10)]
    ranking: Literal["value", "copeland", "majority"] = "value"
    cuts: list[Cut] = []
    origin: Origins

    @property
    def root(self) -> Node:
        """The index: the node without a parent."""
        return next(node for node in self.nodes if node.parent is None)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the indicators, in the order of the file."""
        return tuple(indicator.code for indicator in self.indicators)

    @property
    def parts(self) -> list[Part]:
        """All nodes, then all indicators, in the order of the file."""
        return [*self.nodes, *self.indicators]

    def children(self, code: str) -> list[Part]:
        """Nodes and indicators right under the node `code`, in the order of the file."""
        return [part for part in self.parts if part.parent == code]

    def normalisation_of(self, indicator: CompositeIndicator) -> Normalisation:
        """The indicator's own normalisation, else that of the scheme; raises ValueError without either."""
        rule = indicator.normalisation or self.normalisation
        if rule is None:
            raise ValueError(f"{indicator.code} has no normalisation")
        return rule

    def aggregation_of(self, node: Node) -> Aggregation:
        """The node's own aggregation, else that of the scheme."""
        return node.aggregation or self.aggregation
