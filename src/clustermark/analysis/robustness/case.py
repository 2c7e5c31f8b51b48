"""One case made ready for drawing: the official values, and what each source can put in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.robustness.filling import Filling, from_bands, from_told
from clustermark.analysis.robustness.peers import Peers
from clustermark.analysis.robustness.sources import Tolerances
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.exact import half_up
from clustermark.schemes.document import Indicator
from clustermark.schemes.expressions import names
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.evaluate import Column
from clustermark.scoring.kernel import Scale, point_places, scale_of
from clustermark.scoring.score import Scored
from clustermark.scoring.values import columns_of
from clustermark.scoring.views import ScoredView, experts, said

Floats = NDArray[np.float64]

SURVEY_VIEW = "last_survey"
"""The standard view whose facts come from a sample of the participants."""


@dataclass(frozen=True)
class Case:
    """k indicators of one dossier, in units of 10^−decimals.

    `official` (k,), NaN where missing; `voices[j]` the values the experts gave (empty where nobody rated or
    corrected); `errors` (k,) standard errors of sampled values, 0 where there is none; `fillings[j]` what is
    drawn from where the own one is missing; `movable` (k,) whether the edges are numbers that could have been set
    a little higher or lower (not for rubrics and checklists, whose steps are descriptions).
    """

    scheme: Scheme
    scales: tuple[Scale, ...]
    places: int
    official: Floats
    voices: tuple[Floats, ...]
    errors: Floats
    fillings: tuple[Filling, ...]
    movable: NDArray[np.bool_]
    columns: Mapping[str, Column]

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators of the scheme, in its order."""
        return self.scheme.document.indicators


def case_of(scored: Scored, dossier: Dossier, peers: Peers | None, tolerances: Tolerances) -> Case:
    """The case of the one dossier that was scored; what is told of its `peers` stands in for what is missing."""
    indicators = scored.scheme.document.indicators
    places = point_places(indicators)
    official = scored.values[:, 0].copy()
    scales = tuple(scale_of(item, places) for item in indicators)
    return Case(
        scheme=scored.scheme,
        scales=scales,
        places=places,
        official=official,
        voices=tuple(_voices(scored, dossier, row) for row in range(len(indicators))),
        errors=np.array([_error(scored, dossier, row, tolerances) for row in range(len(indicators))]),
        fillings=tuple(_filling(item, scale, peers) for item, scale in zip(indicators, scales, strict=True)),
        movable=np.array([item.scale == "measure" for item in indicators]),
        columns=columns_of(scored.scheme, scored.facts),
    )


def _units(value: Decimal, decimals: int) -> float:
    return float(int(half_up(Fraction(value), decimals).scaleb(decimals)))


def _voices(scored: Scored, dossier: Dossier, row: int) -> Floats:
    """What each expert says of an indicator; an expert who states no value lets the records stand."""
    item = scored.scheme.document.indicators[row]
    found: list[float] = []
    stated = False
    for name in experts(dossier):
        statement = said(dossier, ScoredView("expert", name)).get(item.code)
        value = None if statement is None else statement.rating if item.scale == "rubric" else statement.value
        stated |= value is not None
        if value is not None:
            found.append(_units(value, item.decimals))
        elif item.scale != "rubric":
            found.append(float(scored.values[row, 0]))
    return np.array(found if stated else [])


def _error(scored: Scored, dossier: Dossier, row: int, tolerances: Tolerances) -> float:
    """The standard error of a sampled value, in units; 0 where nothing was sampled or it cannot be known."""
    item = scored.scheme.document.indicators[row]
    value = float(scored.values[row, 0])
    if np.isnan(value):
        return 0.0
    unit = 10.0**item.decimals
    size = tolerances.sampled.get(item.code)
    if size is not None:
        share = min(1.0, max(0.0, value / unit / 100))
        return float(100 * np.sqrt(share * (1 - share) / size) * unit)
    node = scored.scheme.expressions.measures.get(item.code)
    facts = scored.scheme.document.facts
    if node is None or not any(facts[name].from_ == SURVEY_VIEW for name in names(node) if name in facts):
        return 0.0
    return survey_error(dossier, scored.as_of) * unit


def survey_error(dossier: Dossier, as_of: date) -> float:
    """The standard error of the mean of all answers of the last survey, in points of its scale.

    Respondents, not answers, were sampled: the mean is a ratio (sum of scores over number of answers) of sums
    over respondents, its variance is linearised and multiplied by 1 − n/N, N invited (Cochran, *Sampling
    Techniques*, 3rd ed., ch. 6). 0 with fewer than two respondents.
    """
    held = [
        row.values
        for row in dossier.rows("surveys")
        if isinstance(day := row.values.get("held_on"), date) and day <= as_of
    ]
    if not held:
        return 0.0
    last = max(held, key=lambda values: str(values["held_on"]))
    sums: dict[object, list[float]] = {}
    for row in dossier.rows("survey_answers"):
        score = row.values.get("score")
        if row.values.get("survey_id") == last.get("survey_id") and isinstance(score, int | Decimal):
            entry = sums.setdefault(row.values.get("respondent"), [0.0, 0.0])
            entry[0] += float(score)
            entry[1] += 1
    table = np.array(list(sums.values()))
    count = len(table)
    if count < 2:
        return 0.0
    rest = table[:, 0] - table[:, 0].sum() / table[:, 1].sum() * table[:, 1]
    invited = last.get("invited")
    population = float(invited) if isinstance(invited, int) and invited >= count else np.inf
    variance = (rest**2).sum() / (count - 1) / count / table[:, 1].mean() ** 2 * (1 - count / population)
    return float(np.sqrt(variance))


def _filling(item: Indicator, scale: Scale, peers: Peers | None) -> Filling:
    """From the narrowest group whose distribution is told, else from the bands."""
    for figures in peers.indicators.get(item.code, []) if peers is not None else []:
        if (found := from_told(figures, item.decimals)) is not None:
            return found
    return from_bands(scale)


def active(case: Case, sources: Sequence[str], tolerances: Tolerances) -> list[NDArray[np.bool_]]:
    """For each source in the order of `SOURCES`, the indicators (k,) that it can change."""
    differ = np.array([len(set(voice.tolist())) > 1 for voice in case.voices])
    scored = np.array([any(scale.points) for scale in case.scales])
    gone = np.isnan(case.official) & np.array([len(found) > 0 for found in case.fillings])
    return [
        differ & ("experts" in sources),
        (case.errors > 0) & ("measurement" in sources),
        gone & ("missing" in sources),
        case.movable & ("thresholds" in sources) & (tolerances.thresholds > 0),
        scored & ("weights" in sources) & (tolerances.weights > 0),
    ]
