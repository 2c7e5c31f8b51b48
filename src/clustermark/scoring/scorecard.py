"""The scorecard: the scored result of one dossier under one scheme, every number explained.

A scorecard is a document: `Scorecard.to_json` writes it, its JSON Schema is published in
`docs/schemas/scorecard.json`, and every output (terminal, report, API) shows these values and no others.
Numbers are exact: integers and decimals in Python, JSON numbers with the same digits in the file.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from clustermark.ground.documents import Document, Number
from clustermark.schemes.document import Mark

SIGNIFICANT_MARGIN = 1
"""Bands above the band of the required value from which an indicator is significantly above it."""


class EvidenceItem(Document):
    """A file that proves an indicator."""

    evidence_id: str
    title: str
    kind: str
    file: str
    own_date: date | None = None
    received_on: date | None = None
    page: str | None = None


class Statement(Document):
    """What one voice (claim, one expert, consensus) said about an indicator."""

    view: Literal["claim", "expert", "consensus"]
    rater: str | None = None
    rating: int | None = None
    value: Number | None = None
    reason: str | None = None
    recommendation: str | None = None
    evidence: list[str] = []
    rated_on: date | None = None


class FactValue(Document):
    """A fact that a number rests on: its name in the scheme, its title and its value; null when missing."""

    fact: str
    title: str
    value: Number | bool | None


class ChecklistPoint(Document):
    """One point of a checklist: true, false, or null where the dossier does not say."""

    item: str
    title: str
    holds: bool | None


class ProvenanceOf(Document):
    """Provenance of one statement of the scheme; `source` is the title of its source."""

    of: str
    mark: Mark
    source: str


class IndicatorScore(Document):
    """One indicator, scored.

    `value` is null when it is not evidenced: then it is in band 0, earns no points and fails its
    required value. `required_met` is null when no value is required. `margin` counts the bands above
    the band of the required value (null without bands or requirement); `significantly_above` means a margin
    of one or more. `value_from` says whose value it is: the records, a rating, or a correction.
    `check` is the figure that informs a rating, rounded to 4 decimals; `formula` is that of the measure or check.
    `next_edge` is the edge of the next better band.
    """

    code: str
    title: str
    dimension: str
    scale: Literal["measure", "rubric", "checklist"]
    value: Number | None
    unit: str
    value_from: Literal["records", "claim", "expert", "consensus", "none"]
    direction: Literal["up", "down"]
    bands: list[Number]
    band: int | None
    band_words: str | None = None
    points: Number
    max_points: Number
    scored: bool
    required: Number | None
    excellence: Number | None
    minimum: bool
    required_met: bool | None
    margin: int | None
    significantly_above: bool
    evidenced: bool
    evidence: list[EvidenceItem]
    evidence_wanted: list[str]
    statements: list[Statement]
    facts: list[FactValue]
    checklist: list[ChecklistPoint]
    check: Number | None = None
    formula: str | None
    formula_with_numbers: str | None
    next_edge: Number | None
    explanation: str
    advice: str | None = None
    origin: list[ProvenanceOf]


class Condition(Document):
    """One condition of a gate or level: met, missed (false), or undecided for want of a fact (null)."""

    rule: str
    title: str
    met: bool | None
    explanation: str


class GateResult(Document):
    """A gate of the scheme, with what it rests on and what to supply when it is not met."""

    gate: str
    title: str
    met: bool
    explanation: str
    supply: str | None = None
    facts: list[FactValue]
    origin: list[ProvenanceOf]


class LevelResult(Document):
    """A level: reached or not, with the conditions met and missed."""

    level: str
    title: str
    reached: bool
    met: list[Condition]
    missed: list[Condition]
    origin: list[ProvenanceOf]


class DimensionScore(Document):
    """A dimension: points of its indicators and the most they can give."""

    code: str
    title: str
    points: Number
    max_points: Number
    indicators: int
    significantly_above: int


class MarginStatistic(Document):
    """How many scored indicators with a required value lie significantly above it.

    `share` is `100 * count / of` per cent, rounded half up to one decimal; null when `of` is 0.
    """

    count: int
    of: int
    share: Number | None


class Provenance(Document):
    """What must be said of the scheme wherever its values are shown."""

    endorsed: bool
    notice: str
    example_values: int
    owner: str


class Scorecard(Document):
    """The scored result of one dossier under one scheme."""

    format: Literal["clustermark-scorecard/1"] = "clustermark-scorecard/1"
    language: Literal["en", "ru", "de"]
    cluster: str
    sector: str | None
    country: str | None
    scheme: str
    scheme_title: str
    scheme_version: str
    scheme_digest: Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
    dossier_digest: Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
    dossier_frozen: bool
    view: str
    as_of: date
    points: Number
    max_points: Number
    level: str | None
    level_title: str | None
    next_level: str | None
    levels: list[LevelResult]
    gates: list[GateResult]
    indicators: list[IndicatorScore]
    minimums_missed: list[str]
    significantly_above: MarginStatistic
    dimensions: list[DimensionScore]
    valid_until: date | None
    provenance: Provenance

    def indicator(self, code: str) -> IndicatorScore:
        """The indicator with this code; raises KeyError when there is none."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)

    def to_json(self) -> str:
        """The scorecard as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2) + "\n"
