"""Where the case stands among its peers, worked out from what is told of them."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from clustermark.analysis.peers.groups import group_title
from clustermark.analysis.peers.report import Position, narrowest_told, position_in
from clustermark.analysis.robustness import words
from clustermark.analysis.robustness.peers import Peers
from clustermark.analysis.robustness.result import PositionInterval
from clustermark.analysis.robustness.worlds import Outcomes
from clustermark.ground.texts import gettext as _


def position_of(peers: Peers, found: Outcomes) -> PositionInterval:
    """The positions of the draws in the narrowest group that is told, as a benchmark works them out of the points.

    More points never stand lower, so the ends of 95 % of the positions are those of 95 % of the points (order
    statistics: the points of two draws, and nothing between them).
    """
    figures = peers.points[narrowest_told(peers.points)]
    ends = np.quantile(found.points, [0.025, 0.975], method="inverted_cdf").tolist()
    low, high = (position_in(Decimal(repr(points)), figures, "up") for points in ends)
    place = Position(start=low.start, end=high.end) if low.shown and high.shown else low
    group = group_title(figures.group)
    said = words.position(place, group, figures.n, peers.edition)
    if peers.synthetic:
        warning = _("SYNTHETIC DATA: made up by a program.")
        said = f"{said} {warning}"
    return PositionInterval(
        edition=peers.edition,
        synthetic=peers.synthetic,
        group=group,
        n=figures.n,
        place=place,
        words=said,
    )
