"""A section of the report that comes from an analysis: parts of text, pictures and tables.

Sections are built by `clustermark.reports.sections` from the frozen documents of the analyses. Every renderer
lays out all of them alike, so a new analysis needs no new layout. Numbers of pictures are those of the documents;
what a picture shows is also said in a table or a sentence.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from clustermark.ground.documents import Document
from clustermark.reports.printed import Figure, Line


class RatingsRow(Document):
    """The ratings of one indicator, in the order of the picture's voices; null: not rated."""

    code: Line
    title: Line
    ratings: list[int | None]


class RatingsPicture(Document):
    """What each voice gave each rated indicator, on a scale of whole steps from `low` to `high`."""

    kind: Literal["ratings"] = "ratings"
    alt: Line
    low: int
    high: int
    voices: list[Line]
    rows: list[RatingsRow]


class Span(Document):
    """From `start` to below `end`; a null end is open."""

    start: float
    end: float | None


class Bar(Document):
    """So many clusters from `start` to below `end`."""

    start: float
    end: float | None
    count: int


class DistributionRow(Document):
    """The distribution of one figure in a group, as far as it is told; no bars where it is hidden."""

    code: Line
    title: Line
    own: float | None
    own_text: Line
    bars: list[Bar]
    median: Span | None
    middle: Span | None
    leaders: Span | None
    hidden: Line = ""


class DistributionPicture(Document):
    """Distributions below each other, each on a scale of its own. `middle` is from quartile to quartile."""

    kind: Literal["distributions"] = "distributions"
    alt: Line
    rows: list[DistributionRow]


class ProbabilityRow(Document):
    """A level, how often it came out, and the interval of that share; all from 0 to 1."""

    title: Line
    official: bool
    probability: float
    low: float
    high: float
    text: Line


class ProbabilityPicture(Document):
    """How often each level came out."""

    kind: Literal["probabilities"] = "probabilities"
    alt: Line
    rows: list[ProbabilityRow]


class Cut(Document):
    """The points that a level asks for."""

    title: Line
    needed: float


class PointsPicture(Document):
    """Quantiles of the points over the draws, beside the official points and the points levels ask for."""

    kind: Literal["points"] = "points"
    alt: Line
    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float
    official: float
    best: float
    cuts: list[Cut]


class InfluenceRow(Document):
    """Sobol' indices of one indicator with their intervals."""

    code: Line
    title: Line
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


class InfluencePicture(Document):
    """Which indicators decide an output."""

    kind: Literal["influences"] = "influences"
    alt: Line
    rows: list[InfluenceRow]


class TimelineRow(Document):
    """A piece of work from the start of month `start` to the end of month `end` − 1, counted from 0."""

    code: Line
    title: Line
    start: int
    end: int
    text: Line


class TimelinePicture(Document):
    """When each step of a plan begins and ends, over so many months."""

    kind: Literal["timeline"] = "timeline"
    alt: Line
    months: int
    rows: list[TimelineRow]


Picture = Annotated[
    RatingsPicture
    | DistributionPicture
    | ProbabilityPicture
    | PointsPicture
    | InfluencePicture
    | TimelinePicture,
    Field(discriminator="kind"),
]


class Column(Document):
    """A column of a table: its heading, whether it holds numbers, and its width relative to the others."""

    title: Line
    number: bool = False
    width: int = 1


class Grid(Document):
    """A table: as many figures a row as there are columns. The first column names the row."""

    caption: Line
    columns: list[Column]
    rows: list[list[Figure]]


class Part(Document):
    """A part of a section, read from top to bottom: title, paragraphs, points, pictures, table, notes."""

    title: Line = ""
    paragraphs: list[Line] = []
    points: list[Line] = []
    pictures: list[Picture] = []
    table: Grid | None = None
    notes: list[Line] = []


class Section(Document):
    """An analysis in the report; `name` is one word for it, `paragraphs` say first what matters most."""

    key: Literal["overrides", "agreement", "peers", "robustness", "plan"]
    name: Line
    title: Line
    paragraphs: list[Line]
    parts: list[Part]
