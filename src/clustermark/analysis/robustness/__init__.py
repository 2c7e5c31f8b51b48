"""Robustness: how far a decision would stand if the doubtful numbers behind it had been a little different.

`robustness_of` draws one dossier many times; `draw_field` draws many clusters together, with ranks. Models, estimators
and limits are in `docs/robustness.md`. Nothing here decides: official points and levels are exact and come from the
scorecard.
"""

from clustermark.analysis.robustness.batch import draw_field, field_of, interval_of
from clustermark.analysis.robustness.batch_plan import Counts, Field
from clustermark.analysis.robustness.drawing import Drawing, drawing_of, write_draws
from clustermark.analysis.robustness.peers import Peers, peers_of
from clustermark.analysis.robustness.result import Robustness
from clustermark.analysis.robustness.robustness import robustness_of, robustness_of_scored
from clustermark.analysis.robustness.sources import SOURCES, Source, Tolerances

__all__ = [
    "SOURCES",
    "Counts",
    "Drawing",
    "Field",
    "Peers",
    "Robustness",
    "Source",
    "Tolerances",
    "draw_field",
    "drawing_of",
    "field_of",
    "interval_of",
    "peers_of",
    "robustness_of",
    "robustness_of_scored",
    "write_draws",
]
