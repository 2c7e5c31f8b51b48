"""The steps in order, as a composite declares them: from a table of units to scores of nodes and ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from clustermark.analysis.composite.aggregate import aggregate, effective_weights
from clustermark.analysis.composite.data import CompositeData, Floats
from clustermark.analysis.composite.decide import rounded
from clustermark.analysis.composite.denominate import denominate
from clustermark.analysis.composite.impute import impute
from clustermark.analysis.composite.normalise import normalise
from clustermark.analysis.composite.order import competition_ranks
from clustermark.analysis.composite.outranking import copeland_ranks, majority_ranks, outranking_matrix
from clustermark.analysis.composite.screen import enough_data, screen
from clustermark.analysis.composite.treat import treat
from clustermark.schemes.composite import Composite

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
