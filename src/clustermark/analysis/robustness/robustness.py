"""`robustness_of`: one dossier under one scheme, drawn many times."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.portfolio import Portfolio
from clustermark.analysis.robustness import words
from clustermark.analysis.robustness.bounds import bounds_of
from clustermark.analysis.robustness.case import Case, active, case_of
from clustermark.analysis.robustness.draws import uniforms
from clustermark.analysis.robustness.intervals import wilson
from clustermark.analysis.robustness.level_rules import level_rules
from clustermark.analysis.robustness.position import position_of
from clustermark.analysis.robustness.result import (
    Averaging,
    BoundsResult,
    Influence,
    LevelProbability,
    MinimumDistance,
    PointsDistance,
    PointsInterval,
    Robustness,
    SourceUse,
)
from clustermark.analysis.robustness.sensitivity import sobol_indices
from clustermark.analysis.robustness.sources import SOURCES, TITLES, Source, Tolerances, known_sources
from clustermark.analysis.robustness.worlds import Outcomes, outcomes_of, width_of, worlds_of
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import current_language, local
from clustermark.ground.texts import gettext as _
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.explaining import scorecard_of
from clustermark.scoring.kernel import point_places
from clustermark.scoring.score import Scored, score_dossiers
from clustermark.scoring.scorecard import Scorecard
from clustermark.scoring.views import parse_view

CHUNK = 2_048
"""Draws made at a time; results do not depend on it."""

SOBOL_POINTS = 1024

MOST_DRAWS = 1_000_000

Progress = Callable[[int, int], None]
"""Told draws done and draws in all, now and then."""


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


def robustness_of(
    dossier: Dossier,
    scheme: Scheme,
    *,
    as_of: date,
    view: str = "consensus",
    draws: int = 10_000,
    seed: int = 1,
    sources: Collection[str] = SOURCES,
    tolerances: Tolerances | None = None,
    portfolio: Portfolio | None = None,
    progress: Progress | None = None,
) -> Robustness:
    """How far the result of `dossier` under `scheme` can be relied on.

    `sources` names what is varied (all by default), `tolerances` how far. `portfolio` gives the peers: values
    for what is missing, and the group for the position. Texts are in the current language. Raises `ProblemsError` for
    unknown sources or views, for draws outside 1 … 1,000,000, a negative seed, and a composite scheme.
    """
    _check(scheme, draws, seed)
    chosen = parse_view(view, dossier)
    scored = score_dossiers(scheme, [dossier], [chosen], as_of=as_of)
    card = scorecard_of(scored, dossier, chosen, language=current_language())
    return robustness_of_scored(
        scored,
        dossier,
        card,
        draws=draws,
        seed=seed,
        sources=sources,
        tolerances=tolerances,
        portfolio=portfolio,
        progress=progress,
    )


def robustness_of_scored(
    scored: Scored,
    dossier: Dossier,
    card: Scorecard,
    *,
    draws: int = 10_000,
    seed: int = 1,
    sources: Collection[str] = SOURCES,
    tolerances: Tolerances | None = None,
    portfolio: Portfolio | None = None,
    progress: Progress | None = None,
) -> Robustness:
    """As `robustness_of`, for a dossier that has been scored already (`card` is its scorecard)."""
    _check(scored.scheme, draws, seed)
    reach = tolerances or Tolerances()
    case = case_of(scored, dossier, portfolio, reach)
    drawing = Drawing(case, seed, known_sources(sources), reach)
    found = drawing.all(draws)
    position = None
    if portfolio is not None:
        position = position_of(drawing, portfolio, str(card.sector or ""), draws, progress)
    levels = _levels(card, scored.scheme, found)
    points = _points(found)
    influences = _influences(drawing)
    averaging = _averaging(card, reach, found)
    bounds = _bounds(drawing, scored.scheme)
    return Robustness(
        cluster=card.cluster,
        scheme=card.scheme,
        scheme_title=card.scheme_title,
        scheme_digest=card.scheme_digest,
        dossier_digest=card.dossier_digest,
        view=card.view,
        as_of=card.as_of,
        draws=draws,
        seed=seed,
        tolerances=reach,
        official_level=card.level,
        official_title=card.level_title or _("no level"),
        official_points=card.points,
        max_points=card.max_points,
        sources=_sources(drawing),
        findings=words.findings(
            card,
            levels=levels,
            interval=points,
            place=position,
            influences=influences,
            average=averaging,
            ends=bounds,
        ),
        levels=levels,
        points=points,
        position=position,
        minimums=_minimums(card, found),
        points_asked=_points_asked(card, scored.scheme, found),
        influences=influences,
        averaging=averaging,
        bounds=bounds,
        notice=words.notice(),
    )


def _check(scheme: Scheme, draws: int, seed: int) -> None:
    problems = []
    if scheme.document.composite is not None:
        message = _("The scheme {scheme} scores a table of units, not one dossier.").format(scheme=scheme.id)
        problems.append(Problem("scheme-is-composite", message, Place(scheme.source)))
    message = _("The number is not allowed.")
    if not 1 <= draws <= MOST_DRAWS:
        allowed = _("a whole number from {low} to {high}").format(low=1, high=MOST_DRAWS)
        problems.append(Problem("number-not-allowed", message, Place("draws"), str(draws), allowed))
    if not 0 <= seed < 2**64:
        allowed = _("a whole number, not negative")
        problems.append(Problem("number-not-allowed", message, Place("seed"), str(seed), allowed))
    if problems:
        raise ProblemsError(problems)


def _sources(drawing: Drawing) -> list[SourceUse]:
    changed = active(drawing.case, SOURCES, drawing.tolerances)
    return [
        SourceUse(
            source=source,
            title=_(TITLES[source]),
            on=source in drawing.sources,
            indicators=int(rows.sum()),
            words=words.model(source, drawing.tolerances, drawing.case),
        )
        for source, rows in zip(SOURCES, changed, strict=True)
    ]


def _levels(card: Scorecard, scheme: Scheme, found: Outcomes) -> list[LevelProbability]:
    """Lowest first: no level, then the levels of the scheme."""
    n = len(found.level)
    names: list[tuple[str | None, str]] = [(None, _("no level"))]
    names += [(level.level, local(level.title)) for level in scheme.document.levels]
    result = []
    for index, (level, title) in enumerate(names, start=-1):
        hits = int((found.level == index).sum())
        low, high = wilson(hits, n)
        result.append(
            LevelProbability(
                level=level,
                title=title,
                official=level == card.level,
                draws=hits,
                probability=hits / n,
                low=low,
                high=high,
            )
        )
    return result


def _points(found: Outcomes) -> PointsInterval:
    lowest, lower, median, upper, highest = (
        float(x) for x in np.quantile(found.points, [0.025, 0.25, 0.5, 0.75, 0.975])
    )
    return PointsInterval(
        lowest=lowest,
        lower_quartile=lower,
        median=median,
        upper_quartile=upper,
        highest=highest,
        words=words.points(lowest, highest),
    )


def _minimums(card: Scorecard, found: Outcomes) -> list[MinimumDistance]:
    """Closest to the cut first: by how often the draws meet it."""
    result = []
    for row, item in enumerate(card.indicators):
        if not item.minimum or item.required is None:
            continue
        distance = None
        if item.value is not None:
            distance = item.value - item.required if item.direction == "up" else item.required - item.value
        result.append(
            MinimumDistance(
                code=item.code,
                title=item.title,
                unit=item.unit,
                value=item.value,
                required=item.required,
                distance=distance,
                met=1.0 - float(found.missed[row].mean()),
            )
        )
    return sorted(result, key=lambda entry: entry.met)


def _points_asked(card: Scorecard, scheme: Scheme, found: Outcomes) -> list[PointsDistance]:
    try:
        rules = level_rules(scheme)
    except ProblemsError:  # a level rests on single values: it has no one distance in points
        return []
    places = point_places(scheme.document.indicators)
    titles = {level.level: level.title for level in card.levels}
    result = []
    for rule in rules:
        if rule.needed:
            needed = Decimal(rule.needed).scaleb(-places)
            reached = float((found.points >= float(needed)).mean())
            result.append(
                PointsDistance(
                    level=rule.level,
                    title=titles[rule.level],
                    needed=needed,
                    distance=card.points - needed,
                    reached=reached,
                )
            )
    return result


def _influences(drawing: Drawing) -> list[Influence]:
    """Indices of every indicator that anything can change, the greatest total first."""
    case, k = drawing.case, len(drawing.case.scales)
    changed = active(case, drawing.sources, drawing.tolerances)
    groups = {
        row: [source * k + row for source, rows in enumerate(changed) if rows[row]]
        for row in range(k)
        if any(rows[row] for rows in changed)
    }
    indices = sobol_indices(
        drawing.at, list(groups.values()), width_of(case), points=SOBOL_POINTS, seed=drawing.seed
    )
    result = []
    for output, index in zip(("points", "level"), indices, strict=False):
        entries = [
            Influence(
                output=output,  # type: ignore[arg-type]  # one of the two
                code=case.indicators[row].code,
                title=local(case.indicators[row].title),
                first=float(index.first[place]),
                first_low=float(index.first_interval[place, 0]),
                first_high=float(index.first_interval[place, 1]),
                total=float(index.total[place]),
                total_low=float(index.total_interval[place, 0]),
                total_high=float(index.total_interval[place, 1]),
            )
            for place, row in enumerate(groups)
            if not np.isnan(index.total[place])
        ]
        result += sorted(entries, key=lambda entry: -entry.total)
    return result


def _averaging(card: Scorecard, reach: Tolerances, found: Outcomes) -> Averaging:
    share = Decimal(repr(reach.averaging))
    needed = share * card.max_points
    passes = card.max_points > 0 and card.points >= needed
    only = passes and bool(card.minimums_missed)
    drawn = (found.points >= float(needed)) & found.missed.any(axis=0) if card.max_points else np.zeros(1)
    frequency = float(drawn.mean())
    return Averaging(
        share=reach.averaging,
        points_needed=needed,
        would_pass=passes,
        only_by_averaging=only,
        draws_only_by_averaging=frequency,
        words=words.averaging(card, share, needed, passes=passes, only=only, frequency=frequency),
    )


def _bounds(drawing: Drawing, scheme: Scheme) -> BoundsResult:
    worst, best = bounds_of(drawing.case, drawing.sources)
    levels = scheme.document.levels
    return BoundsResult(
        worst_points=worst.points,
        worst_level=levels[worst.level].level if worst.level >= 0 else None,
        best_points=best.points,
        best_level=levels[best.level].level if best.level >= 0 else None,
        words=words.bounds(
            worst.points,
            best.points,
            local(levels[worst.level].title) if worst.level >= 0 else _("no level"),
            local(levels[best.level].title) if best.level >= 0 else _("no level"),
        ),
    )
