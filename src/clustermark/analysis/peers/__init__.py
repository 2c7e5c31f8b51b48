"""Benchmarks: where a cluster stands among its peers, told only through the disclosure gate."""

from clustermark.analysis.peers.edition import Edition, publish
from clustermark.analysis.peers.groups import DEFAULT_LADDER, Attribute
from clustermark.analysis.peers.panel import Change, YearOnYear, compare_years
from clustermark.analysis.peers.report import PeerReport, benchmark

__all__ = [
    "DEFAULT_LADDER",
    "Attribute",
    "Change",
    "Edition",
    "PeerReport",
    "YearOnYear",
    "benchmark",
    "compare_years",
    "publish",
]
