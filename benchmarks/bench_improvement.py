"""The path to Gold over 500 random cases, and what-if, against the times that a person does not notice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import numpy as np

from benchmarks.table import Row, print_table
from clustermark.analysis.improvement import effort_of, standing_at, what_if
from clustermark.analysis.improvement.path import search_paths, target_level
from clustermark.analysis.improvement.standing import Standing
from clustermark.analysis.improvement.telling import Teller
from clustermark.dossiers.dossier import Dossier
from clustermark.schemes.scheme import Scheme

SAMPLE = Path(__file__).parent.parent / "examples/oka-valley"
CASES = 500
PATH, WHAT_IF = 0.1, 0.005
"""Seconds that a path and a what-if may take."""


def cases(sample: Standing) -> list[Standing]:
    """Values around the edges of each indicator, one in fifty missing; none of them has reached Gold."""
    rng = np.random.default_rng(5)
    found: list[Standing] = []
    while len(found) < CASES:
        quality = rng.uniform(0.6, 2.0)
        values = sample.values.copy()
        for row, scale in enumerate(sample.frame.scales):
            edges = np.sort(scale.edges) if scale.edges else np.array([0.0, 1_000_000.0])
            spread = rng.uniform(quality * edges[0], 1.2 * edges[-1])
            values[row, 0] = np.nan if rng.random() < 0.02 else np.floor(spread)
        standing = sample.with_values(values)
        if standing.level is None:
            found.append(standing)
    return found


def path_times(dossier: Dossier, standings: list[Standing]) -> list[float]:
    """Seconds of each whole path: four plans, proof, words, timeline, or the smallest conflict."""
    scheme = standings[0].scheme
    improvement, target = effort_of(scheme), target_level(standings[0], "gold")
    times = []
    for standing in standings:
        start = perf_counter()
        outcome = search_paths(standing, improvement, target)
        teller = Teller(dossier, standing, improvement, target, view="consensus", as_of=date(2025, 10, 26))
        told = teller.told(outcome, language="en")
        times.append(perf_counter() - start)
        # every plan was decided by the kernel before it was told
        assert told.status == "impossible" or (told.plan is not None and told.plan.level == "gold")
    return times


def what_if_times(standing: Standing) -> list[float]:
    """Seconds of what-ifs on one, two and three facts, and on a rating."""
    times = []
    for number in range(60):
        changes = [
            {"contacted": number},
            {"contacted": number, "committed": 60 + number},
            {"2.4": number % 6},
        ]
        for change in (*changes, {"committed": 60 + number, "team_fte": 5, "has_member_area": True}):
            start = perf_counter()
            what_if(standing, change)
            times.append(perf_counter() - start)
    return times


def run() -> list[Row]:
    """The 95th percentile of the path, the median of what-if."""
    dossier = Dossier.open(SAMPLE)
    sample = standing_at(dossier, Scheme.load("ecei-gold-2013"))
    standings = cases(sample)
    path_times(dossier, standings[:3])
    path = quantiles(path_times(dossier, standings), n=20)[-1]
    change = median(what_if_times(sample))
    return [
        Row(f"path to Gold, p95 of {CASES} random cases (of 0.1 s)", path, PATH, 1, "at most"),
        Row("what-if: points, level and what moved (of 5 ms)", change, WHAT_IF, 1, "at most"),
    ]


if __name__ == "__main__":
    print_table(run())
