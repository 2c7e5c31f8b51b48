"""The report model: one assessment report as data, in its reader's language.

`clustermark.reports.build.build_report` makes it once from a scorecard; every renderer (PDF, Word, Excel,
HTML) only lays it out, so all of them say the same. Texts are ready to print: translated, numbers written
by the rules of the language, example values bearing their sign. Beside a printed number stands its exact
value where a renderer needs one. `docs/report-template.md` lists these fields for authors of Word templates.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from clustermark.ground.documents import Document
from clustermark.ground.texts import Language
from clustermark.reports.printed import Figure, Line
from clustermark.reports.section import Section

Status = Literal["above", "met", "below", "missed", "not_evidenced", "no_requirement"]
"""How an indicator stands to its required value; `missed` is a missed minimum requirement."""


class Row(Document):
    """A label and what stands beside it."""

    label: Line
    text: Line


class Note(Document):
    """A heading and its paragraphs."""

    title: Line
    paragraphs: list[Line]


class LegendEntry(Document):
    """A sign and what it means."""

    sign: Line
    text: Line


class LevelMark(Document):
    """One step of the level mark: its name and whether it is reached."""

    level: Line
    title: Line
    reached: bool
    text: Line


class Summary(Document):
    """The first page: who, by what, with which result.

    `rows` are the facts of the assessment, `key_figures` the three that matter most, `paragraph` the result
    in plain words, `decision` says who decides, `caution` what must be known about the scheme's values.
    """

    cluster: Line
    scheme: Line
    view: Line
    as_of: Line
    level: Line
    level_reached: bool
    marks: list[LevelMark]
    key_figures: list[Row]
    rows: list[Row]
    points: Figure
    max_points: Figure
    minimums: Line
    margin: Line
    paragraph: Line
    decision: Line
    caution: list[Line]


class DimensionRow(Document):
    """A dimension with its points; `share` is points per hundred of the most, for charts."""

    code: Line
    title: Line
    points: Figure
    max_points: Figure
    share: Figure
    above: Line


class FactRow(Document):
    """A fact with its name in the scheme and its value as printed."""

    fact: Line
    title: Line
    value: Line


class ChecklistRow(Document):
    """A point of a checklist: its sign, and in words whether it holds."""

    title: Line
    holds: bool | None
    sign: Line
    text: Line


class EvidenceRow(Document):
    """A file that proves an indicator."""

    id: Line
    title: Line
    kind: Line
    file: Line
    dated: Line
    page: Line


class StatementRow(Document):
    """What one voice said: who, which rating or value, why, on what evidence."""

    voice: Line
    rating: int | None
    value: Figure
    said: Line
    reason: Line
    recommendation: Line
    evidence: Line
    dated: Line


class Recommendation(Document):
    """What to do better, and who says so."""

    source: Line
    text: Line


class IndicatorBlock(Document):
    """One indicator with everything that explains its number.

    Bands are counted from 0; `bands` is the number of the best one. `required_band` and `excellence_band` are
    null when the scheme states no such value; `margin` counts bands above the required one.
    """

    code: Line
    title: Line
    dimension: Line
    status: Status
    sign: Line
    status_text: Line
    minimum: bool
    value: Figure
    unit: Line
    value_from: Line
    band: int | None
    bands: int
    band_text: Line
    band_words: Line
    points: Figure
    max_points: Figure
    points_text: Line
    required: Figure
    required_text: Line
    required_band: int | None
    excellence: Figure
    excellence_band: int | None
    next_edge: Figure
    margin: int | None
    margin_text: Line
    scored: bool
    explanation: Line
    formula: Line
    formula_with_numbers: Line
    facts: list[FactRow]
    checklist: list[ChecklistRow]
    evidence: list[EvidenceRow]
    evidence_wanted: list[Line]
    statements: list[StatementRow]
    recommendations: list[Recommendation]
    origin: list[Row]


class GateBlock(Document):
    """A gate: met, missed or undecided, what it rests on, and what to supply."""

    gate: Line
    title: Line
    met: bool
    sign: Line
    status_text: Line
    explanation: Line
    supply: Line
    facts: list[FactRow]
    origin: list[Row]


class ConditionRow(Document):
    """A condition of a level; `met` is null while a fact is wanting."""

    title: Line
    met: bool | None
    sign: Line
    status_text: Line
    explanation: Line


class LevelBlock(Document):
    """A level with its conditions."""

    level: Line
    title: Line
    reached: bool
    sign: Line
    status_text: Line
    conditions: list[ConditionRow]
    origin: list[Row]


class NextLevel(Document):
    """What is missing for the next level, in words; no gaps when the highest is reached."""

    title: Line
    introduction: Line
    gaps: list[Line]


class Method(Document):
    """How the result was made, so that it can be made again."""

    rows: list[Row]
    paragraphs: list[Line]


class Report(Document):
    """An assessment report. `words` holds the fixed words (headings, column names) by a short English key.

    `sections` hold the analyses that were asked for; none by default.
    """

    language: Language
    title: Line
    author: Line
    as_of: date
    words: dict[str, Line]
    example_sign: Line
    example_legend: Line
    summary: Summary
    dimensions: list[DimensionRow]
    indicators: list[IndicatorBlock]
    gates: list[GateBlock]
    levels: list[LevelBlock]
    next_level: NextLevel
    sections: list[Section] = []
    method: Method
    provenance: Note
    legend: list[LegendEntry]
