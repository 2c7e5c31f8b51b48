"""What each level asks of the points, with and without every minimum met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.scheme import Scheme
from clustermark.scoring import rationals
from clustermark.scoring.arrays import Truth
from clustermark.scoring.evaluate import Column
from clustermark.scoring.kernel import point_places
from clustermark.scoring.levels import rule_truth


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A level as a least number of points, in units of 10^−point_places; None: no number of points is enough."""

    level: str
    needed: int | None
    needed_without_minimums: int | None

    @property
    def asks_points(self) -> bool:
        """Whether points matter for the level at all."""
        return self.needed is not None and self.needed > 0


def level_rules(scheme: Scheme) -> list[LevelRule]:
    """The rules of the levels, every gate taken as met.

    Raises `ProblemsError` for a level that rests on anything but points, minimums, gates and lower levels, or
    that more points can take away.
    """
    places = point_places(scheme.document.indicators)
    most = sum(int(item.band_points[-1].scaleb(places)) for item in scheme.document.indicators)
    grid = rationals.Rationals(np.arange(most + 1), np.array([10**places]))
    met, unmet = (_truths(scheme, grid, most, minimums=minimums) for minimums in (1, 0))
    return [
        LevelRule(level.level, _least(scheme, level.level, met), _least(scheme, level.level, unmet))
        for level in scheme.document.levels
    ]


def _truths(scheme: Scheme, grid: rationals.Rationals, most: int, *, minimums: int) -> Mapping[str, Truth]:
    known: dict[str, Column] = {
        "points": grid,
        "max_points": rationals.Rationals(np.array([most]), grid.den),
        "minimums_met": np.array([minimums], np.int8),
        **{gate.gate: np.array([1], np.int8) for gate in scheme.document.gates},
    }
    found: dict[str, Truth] = {}
    for level in scheme.document.levels:
        try:
            truth = rule_truth(scheme, level.when, known, most + 1)
        except KeyError as error:
            message = _(
                "The level {level} rests on {name}; levels of many clusters are decided by points and minimums only."
            ).format(level=level.level, name=error.args[0])
            raise ProblemsError([Problem("level-rule-unsuited", message, Place(scheme.source))]) from None
        found[level.level] = known[level.level] = truth
    return found


def _least(scheme: Scheme, level: str, truths: Mapping[str, Truth]) -> int | None:
    holds = truths[level] == 1
    if not holds.any():
        return None
    first = int(holds.argmax())
    if not holds[first:].all():
        message = _("More points take the level {level} away.").format(level=level)
        raise ProblemsError([Problem("level-rule-unsuited", message, Place(scheme.source))])
    return first
