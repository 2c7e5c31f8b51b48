"""What a release says of peers: in how many indicators a cluster surely lies above the median that the gate told."""

from __future__ import annotations

from dataclasses import dataclass

from clustermark.analysis.disclosure import Cell, Hidden
from clustermark.analysis.peers import PeerReport
from clustermark.analysis.peers.groups import group_title
from clustermark.analysis.peers.report import Comparison
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number


@dataclass(frozen=True, slots=True)
class Standing:
    """The indicators for which a median is told, as rows of a figure, and in how many the cluster lies above it.

    The rows tell figures of peers and no value of the cluster: its points are shown with its consent alone.
    """

    above: int
    rows: list[list[str]]


def among_peers(report: PeerReport) -> Standing:
    """The cluster among its peers, by the narrowest group that is told for each indicator."""
    told = [(item, item.peers.median) for item in _indicators(report)]
    rows = [
        _row(item, median, group_title(item.peers.group), item.peers.n)
        for item, median in told
        if isinstance(median, Cell)
    ]
    return Standing(sum(isinstance(median, Cell) and _beyond(item, median) for item, median in told), rows)


def among_leaders(report: PeerReport) -> Standing:
    """The cluster beside the leaders of its sector."""
    told = [(item, item.leaders) for item in _indicators(report) if item.leaders is not None]
    cells = [(item, found, found.median) for item, found in told if not isinstance(found.median, Hidden)]
    rows = [_row(item, median, group_title(found.group), found.n) for item, found, median in cells]
    return Standing(sum(_beyond(item, median) for item, _found, median in cells), rows)


def _indicators(report: PeerReport) -> list[Comparison]:
    return [item for item in report.comparisons if item.kind == "indicator" and item.own is not None]


def _beyond(item: Comparison, median: Cell) -> bool:
    """Whether the own value is better than every value that the range of the median holds."""
    assert item.own is not None  # noqa: S101 - only these are compared
    if item.direction == "down":
        return item.own < median.start
    return median.end is not None and item.own >= median.end


def _row(item: Comparison, median: Cell, group: str, n: int | None) -> list[str]:
    return [
        item.code,
        item.title,
        _("above") if _beyond(item, median) else _("not surely above"),
        _("from {start}").format(start=number(median.start))
        if median.end is None
        else f"{number(median.start)}–{number(median.end)}",
        f"{group}, n = {number(n)}",
    ]
