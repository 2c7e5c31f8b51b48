"""Where the case stands among the clusters of its sector, in every draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from clustermark.analysis.portfolio import Portfolio
from clustermark.analysis.robustness import words
from clustermark.analysis.robustness.batch import draw_field, field_of, interval_of
from clustermark.analysis.robustness.result import PositionInterval
from clustermark.ground.texts import gettext as _

if TYPE_CHECKING:
    from clustermark.analysis.robustness.drawing import Drawing

LEAST_PEERS = 10
"""Peers from which a position is shown: as many as quartiles need."""

STEPS = 10
"""A position is told in tenths of the group, so that no peer's points can be read off."""


def position_of(
    drawing: Drawing,
    portfolio: Portfolio,
    sector: str,
    draws: int,
    progress: Callable[[int, int], None] | None = None,
) -> PositionInterval:
    """The position of the case among the peers of its sector in the last edition (all, when the sector has too few).

    Weights and edges are the same for all in a draw. Peers are drawn by their own ratings and gaps.
    """
    last = portfolio.of_year(portfolio.editions[-1])
    group, title = last.rows(last.sectors == sector), sector
    if len(group) < LEAST_PEERS:
        group, title = last, _("all sectors")
    if len(group) < LEAST_PEERS:
        text = words.position_hidden(len(group), LEAST_PEERS)
        return PositionInterval(group=title, peers=len(group), best=None, worst=None, words=text)
    case, field = drawing.case, field_of(drawing.case.scheme, group)
    own = np.full((2, len(case.official)), np.nan)
    for row, voice in enumerate(case.voices):
        if len(voice) >= 2:
            own[:, row] = voice[:2]
    everyone = replace(
        field,
        values=np.column_stack([field.values, case.official]),
        ratings=np.concatenate([field.ratings, own[:, :, None]], axis=2),
    )
    counts = draw_field(
        everyone,
        draws=draws,
        seed=drawing.seed,
        sources=drawing.sources,
        tolerances=drawing.tolerances,
        progress=progress,
    )
    best, worst = interval_of(counts, len(group))
    best, worst = floor(best * STEPS + 1e-9) / STEPS, ceil(worst * STEPS - 1e-9) / STEPS
    return PositionInterval(
        group=title, peers=len(group), best=best, worst=worst, words=words.position(best, worst, len(group))
    )
