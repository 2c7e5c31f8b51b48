"""How the scores of a node are spread over the units: shown beside a unit's own score."""

from __future__ import annotations

import numpy as np

from clustermark.analysis.composite.data import Floats
from clustermark.analysis.composite.decide import settled
from clustermark.analysis.composite.moments import mean
from clustermark.analysis.quantiles import quantile
from clustermark.ground.documents import Document, Number


class NodeSummary(Document):
    """One node over the `units` that have a score: mean, quartiles (type 7) and best; null without any."""

    node: str
    units: int
    mean: Number | None
    lower_quartile: Number | None
    median: Number | None
    upper_quartile: Number | None
    best: Number | None


def summarise(node: str, scores: Floats) -> NodeSummary:
    """The summary of one node's scores, one a unit, NaN where missing."""
    there = scores[~np.isnan(scores)]
    quartiles = [quantile(there, share) for share in (0.25, 0.5, 0.75, 1.0)]
    lower, median, upper, best = (None if value is None else settled(value) for value in quartiles)
    return NodeSummary(
        node=node,
        units=len(there),
        mean=settled(mean(there)) if len(there) else None,
        lower_quartile=lower,
        median=median,
        upper_quartile=upper,
        best=best,
    )
