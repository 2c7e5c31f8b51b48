"""“How robust the result is”."""

from __future__ import annotations

from decimal import Decimal

from clustermark.analysis.robustness import Robustness
from clustermark.analysis.robustness.result import Influence
from clustermark.analysis.robustness.words import percent
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.reports.printed import Figure
from clustermark.reports.section import (
    Column,
    Cut,
    Grid,
    InfluencePicture,
    InfluenceRow,
    Part,
    PointsPicture,
    ProbabilityPicture,
    ProbabilityRow,
    Section,
)
from clustermark.reports.sections.figures import rounded, whole, words
from clustermark.reports.words import NBSP, NOTHING

SHOWN = 8
"""Indicators that decide: what comes after matters little."""


def robustness_section(found: Robustness) -> Section:
    """Findings in words first, then levels, points, what decides, minimums, and how it was made."""
    opening = _(
        "The case was drawn {n} times (seed {seed}), each time with the doubtful numbers behind it a little different."
    )
    return Section(
        key="robustness",
        name=_("Robustness"),
        title=_("How robust the result is"),
        paragraphs=[opening.format(n=number(found.draws), seed=found.seed)],
        parts=[
            Part(title=_("What the draws say"), points=found.findings),
            _levels(found),
            *_points(found),
            *_influences(found),
            *_minimums(found),
            _sources(found),
        ],
    )


def _share(value: float) -> Figure:
    """A share in per cent; its ends are written only when they are meant."""
    return Figure(text=percent(value), value=Decimal(f"{100 * value:.1f}") + 0)


def _levels(found: Robustness) -> Part:
    title = _("How often each level is reached")
    rows = [
        [
            words(level.title),
            _share(level.probability),
            _share(level.low),
            _share(level.high),
            words(_("official result") if level.official else ""),
        ]
        for level in found.levels
    ]
    picture = ProbabilityPicture(
        alt=_(
            "Chart: how often each level came out in the draws, with its interval. The table below holds the same"
            " figures."
        ),
        rows=[
            ProbabilityRow(
                title=level.title,
                official=level.official,
                probability=level.probability,
                low=level.low,
                high=level.high,
                text=_("{share} (official)").format(share=percent(level.probability))
                if level.official
                else percent(level.probability),
            )
            for level in found.levels
        ],
    )
    columns = [
        Column(title=_("Highest level reached"), width=4),
        Column(title=_("Draws, %"), number=True, width=2),
        Column(title=_("95 % from"), number=True, width=2),
        Column(title=_("to"), number=True, width=2),
        Column(title=_("Remark"), width=3),
    ]
    return Part(title=title, pictures=[picture], table=Grid(caption=title, columns=columns, rows=rows))


def _points(found: Robustness) -> list[Part]:
    if not found.max_points:
        return []
    title = _("Points")
    points = found.points
    picture = PointsPicture(
        alt=_(
            "Chart: the interval that holds the points in 95 % of the draws, its middle half and median, beside the"
            " official points and the points that levels ask for. The table below holds the same figures."
        ),
        lowest=points.lowest,
        lower_quartile=points.lower_quartile,
        median=points.median,
        upper_quartile=points.upper_quartile,
        highest=points.highest,
        official=float(found.official_points),
        best=float(found.max_points),
        cuts=[Cut(title=asked.title, needed=float(asked.needed)) for asked in found.points_asked],
    )
    columns = [
        Column(title=_("Figure"), width=5),
        Column(title=_("Points"), number=True, width=2),
        Column(title=_("Official distance"), number=True, width=2),
        Column(title=_("Draws that reach it, %"), number=True, width=3),
    ]
    none = words(NOTHING)
    rows = [[words(_("Official points")), whole(found.official_points), none, none]]
    for label, value in (
        (_("2.5 % of the draws have fewer than"), points.lowest),
        (_("Lower quartile of the draws"), points.lower_quartile),
        (_("Median of the draws"), points.median),
        (_("Upper quartile of the draws"), points.upper_quartile),
        (_("2.5 % of the draws have more than"), points.highest),
    ):
        rows.append([words(label), rounded(value, 1), none, none])
    rows += [
        [
            words(_("Asked for by {level}").format(level=asked.title)),
            whole(asked.needed),
            whole(asked.distance),
            _share(asked.reached),
        ]
        for asked in found.points_asked
    ]
    return [Part(title=title, pictures=[picture], table=Grid(caption=title, columns=columns, rows=rows))]


def _influences(found: Robustness) -> list[Part]:
    """The deciding indicators by Sobol' indices, for the level and for the points."""
    told = []
    for output, title in (("level", _("What decides the level")), ("points", _("What moves the points"))):
        top = [item for item in found.influences if item.output == output][:SHOWN]
        if top:
            told.append(_influence(title, top))
    return told


def _influence(title: str, top: list[Influence]) -> Part:
    columns = [
        Column(title=_("Code"), width=2),
        Column(title=_("Indicator"), width=8),
        Column(title=_("Alone, %"), number=True, width=3),
        Column(title=_("95 % interval"), number=True, width=4),
        Column(title=_("With others, %"), number=True, width=3),
        Column(title=_("95 % interval"), number=True, width=4),
    ]
    rows = [
        [
            words(item.code),
            words(item.title),
            _index(item.first),
            words(_interval(item.first_low, item.first_high)),
            _index(item.total),
            words(_interval(item.total_low, item.total_high)),
        ]
        for item in top
    ]
    picture = InfluencePicture(
        alt=_(
            "Chart: the share of the variance that each indicator decides, alone and together with others, with"
            " intervals. The table below holds the same figures."
        ),
        rows=[InfluenceRow(**item.model_dump(exclude={"output"})) for item in top],
    )
    note = _(
        "Shares of the variance over the draws (Sobol' indices), estimated with 95 % intervals: an estimate of a small"
        " share can fall a little below zero."
    )
    return Part(
        title=title, pictures=[picture], table=Grid(caption=title, columns=columns, rows=rows), notes=[note]
    )


def _index(value: float) -> Figure:
    shown = rounded(100 * value, 1)
    return Figure(text=shown.text + NBSP + "%", value=shown.value)


def _interval(low: float, high: float) -> str:
    return _("{low} to {high}").format(low=_index(low).text, high=_index(high).text)


def _minimums(found: Robustness) -> list[Part]:
    if not found.minimums:
        return []
    title = _("Distance from the minimum requirements")
    columns = [
        Column(title=_("Code"), width=2),
        Column(title=_("Indicator"), width=9),
        Column(title=_("Value"), number=True, width=3),
        Column(title=_("Required"), number=True, width=3),
        Column(title=_("Distance"), number=True, width=3),
        Column(title=_("Draws that meet it, %"), number=True, width=4),
    ]
    rows = [
        [
            words(item.code),
            words(item.title + (f" ({item.unit})" if item.unit else "")),
            whole(item.value),
            whole(item.required),
            whole(item.distance),
            _share(item.met),
        ]
        for item in found.minimums
    ]
    return [Part(title=title, table=Grid(caption=title, columns=columns, rows=rows))]


def _sources(found: Robustness) -> Part:
    title = _("What was varied")
    columns = [
        Column(title=_("Source of doubt"), width=4),
        Column(title=_("Varied"), width=2),
        Column(title=_("Indicators"), number=True, width=3),
        Column(title=_("How"), width=9),
    ]
    rows = [
        [
            words(source.title),
            words(_("yes") if source.on else _("no")),
            whole(source.indicators),
            words(source.words),
        ]
        for source in found.sources
    ]
    return Part(title=title, table=Grid(caption=title, columns=columns, rows=rows), notes=[found.notice])
