"""The one gate in front of every figure about peers. `docs/disclosure.md` states what it guarantees.

Values are coarsened to cells of a declared grid before anything is computed; groups are shown only when
every set that can be put together from shown groups, of all dates, is empty or large enough.
"""

from clustermark.analysis.disclosure.atoms import Atoms
from clustermark.analysis.disclosure.figures import Bin, Cell, Figure, Figures, Hidden, Histogram
from clustermark.analysis.disclosure.grid import Grid, declared_grid
from clustermark.analysis.disclosure.ledger import Ledger, Publication
from clustermark.analysis.disclosure.policy import Policy
from clustermark.analysis.disclosure.release import Family, Group, Variable, release

__all__ = [
    "Atoms",
    "Bin",
    "Cell",
    "Family",
    "Figure",
    "Figures",
    "Grid",
    "Group",
    "Hidden",
    "Histogram",
    "Ledger",
    "Policy",
    "Publication",
    "Variable",
    "declared_grid",
    "release",
]
