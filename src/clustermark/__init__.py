"""Clustermark runs a label for cluster organisations.

Three names are enough to score a dossier:

>>> from clustermark import Dossier, Scheme, assess
>>> card = assess(Dossier.open("examples/oka-valley"), Scheme.load("ecei-silver-2017"))
>>> card.level
'silver'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clustermark.dossiers.dossier import Dossier
    from clustermark.ground.problems import Problem, ProblemsError
    from clustermark.schemes.scheme import Scheme
    from clustermark.scoring.assess import assess
    from clustermark.scoring.scorecard import Scorecard

__all__ = ["Dossier", "Problem", "ProblemsError", "Scheme", "Scorecard", "assess"]

_HOMES = {
    "Dossier": "clustermark.dossiers.dossier",
    "Problem": "clustermark.ground.problems",
    "ProblemsError": "clustermark.ground.problems",
    "Scheme": "clustermark.schemes.scheme",
    "Scorecard": "clustermark.scoring.scorecard",
    "assess": "clustermark.scoring.assess",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that small commands start fast."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
