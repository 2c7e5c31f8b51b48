"""The parts of the document, each from the drawing, the draws and the scorecard."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from clustermark.analysis.robustness import words
from clustermark.analysis.robustness.bounds import bounds_of
from clustermark.analysis.robustness.case import active
from clustermark.analysis.robustness.drawing import Drawing
from clustermark.analysis.robustness.intervals import wilson
from clustermark.analysis.robustness.level_rules import level_rules
from clustermark.analysis.robustness.result import (
    Averaging,
    BoundsResult,
    Influence,
    LevelProbability,
    MinimumDistance,
    PointsDistance,
    PointsInterval,
    SourceUse,
)
from clustermark.analysis.robustness.sensitivity import sobol_indices
from clustermark.analysis.robustness.sources import SOURCES, TITLES, Tolerances
from clustermark.analysis.robustness.worlds import Outcomes, width_of
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.kernel import point_places
from clustermark.scoring.scorecard import Scorecard

SOBOL_POINTS = 1024


def sources(drawing: Drawing) -> list[SourceUse]:
    """Every source: whether it is on, and how many indicators it can change."""
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


def levels(card: Scorecard, scheme: Scheme, found: Outcomes) -> list[LevelProbability]:
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


def points(found: Outcomes) -> PointsInterval:
    """Quantiles of the points."""
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


def minimums(card: Scorecard, found: Outcomes) -> list[MinimumDistance]:
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


def points_asked(card: Scorecard, scheme: Scheme, found: Outcomes) -> list[PointsDistance]:
    """The distance to what each level asks, for levels that ask points."""
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


def influences(drawing: Drawing) -> list[Influence]:
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


def averaging(card: Scorecard, reach: Tolerances, found: Outcomes) -> Averaging:
    """Whether points would have bought a missed minimum."""
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


def bounds(drawing: Drawing, scheme: Scheme) -> BoundsResult:
    """The exact ends."""
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
