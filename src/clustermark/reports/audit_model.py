"""The report on a scheme's audit as data, in its reader's language: sections of texts, tables and pictures."""

from __future__ import annotations

from typing import Any, Literal

from clustermark.ground.documents import Document
from clustermark.ground.texts import Language
from clustermark.reports.model import Note, Row
from clustermark.reports.printed import Line

Width = Literal["auto", "wide"]
"""A column as wide as its words, or one that takes what is left."""

Align = Literal["left", "right", "center"]


class Place(Document):
    """Where something was found, and its figure."""

    where: Line
    figure: Line


class FindingBlock(Document):
    """Findings that say the same of one or more places; `sign` and `severity` tell how much it matters."""

    sign: Line
    severity: Line
    strong: bool
    words: Line
    suggestion: Line
    places: list[Place]


class Table(Document):
    """A table: a width and an alignment for each column."""

    title: Line
    columns: list[Width]
    align: list[Align]
    header: list[Line]
    rows: list[list[Line]]


class Picture(Document):
    """A chart as a Vega-Lite specification, with the text that stands for it; `share` of the text's width."""

    title: Line
    chart: dict[str, Any]
    alt: Line
    share: float = 1.0


class Section(Document):
    """A heading, what it is about in words, pictures and tables; small pictures stand before the tables."""

    title: Line
    paragraphs: list[Line]
    pictures: list[Picture] = []
    tables: list[Table] = []
    pictures_first: bool = True


class AuditReport(Document):
    """The report on an audit; `synthetic` (empty for real data) and `banner` come before any figure.

    `words` are the fixed words by key.
    """

    language: Language
    title: Line
    author: Line
    scheme: Line
    round: int
    words: dict[str, Line]
    example_legend: Line
    synthetic: Line
    banner: list[Line]
    key_figures: list[Row]
    introduction: list[Line]
    findings: list[FindingBlock]
    sections: list[Section]
    method: Note
    rows: list[Row]
    provenance: Note
