"""A cluster over the years: what of a change is its own, its peers', and the method's.

Old dossiers are rescored under the new scheme, so that the two years can be laid side by side.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from clustermark.analysis.disclosure import Cell, Hidden
from clustermark.analysis.peers.edition import Edition
from clustermark.analysis.peers.groups import ladder_keys
from clustermark.ground.documents import Document, Number


class YearOnYear(Document):
    """The change of a cluster's lead over its peers in points, split into three parts that add up to it.

    Lead: own points less the peers' median. Years t0 < t1; schemes old and new; o own, m the peers' median:

    - `your_points` = o(t1, new) − o(t0, new)
    - `your_peers` = −[m(t1, new) − m(t0, new)]: peers who gain take from the lead
    - `the_method` = [o(t0, new) − m(t0, new)] − [o(t0, old) − m(t0, old)]
    - `change` = [o(t1, new) − m(t1, new)] − [o(t0, old) − m(t0, old)] = the sum of the three, exactly

    A median is the middle of the cell that was told. Where one is withheld the parts that need it are null;
    `your_points` and `method_on_your_points` need none: they add up to `own_change`, that of the own points.
    """

    format: Literal["clustermark-year-on-year/1"] = "clustermark-year-on-year/1"
    cluster: str
    group: str | None
    years: tuple[int, int]
    schemes: tuple[str, str]
    own_change: Number
    your_points: Number
    method_on_your_points: Number
    change: Number | None
    your_peers: Number | None
    the_method: Number | None


def compare_years(old: Edition, rescored: Edition, new: Edition, cluster: str) -> YearOnYear:
    """Split a cluster's change from `old` (old year, old scheme) to `new` (new year, new scheme).

    `rescored` is the old year under the new scheme. The peer group is the narrowest of the new ladder that is
    told in all three. Raises ProblemsError when the cluster is not in both years.
    """
    if (old.year, new.scheme.scheme) != (rescored.year, rescored.scheme.scheme):
        raise ValueError("the rescored edition must be the old year under the new scheme")
    editions = (old, rescored, new)
    own = [_own(edition, cluster) for edition in editions]
    keys = ladder_keys(new.portfolio, new.row_of(cluster), new.ladder)
    group, medians = None, None
    for key in keys:
        told = [_median(edition, key) for edition in editions]
        known = [value for value in told if value is not None]
        if len(known) == len(editions):
            group, medians = key, known
            break
    before, before_new, after = own
    change = peers_part = method_part = None
    if medians is not None:
        peers_before, peers_before_new, peers_after = medians
        change = (after - peers_after) - (before - peers_before)
        peers_part = -(peers_after - peers_before_new)
        method_part = (before_new - peers_before_new) - (before - peers_before)
    return YearOnYear(
        cluster=cluster,
        group=group,
        years=(old.year, new.year),
        schemes=(old.scheme.scheme, new.scheme.scheme),
        own_change=after - before,
        your_points=after - before_new,
        method_on_your_points=before_new - before,
        change=change,
        your_peers=peers_part,
        the_method=method_part,
    )


def _own(edition: Edition, cluster: str) -> Decimal:
    total = edition.compared[-1]
    return Decimal(repr(float(total.values[edition.row_of(cluster)])))


def _median(edition: Edition, group: str) -> Decimal | None:
    """The middle of the cell in which the group's median of points lies; None where it is not told."""
    total = edition.compared[-1]
    figures = edition.figures.get((group, total.name))
    if figures is None or isinstance(figures.median, Hidden):
        return None
    cell: Cell = figures.median
    return cell.start if cell.end is None else (cell.start + cell.end) / 2
