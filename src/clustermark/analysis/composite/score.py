"""All steps of a composite in order: from a table of units to values, ranks and levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from clustermark.analysis.composite.aggregate import aggregate, effective_weights
from clustermark.analysis.composite.data import CompositeData, Floats
from clustermark.analysis.composite.decide import levels, rounded, settled
from clustermark.analysis.composite.denominate import denominate
from clustermark.analysis.composite.impute import impute
from clustermark.analysis.composite.normalise import normalise
from clustermark.analysis.composite.order import competition_ranks
from clustermark.analysis.composite.outranking import copeland_ranks, majority_ranks, outranking_matrix
from clustermark.analysis.composite.screen import enough_data, screen
from clustermark.analysis.composite.summary import NodeSummary, summarise
from clustermark.analysis.composite.treat import treat
from clustermark.ground.documents import Document, Number
from clustermark.ground.exact import half_up
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local
from clustermark.schemes.check_composite import composite_origins
from clustermark.schemes.composite import Composite
from clustermark.schemes.document import SchemeDocument
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.scorecard import Provenance

Step = Literal["denominated", "imputed", "screened", "treated", "normalised"]


@dataclass(frozen=True)
class Steps:
    """The data after each step, and the scores of all nodes (floats, one value a unit screened in)."""

    after: Mapping[Step, CompositeData]
    scores: Mapping[str, Floats]

    @property
    def normalised(self) -> CompositeData:
        """The data of the last step before aggregation."""
        return self.after["normalised"]


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


def run_steps(composite: Composite, data: CompositeData) -> Steps:
    """Every step from denominators to the index. Raises `ProblemsError` for values a scale cannot take."""
    denominated = denominate(data.select(composite.codes), composite.indicators)
    imputed = impute(denominated, composite.imputation)
    screened = imputed
    if composite.screening is not None:
        before = composite.screening.counted == "before_imputation"
        screened = screen(imputed, enough_data(denominated if before else imputed, composite.screening))
    treated = screened
    if composite.treatment is not None:
        treated = treat(screened, composite.treatment, composite.indicators)
    normalised = normalise(treated, composite)
    return Steps(
        after={
            "denominated": denominated,
            "imputed": imputed,
            "screened": screened,
            "treated": treated,
            "normalised": normalised,
        },
        scores=aggregate(normalised, composite),
    )


def rank_units(composite: Composite, steps: Steps) -> list[int | None]:
    """The ranks of the units screened in, by the declared ranking; units without index are unranked."""
    index = rounded(steps.scores[composite.root.code], composite.decimals)
    if composite.ranking == "value":
        return competition_ranks(index)
    weights = effective_weights(composite)
    there = np.array([score is not None for score in index], dtype=np.bool_)
    data = steps.normalised.only(there)
    support = outranking_matrix(data, [weights[code] for code in data.codes])
    by_pairs = iter(copeland_ranks(support) if composite.ranking == "copeland" else majority_ranks(support))
    return [next(by_pairs) if ranked else None for ranked in there]


def composite_of(scheme: Scheme) -> Composite:
    """The composite section of a scheme; raises `ProblemsError` for a scheme without one."""
    if scheme.document.composite is None:
        message = _("The scheme {scheme} scores one dossier at a time, not a table of units.").format(
            scheme=scheme.id
        )
        raise ProblemsError([Problem("scheme-not-composite", message, Place(scheme.source))])
    return scheme.document.composite


def score_table(scheme: Scheme, table: CompositeData) -> CompositeResult:
    """Score every unit of a table under a composite scheme.

    Raises `ProblemsError` for a scheme without a composite section and for values a scale cannot take,
    ValueError for a table without one of the indicators, KeyError for one without a denominator or group.
    """
    composite = composite_of(scheme)
    steps = run_steps(composite, table)
    scored = {score.unit: score for score in _unit_scores(composite, steps)}
    return CompositeResult(
        scheme=scheme.id,
        scheme_version=scheme.document.version,
        scheme_digest=scheme.digest,
        index=composite.root.code,
        decimals=composite.decimals,
        units=[
            scored.get(unit) or _left_out(unit, name)
            for unit, name in zip(table.units, table.names, strict=True)
        ],
        summary=[summarise(code, column) for code, column in steps.scores.items()],
        effective_weights={code: half_up(share, 12) for code, share in effective_weights(composite).items()},
        notes=[
            StepNote(step=note.step, code=note.code, about=note.about, count=note.count)
            for note in steps.normalised.notes
        ],
        provenance=_provenance(scheme.document),
    )


def _provenance(document: SchemeDocument) -> Provenance:
    marks = [origin.mark for _path, origins in composite_origins(document) for origin in origins.values()]
    return Provenance(
        endorsed=document.owner.endorsed,
        notice=local(document.notice),
        example_values=marks.count("example"),
        owner=document.owner.name,
    )


def _unit_scores(composite: Composite, steps: Steps) -> Iterator[UnitScore]:
    data = steps.normalised
    index = rounded(steps.scores[composite.root.code], composite.decimals)
    ranks = rank_units(composite, steps)
    held = levels(index, composite.cuts)
    nodes = {code: [settled(score) for score in column] for code, column in steps.scores.items()}
    columns = nodes | {code: [settled(score) for score in data.column(code)] for code in data.codes}
    places = {
        code: competition_ranks(scores) for code, scores in nodes.items() if code != composite.root.code
    }
    for row, unit in enumerate(data.units):
        cut = held[row]
        yield UnitScore(
            unit=unit,
            name=data.names[row],
            index=index[row],
            rank=ranks[row],
            level=cut.level if cut else None,
            left_out=False,
            scores={code: column[row] for code, column in columns.items()},
            ranks={code: column[row] for code, column in places.items()},
        )


def _left_out(unit: str, name: str) -> UnitScore:
    return UnitScore(
        unit=unit, name=name, index=None, rank=None, level=None, left_out=True, scores={}, ranks={}
    )
