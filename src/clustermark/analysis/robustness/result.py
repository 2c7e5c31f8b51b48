"""The robustness of one decision, as a document with words for people.

Exact figures (official points and levels, distances, bounds, pure averaging) are decimals; everything else is
Monte Carlo in floating point and never decides.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from clustermark.analysis.disclosure import Hidden
from clustermark.analysis.peers.report import Position
from clustermark.analysis.robustness.sources import Source, Tolerances
from clustermark.ground.documents import Document, Number

Share = Annotated[float, Field(ge=0, le=1)]


class SourceUse(Document):
    """A source of doubt: whether it was varied, how many indicators it can change here, and its model in words."""

    source: Source
    title: str
    on: bool
    indicators: int
    words: str


class LevelProbability(Document):
    """How often a level is the highest reached; `level` is null for none. 95 % interval by Wilson."""

    level: str | None
    title: str
    official: bool
    draws: int
    probability: Share
    low: Share
    high: Share


class PointsInterval(Document):
    """Quantiles of the points over the draws: 2.5, 25, 50, 75 and 97.5 %."""

    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float
    words: str


class PositionInterval(Document):
    """Where the cluster stands by points in its peer group in 95 % of the draws.

    Worked out from the distribution told of the group, as in a benchmark: better than at least `from` and at most
    `to` per cent of its `n` clusters in the year `edition`. Where the distribution is hidden, so is the place, and
    says why; `n` is null when nothing is told of any group.
    """

    edition: int
    synthetic: bool
    group: str
    n: int | None
    place: Annotated[Position | Hidden, Field(discriminator="shown")]
    words: str


class MinimumDistance(Document):
    """The exact distance of an indicator from its minimum, in its unit: 0 or more when met, negative when missed.

    `distance` is null when the value is missing. `met` is how often the draws meet it.
    """

    code: str
    title: str
    unit: str
    value: Number | None
    required: Number
    distance: Number | None
    met: Share


class PointsDistance(Document):
    """The exact distance of the points from what a level asks: positive or 0 when reached."""

    level: str
    title: str
    needed: Number
    distance: Number
    reached: Share


class Influence(Document):
    """How much of the variance of an output one indicator decides.

    `first`: alone; `total`: alone and together with others; both with 95 % bootstrap intervals, as estimated (an
    estimate of a small index can fall a little below 0).
    """

    output: Literal["points", "level"]
    code: str
    title: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


class Averaging(Document):
    """Pure averaging: points buy a missed minimum. Exact for the official result, a share for the draws."""

    share: Share
    points_needed: Number
    would_pass: bool
    only_by_averaging: bool
    draws_only_by_averaging: Share
    words: str


class BoundsResult(Document):
    """The exact ends over missing data and the experts' ratings, without random numbers."""

    worst_points: Number
    worst_level: str | None
    best_points: Number
    best_level: str | None
    words: str


class Robustness(Document):
    """How far the result of one dossier under one scheme can be relied on."""

    format: Literal["clustermark-robustness/1"] = "clustermark-robustness/1"
    cluster: str
    scheme: str
    scheme_title: str
    scheme_digest: str
    dossier_digest: str
    view: str
    as_of: date
    draws: int
    seed: int
    tolerances: Tolerances
    official_level: str | None
    official_title: str
    official_points: Number
    max_points: Number
    sources: list[SourceUse]
    findings: list[str]
    levels: list[LevelProbability]
    points: PointsInterval
    position: PositionInterval | None
    minimums: list[MinimumDistance]
    points_asked: list[PointsDistance]
    influences: list[Influence]
    averaging: Averaging
    bounds: BoundsResult
    notice: str

    @property
    def kept(self) -> LevelProbability:
        """The official level among the probabilities."""
        return next(level for level in self.levels if level.official)

    def to_json(self) -> str:
        """The document as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2) + "\n"
