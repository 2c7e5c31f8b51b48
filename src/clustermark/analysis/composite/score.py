"""Score a table of units under a composite scheme: values, ranks, levels, and what was done on the way."""

from __future__ import annotations

from collections.abc import Iterator

from clustermark.analysis.composite.aggregate import effective_weights
from clustermark.analysis.composite.data import CompositeData
from clustermark.analysis.composite.decide import levels, rounded, settled
from clustermark.analysis.composite.order import competition_ranks
from clustermark.analysis.composite.result import CompositeResult, StepNote, UnitScore
from clustermark.analysis.composite.steps import Steps, rank_units, run_steps
from clustermark.analysis.composite.summary import summarise
from clustermark.ground.exact import half_up
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local
from clustermark.schemes.check_composite import composite_origins
from clustermark.schemes.composite import Composite
from clustermark.schemes.document import SchemeDocument
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.scorecard import Provenance


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
