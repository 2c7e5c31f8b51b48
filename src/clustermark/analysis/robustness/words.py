"""The robustness of a decision in sentences, in the current language."""

from __future__ import annotations

from decimal import Decimal
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from clustermark.analysis.peers.groups import group_title
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import ngettext, number
from clustermark.scoring.scorecard import Scorecard

if TYPE_CHECKING:
    from clustermark.analysis.disclosure import Hidden
    from clustermark.analysis.peers.report import Position
    from clustermark.analysis.robustness.case import Case
    from clustermark.analysis.robustness.result import (
        Averaging,
        BoundsResult,
        Influence,
        LevelProbability,
        PointsInterval,
        PositionInterval,
    )
    from clustermark.analysis.robustness.sources import Source, Tolerances

SOLID, LIKELY = 0.95, 0.75
"""From which probability a result is called solid, or likely: words, not a test."""


def percent(share: float) -> str:
    """A share as per cent with one decimal; the ends are written only when they are meant."""
    shown = Decimal(f"{100 * share:.1f}")
    if shown == 0 and share > 0:
        return _("less than {n}\u00a0%").format(n=number(Decimal("0.1")))
    if shown == 100 and share < 1:
        return _("more than {n}\u00a0%").format(n=number(Decimal("99.9")))
    return _("{n}\u00a0%").format(n=number(shown))


def one_decimal(value: float) -> str:
    """A number with one decimal."""
    return number(Decimal(f"{value:.1f}") + 0)  # + 0: no minus before a zero


def model(source: Source, tolerances: Tolerances, case: Case) -> str:
    """What is done to the numbers for one source."""
    if source == "experts":
        return _(
            "Each indicator that the experts judged takes the value of one of them, chosen at random "
            "with equal chances."
        )
    if source == "measurement":
        return _(
            "A value from a sample (survey, counted sample) is drawn around the measured one with "
            "its sampling error."
        )
    if source == "missing":
        return missing(case)
    if source == "thresholds":
        text = _("The band edges and the required value of an indicator move together by up to {share} %.")
        return text.format(share=one_decimal(100 * tolerances.thresholds))
    text = _(
        "Each indicator weighs up to {share} % more or less; the maximum of all points stays what it is."
    )
    return text.format(share=one_decimal(100 * tolerances.weights))


def missing(case: Case) -> str:
    """Where values come from for what is missing; every group that is drawn from, with its n."""
    gone = [filling.told for filling in compress(case.fillings, np.isnan(case.official).tolist())]
    groups = dict.fromkeys((group_title(told.group), told.n) for told in gone if told is not None)
    if not groups:
        return _("A missing value falls into any band with equal chances.")
    text = _(
        "A missing value is drawn from the distribution told of its peers ({groups}): a cell by its share, and "
        "any value in it alike. Where none is told it falls into any band with equal chances."
    )
    return text.format(groups="; ".join(f"{group}, n = {number(n)}" for group, n in groups))


def points(lowest: float, highest: float) -> str:
    """The interval of the points."""
    text = _("In 95 % of the draws the points lie between {low} and {high}.")
    return text.format(low=one_decimal(lowest), high=one_decimal(highest))


def averaging(
    card: Scorecard, share: Decimal, needed: Decimal, *, passes: bool, only: bool, frequency: float
) -> str:
    """Whether points would have bought a missed minimum."""
    values = {"points": number(card.points), "needed": number(needed), "share": number(100 * share)}
    if not card.max_points:
        return _("The scheme gives no points, so that there is nothing to average.")
    if only:
        text = _(
            "Under pure averaging it would have passed: {points} points are at least {share} % of "
            "all ({needed}); "
            "the missed minimums {codes} would not have counted."
        )
        return text.format(**values, codes=", ".join(card.minimums_missed))
    if passes:
        text = _(
            "Pure averaging changes nothing: {points} points are at least {share} % of all "
            "({needed}), and every minimum is met."
        )
    elif card.minimums_missed:
        text = _(
            "It would not have passed under pure averaging either: {points} points are less than "
            "{share} % of all ({needed})."
        )
    else:
        text = _(
            "Every minimum is met; an average of {share} % of all points ({needed}) would not be "
            "reached with {points}."
        )
    more = _("In {frequency} of the draws points would have bought a missed minimum.")
    return f"{text.format(**values)} {more.format(frequency=percent(frequency))}"


def bounds(worst: Decimal, best: Decimal, worst_level: str, best_level: str) -> str:
    """Both ends."""
    if worst == best and worst_level == best_level:
        return _("Nothing is missing and the experts agree: without other doubts the result is one.")
    text = _(
        "At worst (lowest rating of the experts, missing stays missing) {worst} points and "
        "{worst_level}; at best {best} "
        "points and {best_level}."
    )
    return text.format(worst=number(worst), best=number(best), worst_level=worst_level, best_level=best_level)


def position(place: Position | Hidden, group: str, n: int | None, edition: int) -> str:
    """The position among peers, or why there is none."""
    if not place.shown:
        return _("Position among peers ({group}, {edition}): {why}").format(
            group=group, edition=edition, why=place.words
        )
    text = _(
        "In 95 % of the draws the cluster stands better than at least {low} % and at most {high} % of its "
        "peers ({group}, n = {n}, {edition})."
    )
    return text.format(
        low=number(place.start), high=number(place.end), group=group, n=number(n), edition=edition
    )


def findings(
    card: Scorecard,
    *,
    levels: list[LevelProbability],
    interval: PointsInterval,
    place: PositionInterval | None,
    influences: list[Influence],
    average: Averaging,
    ends: BoundsResult,
) -> list[str]:
    """What a reader should take away, most important first."""
    kept = next(level for level in levels if level.official)
    if kept.probability >= SOLID:
        text = _("The result ({level}) is solid: it stays in {share} of the draws.")
    elif kept.probability >= LIKELY:
        text = _("The result ({level}) is likely but not certain: it stays in {share} of the draws.")
    elif kept.probability > 0.5:
        text = _(
            "The result ({level}) hangs by a thread: it stays in {share} of the draws. Look at what "
            "decides it before relying on it."
        )
    else:
        text = _("Most draws do not give the result ({level}): it stays in {share} of them.")
    found = [text.format(level=kept.title, share=percent(kept.probability))]
    for output, text in (
        ("level", _("What decides the level: {items}.")),
        ("points", _("What moves the points: {items}.")),
    ):
        top = [entry for entry in influences if entry.output == output and entry.total_low > 0][:3]
        if top:
            items = "; ".join(f"{entry.code} {entry.title} ({percent(entry.total)})" for entry in top)
            found.append(text.format(items=items))
    found.append(interval.words)
    edge = sum(item.value is not None and item.value in item.bands for item in card.indicators if item.scored)
    if edge and float(card.points) > interval.highest:
        text = ngettext(
            "The official {points} points lie above nearly all draws: {n} indicator stands exactly "
            "on an edge of its scale, where "
            "doubt can only take points away.",
            "The official {points} points lie above nearly all draws: {n} indicators stand exactly "
            "on an edge of their scale, where "
            "doubt can only take points away.",
            edge,
        )
        found.append(text.format(points=number(card.points), n=number(edge)))
    if place is not None:
        found.append(place.words)
    return [*found, average.words, ends.words]


def notice() -> str:
    """What this is not."""
    return _(
        "These are frequencies of a model in floating point, not a decision: official points and "
        "levels are exact and come "
        "from the scorecard. How far weights and edges may move was declared by who asked, not by "
        "the scheme owner. What no "
        "source describes (a wrong fact in the dossier, an error both experts share) is not in the figures."
    )
