"""A case with its seed: any draw of it, alone or in a run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.robustness.case import Case, case_of
from clustermark.analysis.robustness.draws import uniforms
from clustermark.analysis.robustness.peers import Peers
from clustermark.analysis.robustness.sources import SOURCES, Source, Tolerances, known_sources
from clustermark.analysis.robustness.worlds import Outcomes, outcomes_of, width_of, worlds_of
from clustermark.dossiers.dossier import Dossier
from clustermark.scoring.score import Scored

CHUNK = 2_048
"""Draws made at a time; results do not depend on it."""


@dataclass(frozen=True)
class Drawing:
    """A case with the seed, sources and tolerances of its draws."""

    case: Case
    seed: int
    sources: tuple[Source, ...]
    tolerances: Tolerances

    def draws(self, first: int, count: int) -> Outcomes:
        """The outcomes of the draws `first` … `first + count − 1`."""
        random = uniforms(self.seed, first, count, width_of(self.case))
        return outcomes_of(self.case, worlds_of(self.case, random, self.sources, self.tolerances))

    def draw(self, number: int) -> Outcomes:
        """Draw `number` alone; the same as in any run with this seed."""
        return self.draws(number, 1)

    def all(self, count: int, *, chunk: int = CHUNK) -> Outcomes:
        """The draws 0 … `count` − 1, made in chunks."""
        parts = [self.draws(first, min(chunk, count - first)) for first in range(0, count, chunk)]
        return Outcomes(
            points=np.concatenate([part.points for part in parts]),
            missed=np.concatenate([part.missed for part in parts], axis=1),
            level=np.concatenate([part.level for part in parts]),
        )

    def at(self, random: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points and level, (2, n), at given uniform numbers (n, width)."""
        found = outcomes_of(self.case, worlds_of(self.case, random, self.sources, self.tolerances))
        return np.stack([found.points, found.level.astype(float)])


def drawing_of(
    scored: Scored,
    dossier: Dossier,
    *,
    seed: int = 1,
    sources: Collection[str] = SOURCES,
    tolerances: Tolerances | None = None,
    peers: Peers | None = None,
) -> Drawing:
    """The drawing of the one dossier that was scored. Raises `ProblemsError` for an unknown source."""
    reach = tolerances or Tolerances()
    return Drawing(case_of(scored, dossier, peers, reach), seed, known_sources(sources), reach)


def write_draws(drawing: Drawing, count: int, file: Path) -> None:
    """Write the draws 0 … `count` − 1 as CSV: number, points, highest level (empty: none), minimums missed."""
    found = drawing.all(count)
    indicators = drawing.case.indicators
    levels = [*(level.level for level in drawing.case.scheme.document.levels), ""]
    missed = found.missed.T
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.write("draw,points,level,minimums_missed\n")
        for number in range(count):
            codes = " ".join(indicators[row].code for row in np.flatnonzero(missed[number]))
            level = levels[found.level[number]]
            stream.write(f"{number},{float(found.points[number])!r},{level},{codes}\n")
