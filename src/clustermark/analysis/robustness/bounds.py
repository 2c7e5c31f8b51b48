"""Best and worst: what can follow at most, without any random number and exactly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from clustermark.analysis.robustness.case import Case
from clustermark.scoring.kernel import score
from clustermark.scoring.levels import decide_levels


@dataclass(frozen=True, slots=True)
class Bound:
    """Exact points and the index of the level reached (−1: none) at one end."""

    points: Decimal
    level: int


def bounds_of(case: Case, sources: Collection[str]) -> tuple[Bound, Bound]:
    """The worst and the best end over the sources `missing` and `experts`, as far as they are in `sources`.

    Worst: what is missing stays without evidence, and of several ratings the lowest counts; best: it is in the top
    band, and the highest counts. Points and minimums only grow with bands, so nothing lies outside.
    """
    values = np.repeat(case.official[:, None], 2, axis=1)
    for row, (scale, voice) in enumerate(zip(case.scales, case.voices, strict=True)):
        if "experts" in sources and len(voice):
            said = np.concatenate([voice, case.official[row : row + 1]])
            said = said[~np.isnan(said)]
            low, high = said.min(), said.max()
            values[row] = (high, low) if scale.down else (low, high)
        elif "missing" in sources and np.isnan(case.official[row]):
            top = scale.edges[-1] if scale.edges else scale.required
            values[row, 1] = np.nan if top is None else top
    scores = score(values, case.scales)
    reached = decide_levels(case.scheme, case.columns, values, scores).reached
    worst, best = (
        Bound(Decimal(int(scores.points[end])).scaleb(-case.places), int(reached[end])) for end in (0, 1)
    )
    return worst, best
