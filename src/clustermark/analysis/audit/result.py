"""What an audit says, as documents: figures with their n, and findings in plain words.

Everything here may be published. No cluster is named; counts below the scheme's disclosure minimum are
null, and what is shown of ranks is shown for groups of clusters.
"""

from __future__ import annotations

from typing import Literal

from clustermark.analysis.audit.parts import (
    AgreementRow,
    Availability,
    BunchingRow,
    Chances,
    Components,
    Consistency,
    Correlations,
    LevelCount,
    OutlierRow,
    RemovalRow,
    Scenarios,
    WeightRow,
)
from clustermark.ground.documents import Document
from clustermark.scoring.scorecard import Provenance

Severity = Literal["serious", "notable", "note"]
"""`serious`: mend it before the next round; `notable`: look into it; `note`: know it."""

Subject = Literal[
    "availability",
    "outliers",
    "correlations",
    "consistency",
    "components",
    "weights",
    "removal",
    "scenarios",
    "bunching",
    "agreement",
    "chances",
]


class Finding(Document):
    """One thing the owner of the scheme should know: where, in words, with its figure, and what to do."""

    severity: Severity
    subject: Subject
    where: str
    words: str
    figure: str
    suggestion: str


class SchemeAudit(Document):
    """The statistical audit of one scheme over one round of a portfolio.

    `n` clusters of the round were audited, `left_out` rows are of other schemes; `undecided`: clusters for
    which a level rule needs facts that a portfolio does not hold. `min_told` is the smallest count told.
    `chances` is null where levels rest on more than points and minimums.
    """

    scheme: str
    scheme_title: str
    scheme_version: str
    scheme_digest: str
    provenance: Provenance
    round: int
    source: str
    synthetic: bool
    n: int
    left_out: int | None
    undecided: int | None
    min_told: int
    seed: int
    titles: dict[str, str]
    dimensions: dict[str, str]
    constant: list[str]
    levels: list[LevelCount]
    findings: list[Finding]
    availability: Availability
    outliers: list[OutlierRow]
    correlations: Correlations
    consistency: list[Consistency]
    components: list[Components]
    weights: list[WeightRow]
    dimension_weights: list[WeightRow]
    removal: list[RemovalRow]
    scenarios: Scenarios
    bunching: list[BunchingRow]
    agreement: list[AgreementRow]
    chances: Chances | None

    def to_json(self) -> str:
        """The audit as indented JSON."""
        return self.model_dump_json(indent=2) + "\n"
