"""The statistical audit of a scheme: every part in turn, then the findings in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from clustermark.analysis.audit.availability import availability
from clustermark.analysis.audit.basis import Basis, basis_of
from clustermark.analysis.audit.bunching import bunching
from clustermark.analysis.audit.chances import chances
from clustermark.analysis.audit.components import components
from clustermark.analysis.audit.consistency import consistency
from clustermark.analysis.audit.correlations import correlations
from clustermark.analysis.audit.experts import expert_agreement
from clustermark.analysis.audit.findings import findings_of
from clustermark.analysis.audit.outliers import outliers
from clustermark.analysis.audit.parts import LevelCount
from clustermark.analysis.audit.removal import removal
from clustermark.analysis.audit.result import SchemeAudit
from clustermark.analysis.audit.scenarios import scenarios
from clustermark.analysis.audit.weights import dimension_weights, weights
from clustermark.analysis.portfolio import Portfolio
from clustermark.ground.texts import local
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.explaining import provenance_of

Progress = Callable[[str, int, int], None]
"""Called before each part with its name, its number (from 0) and how many parts there are."""


def audit_scheme(
    scheme: Scheme,
    portfolio: Portfolio,
    *,
    round: int | None = None,  # noqa: A002 - the trade's word for a yearly edition
    seed: int = 1,
    progress: Progress | None = None,
) -> SchemeAudit:
    """Audit one round (default: the last) of a portfolio under a scheme, in the manner of a JRC audit.

    The parts follow OECD/JRC 2008, *Handbook on Constructing Composite Indicators*, steps 3 to 8, and the
    JRC's practice; each module names its sources and limits. `seed` sets the random weights, the bootstrap and
    the draws of levels; the same arguments give the same audit. Words are in the current language. Nothing in
    the result tells of a single cluster. Raises ProblemsError for what `basis_of` and `expert_agreement` refuse.
    """
    basis = basis_of(scheme, portfolio, round)
    parts: dict[str, Callable[[], Any]] = {
        "availability": lambda: availability(basis),
        "outliers": lambda: outliers(basis),
        "correlations": lambda: correlations(basis),
        "consistency": lambda: consistency(basis),
        "components": lambda: components(basis),
        "weights": lambda: weights(basis),
        "dimension_weights": lambda: dimension_weights(basis),
        "removal": lambda: removal(basis),
        "scenarios": lambda: scenarios(basis, seed=seed),
        "bunching": lambda: bunching(basis),
        "agreement": lambda: expert_agreement(basis, seed=seed),
        "chances": lambda: chances(basis, seed=seed),
    }
    found: dict[str, Any] = {}
    for number, (name, part) in enumerate(parts.items()):
        if progress is not None:
            progress(name, number, len(parts))
        found[name] = part()
    audit = SchemeAudit(**_head(basis, seed), findings=[], **found)
    return audit.model_copy(update={"findings": findings_of(audit)})


def _head(basis: Basis, seed: int) -> dict[str, Any]:
    document = basis.scheme.document
    return {
        "scheme": document.scheme,
        "scheme_title": local(document.title),
        "scheme_version": document.version,
        "scheme_digest": basis.scheme.digest,
        "provenance": provenance_of(document),
        "round": basis.year,
        "source": basis.portfolio.source,
        "synthetic": bool(basis.portfolio.synthetic.any()),
        "n": len(basis),
        "left_out": basis.told(basis.left_out),
        "undecided": basis.told(basis.undecided),
        "min_told": basis.least,
        "seed": seed,
        "titles": {item.code: local(item.title) for item in document.indicators},
        "dimensions": {item.code: local(item.title) for item in document.dimensions},
        "constant": _constant(basis),
        "levels": _levels(basis),
    }


def _constant(basis: Basis) -> list[str]:
    """Indicators that give every cluster that has a value the same points."""
    columns = {basis.codes[j]: basis.points[:, j] for j in basis.scored if not basis.few[j]}
    known = {code: column[~np.isnan(column)] for code, column in columns.items()}
    return [code for code, points in known.items() if len(points) and np.ptp(points) == 0]


def _levels(basis: Basis) -> list[LevelCount]:
    return [
        LevelCount(
            level=level.level,
            title=local(level.title),
            count=count,
        )
        for level, count in zip(basis.scheme.document.levels, basis.level_counts, strict=True)
    ]
