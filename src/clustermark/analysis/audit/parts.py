"""What each part of an audit says, as documents; every one tells the number of clusters it rests on.

Numbers of clusters, and what was computed from so many, are null where they are fewer than may be told.
"""

from __future__ import annotations

from typing import Literal

from clustermark.analysis.agreement import Estimate
from clustermark.ground.documents import Document, Number


class AvailabilityRow(Document):
    """How many of `n` clusters have a value of the indicator; `share` = known / n."""

    code: str
    n: int
    known: int | None
    share: float | None


class DimensionAvailability(Document):
    """How many of `n` clusters have every value of the dimension."""

    dimension: str
    indicators: int
    n: int
    complete: int | None


class Availability(Document):
    """Known values by indicator and dimension, and how complete the clusters are.

    `complete` clusters lack nothing; `sparse` ones know less than `limit` of the indicators (null: fewer than
    may be told).
    """

    n: int
    complete: int | None
    sparse: int | None
    limit: float
    indicators: list[AvailabilityRow]
    dimensions: list[DimensionAvailability]


class OutlierRow(Document):
    """Shape of one indicator's values over the `n` clusters that have one.

    `outside` counts values beyond 1.5 interquartile ranges from the quartiles; `flagged`: |skewness| > 2 and
    excess kurtosis > 3.5.
    """

    code: str
    n: int | None
    skewness: float | None
    kurtosis: float | None
    outside: int | None
    flagged: bool


class IndicatorFit(Document):
    """How an indicator goes with its own dimension (itself left out) and with the other that fits best.

    Pearson correlations of its points with the mean share of points of a dimension, over `n` clusters: `own`
    without itself, `own_with_itself` with it. `elsewhere`: `other` is above `own_with_itself` beyond chance.
    """

    code: str
    dimension: str
    n: int | None
    own: float | None
    own_with_itself: float | None
    other_dimension: str | None
    other: float | None
    elsewhere: bool


class PairFlag(Document):
    """A pair of indicators that stands out: `redundant`, or `negative` within one dimension."""

    kind: Literal["redundant", "negative"]
    first: str
    second: str
    pearson: float
    spearman: float
    n: int


class Correlations(Document):
    """`pearson` of points and `spearman` of values turned so that more is better, in the order of `codes`.

    Each pair rests on the clusters that have both values; `least_n` is the smallest such number of those told. Null
    where a column does not vary or too few clusters have both.
    """

    codes: list[str]
    pearson: list[list[float | None]]
    spearman: list[list[float | None]]
    least_n: int
    fit: list[IndicatorFit]
    flags: list[PairFlag]


class Consistency(Document):
    """Cronbach's alpha over the `n` clusters with every value; `dropped`: alpha without each indicator.

    `scope` is the code of a dimension, or "all".
    """

    scope: str
    codes: list[str]
    n: int | None
    alpha: float | None
    dropped: list[float | None]


class Components(Document):
    """Principal components of the correlations over the `n` clusters with every value.

    `eigenvalues` in falling order; `explained` their shares; `kaiser` counts those above 1; `loadings` has a
    row for each of `codes` with the first components (at most three). Empty where it cannot be computed.
    """

    scope: str
    codes: list[str]
    n: int | None
    eigenvalues: list[float]
    explained: list[float]
    kaiser: int
    loadings: list[list[float]]


class WeightRow(Document):
    """Nominal and effective weight of an indicator or dimension over `n` clusters.

    `nominal`: its share of the most points. `main_effect`: the share of the variance of the total that
    knowing it removes (correlation ratio); `linear`: the squared correlation. `effective`: its share of all
    main effects; `ratio` = effective / nominal.
    """

    code: str
    n: int
    nominal: float
    main_effect: float | None
    linear: float | None
    effective: float | None
    ratio: float | None


class RemovalRow(Document):
    """What changes when one indicator is left out: ranks of `n` clusters, and the share at another level."""

    code: str
    n: int
    mean_shift: float | None
    high_shift: float | None
    level_changes: float | None


class AssumptionRow(Document):
    """What one changed assumption alone does to ranks and levels of `n` clusters."""

    assumption: str
    n: int
    mean_shift: float
    level_changes: float | None


class RankGroup(Document):
    """`n` clusters of neighbouring nominal rank, and where the scenarios put them.

    `low`, `median`, `high`: the medians over the group of each cluster's 5 %, 50 % and 95 % rank shift;
    positive = a worse rank.
    """

    first_rank: int
    last_rank: int
    n: int
    low: float
    median: float
    high: float


class Scenarios(Document):
    """Ranks and levels over `count` combinations of aggregation, weights and treatment of missing values.

    `width` is the median over clusters of the width of the 90 % interval of the rank; `stable` the share
    of clusters that keep their level in every scenario, `often` of those that change it in half or more.
    """

    n: int
    count: int
    aggregations: list[str]
    weights: list[str]
    missing: list[str]
    width: float
    stable: float | None
    often: float | None
    assumptions: list[AssumptionRow]
    groups: list[RankGroup]


class BunchingRow(Document):
    """Clusters just above and just below one cut, against what the bins around let expect.

    `width` is that of a bin in the unit of the value; `below` and `above` count the bins beside the cut (null:
    too few to tell); `excess` is their difference less the slope of the bins around; `p` is one-sided,
    `adjusted` by Holm over all tests. `bins` are the counts of eight bins, four on each side, from worse to
    better. Where the cut was not tested `reason` says why.
    """

    kind: Literal["required", "edge", "total"]
    code: str
    cut: Number
    n: int | None
    width: float | None = None
    below: int | None = None
    above: int | None = None
    excess: float | None = None
    p: float | None = None
    adjusted: float | None = None
    bins: list[int | None] = []
    reason: Literal["", "coarse", "few", "outside"] = ""


class AgreementRow(Document):
    """Agreement of the raters on one indicator over `n` clusters rated by two or more.

    Kappa (quadratic weights) never stands without Gwet's AC2 beside it.
    """

    code: str
    n: int
    percent: Estimate
    ac: Estimate
    kappa: Estimate
    alpha: Estimate


class LevelChance(Document):
    """How surely `n` clusters reach a level or miss it; a count that is too small to be told is null.

    Of those that hold it (`held`): `sure` reach it in 95 % of the draws or more, `doubtful` in less than half.
    `missed`: below it, but reaching it in half of the draws or more. `open`: neither above 95 % nor below 5 %.
    """

    level: str
    title: str
    n: int
    held: int | None
    sure: int | None
    doubtful: int | None
    missed: int | None
    open: int | None


class Chances(Document):
    """Levels over `draws` of experts' disagreement, missing values, weights and edges moved by these shares."""

    draws: int
    weights: float
    thresholds: float
    levels: list[LevelChance]


class LevelCount(Document):
    """How many clusters reach a level by the points and minimums at hand; null: fewer than may be told."""

    level: str
    title: str
    count: int | None
