"""The result of a composite scheme over a table of units, as a document."""

from __future__ import annotations

from typing import Literal

from clustermark.analysis.composite.summary import NodeSummary
from clustermark.ground.documents import Document, Number
from clustermark.scoring.scorecard import Provenance


class UnitScore(Document):
    """One unit: its index rounded as declared, rank and level, and what they are made of.

    `scores` has every node and every normalised indicator to 12 significant digits; null where
    missing. A unit left out by the screening has no index, rank, level or scores.
    """

    unit: str
    name: str
    index: Number | None
    rank: int | None
    level: str | None
    left_out: bool
    scores: dict[str, Number | None]
    ranks: dict[str, int | None]


class StepNote(Document):
    """What a step did or could not do: `about` is a unit or an indicator, `count` how many values."""

    step: str
    code: str
    about: str
    count: int


class CompositeResult(Document):
    """The scored table: every unit in the order of the table, the spread of every node, the steps' notes."""

    format: Literal["clustermark-composite/1"] = "clustermark-composite/1"
    scheme: str
    scheme_version: str
    scheme_digest: str
    index: str
    decimals: int
    units: list[UnitScore]
    summary: list[NodeSummary]
    effective_weights: dict[str, Number]
    notes: list[StepNote]
    provenance: Provenance

    def unit(self, code: str) -> UnitScore:
        """The unit with this code; raises KeyError when there is none."""
        for unit in self.units:
            if unit.unit == code:
                return unit
        raise KeyError(code)

    def to_json(self) -> str:
        """The result as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2) + "\n"
