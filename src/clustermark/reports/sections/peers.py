"""“Where the cluster stands among its peers”: only what the gate of disclosure told, and why the rest is hidden."""

from __future__ import annotations

from collections.abc import Mapping

from clustermark.analysis.disclosure import Cell, Hidden
from clustermark.analysis.peers import PeerReport
from clustermark.analysis.peers.report import Comparison
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import ngettext, number
from clustermark.reports.printed import Figure
from clustermark.reports.section import (
    Bar,
    Column,
    DistributionPicture,
    DistributionRow,
    Grid,
    Part,
    Picture,
    Section,
    Span,
)
from clustermark.reports.sections.figures import whole, words
from clustermark.reports.words import NBSP, NOTHING

ROWS = 11
"""Distributions in one picture: few enough for a picture to find room beside text."""


def peers_section(report: PeerReport, units: Mapping[str, str]) -> Section:
    """Points and dimensions first, then every indicator; `units` by the indicators' codes, as printed."""
    sums = sorted(
        (item for item in report.comparisons if item.kind != "indicator"),
        key=lambda item: item.kind != "total",
    )
    indicators = [item for item in report.comparisons if item.kind == "indicator"]
    opening = _(
        "Own values and peers are those of the edition {edition} of the portfolio. A figure of peers is a range"
        " that holds it, never an exact value; every figure names its group and the number n of clusters in it."
    )
    paragraphs = [opening.format(edition=report.edition)]
    if any(item.leaders is not None for item in report.comparisons):
        paragraphs.append(_("Leaders are the top quarter of the sector by points."))
    if report.synthetic:
        paragraphs.insert(
            0, _("The portfolio is synthetic: it was made up by a program and says nothing of real clusters.")
        )
    return Section(
        key="peers",
        name=_("Peers"),
        title=_("Where the cluster stands among its peers"),
        paragraphs=paragraphs,
        parts=[
            _part(_("Points in all and by dimension"), sums, {}),
            _part(_("Indicator by indicator"), indicators, units),
            *_reasons(report),
        ],
    )


def _part(title: str, comparisons: list[Comparison], units: Mapping[str, str]) -> Part:
    alt = _(
        "Chart: how the peers are spread on each figure, with the middle half, the median, the median of the leaders"
        " and the own value. The table below holds the same figures."
    )
    columns = [
        Column(title=_("Code"), width=2),
        Column(title=_("Figure"), width=7),
        Column(title=_("Own value"), number=True, width=3),
        Column(title=_("Median"), number=True, width=3),
        Column(title=_("Quartiles"), number=True, width=4),
        Column(title=_("Leaders"), number=True, width=3),
        Column(title=_("Better than"), number=True, width=3),
        Column(title=_("Group and n"), width=7),
    ]
    pictured = [comparison for comparison in comparisons if _told(comparison)]
    chunks = [pictured[start : start + ROWS] for start in range(0, len(pictured), ROWS)]
    pictures: list[Picture] = [
        DistributionPicture(alt=alt, rows=[_row(item) for item in chunk]) for chunk in chunks
    ]
    notes = []
    if pictures:
        notes.append(
            _(
                "Each row of the picture has a scale of its own. The coloured shape is taller where more clusters"
                " are; the line in it spans the middle half. Marks of the peers stand in the middle of the range"
                " that is told."
            )
        )
    table = Grid(
        caption=title, columns=columns, rows=[_cells(item, units.get(item.code, "")) for item in comparisons]
    )
    return Part(title=title, pictures=pictures, paragraphs=notes, table=table)


def _told(comparison: Comparison) -> bool:
    peers = comparison.peers
    return not isinstance(peers.histogram, Hidden) or not isinstance(peers.median, Hidden)


def _row(comparison: Comparison) -> DistributionRow:
    peers, leaders = comparison.peers, comparison.leaders
    bars = [] if isinstance(peers.histogram, Hidden) else peers.histogram.bins
    lower, upper = peers.lower_quartile, peers.upper_quartile
    middle = None
    if not isinstance(lower, Hidden) and not isinstance(upper, Hidden):
        middle = Span(start=float(lower.start), end=None if upper.end is None else float(upper.end))
    return DistributionRow(
        code=_code(comparison),
        title=comparison.title,
        own=None if comparison.own is None else float(comparison.own),
        own_text=number(comparison.own),
        bars=[
            Bar(start=float(bar.start), end=None if bar.end is None else float(bar.end), count=bar.count)
            for bar in bars
        ],
        median=_span(peers.median),
        middle=middle,
        leaders=None if leaders is None else _span(leaders.median),
    )


def _code(comparison: Comparison) -> str:
    return "Σ" if comparison.kind == "total" else comparison.code


def _span(figure: Cell | Hidden) -> Span | None:
    if isinstance(figure, Hidden):
        return None
    return Span(start=float(figure.start), end=None if figure.end is None else float(figure.end))


def _cells(comparison: Comparison, unit: str) -> list[Figure]:
    peers, place = comparison.peers, comparison.position
    if isinstance(peers.lower_quartile, Hidden) or isinstance(peers.upper_quartile, Hidden):
        quartiles = _range(peers.lower_quartile)
    else:
        quartiles = f"{_range(peers.lower_quartile)} | {_range(peers.upper_quartile)}"
    better = _hidden() if isinstance(place, Hidden) else f"{number(place.start)}–{number(place.end)}{NBSP}%"
    leaders = comparison.leaders
    return [
        words(_code(comparison)),
        words(comparison.title + (f" ({unit})" if unit else "")),
        whole(comparison.own),
        words(_range(peers.median)),
        words(quartiles),
        words(NOTHING if leaders is None else _range(leaders.median)),
        words(better),
        words(_group(comparison)),
    ]


def _range(figure: Cell | Hidden) -> str:
    if isinstance(figure, Hidden):
        return _hidden()
    if figure.end is None:
        return _("from {start}").format(start=number(figure.start))
    return f"{number(figure.start)}–{number(figure.end)}"


def _hidden() -> str:
    return _("hidden")


def _group(comparison: Comparison) -> str:
    """The group and n of the peers' figures, and those of the leaders where they are told."""
    peers, leaders = comparison.peers, comparison.leaders
    if peers.n is None:
        text = comparison.group_title
    else:
        text = _("{group}, n\u00a0=\u00a0{n}").format(group=comparison.group_title, n=number(peers.n))
    if leaders is not None and leaders.n is not None:
        text += "; " + _("leaders n\u00a0=\u00a0{n}").format(n=number(leaders.n))
    return text


def _reasons(report: PeerReport) -> list[Part]:
    """Why figures are hidden, each reason once with what it hides."""
    hidden: dict[str, list[str]] = {}
    for item in report.comparisons:
        leaders = None if item.leaders is None else item.leaders.median
        for figure in (item.peers.median, item.peers.lower_quartile, item.position, leaders):
            if isinstance(figure, Hidden):
                codes = hidden.setdefault(figure.words, [])
                if (name := item.code or item.title) not in codes:
                    codes.append(name)
    withheld = max((len(item.withheld_groups) for item in report.comparisons), default=0)
    points = [f"{reason} ({', '.join(codes)})" for reason, codes in hidden.items()]
    if withheld:
        points.append(
            ngettext(
                "{n} narrower group is not told; the next wider one stands in for it.",
                "Up to {n} narrower groups are not told; the next wider one stands in for them.",
                withheld,
            ).format(n=number(withheld))
        )
    return [Part(title=_("What is hidden, and why"), points=points)] if points else []
