"""The benchmark of a cluster, and its change over the years, as lines for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from decimal import Decimal

from clustermark.analysis.disclosure import Cell, Hidden
from clustermark.analysis.peers import Change, PeerReport, YearOnYear
from clustermark.analysis.peers.panel import READING
from clustermark.analysis.peers.report import Comparison
from clustermark.cli.tables import Align, table, width
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number

NOTHING = "–"


def benchmark_lines(report: PeerReport) -> Iterator[str]:
    """The report: one line a comparison, then the change since another edition where it was asked for."""
    heading = _("{cluster} among its peers, edition {edition}, scheme {scheme}")
    yield heading.format(cluster=report.cluster, edition=report.edition, scheme=report.scheme)
    if report.synthetic:
        yield _("SYNTHETIC DATA: made up by a program.")
    yield ""
    heads = (
        _("code"),
        _("own"),
        _("median"),
        _("quartiles"),
        _("leaders"),
        _("better than"),
        _("n"),
        _("group"),
    )
    aligns: list[Align] = ["left", "right", "right", "right", "right", "right", "right", "left"]
    yield from table([heads, *(_row(comparison) for comparison in report.comparisons)], aligns, stretch=7)
    yield from _reasons(
        figure
        for comparison in report.comparisons
        for figure in (
            comparison.peers.median,
            comparison.peers.lower_quartile,
            comparison.position,
            None if comparison.leaders is None else comparison.leaders.median,
        )
        if isinstance(figure, Hidden)
    )
    if report.year_on_year is not None:
        yield from ("", "")
        yield from year_on_year_lines(report.year_on_year)


def _row(comparison: Comparison) -> tuple[str, ...]:
    peers, place = comparison.peers, comparison.position
    leaders = NOTHING if comparison.leaders is None else _span(comparison.leaders.median)
    return (
        _code(comparison.kind, comparison.code),
        number(comparison.own),
        _span(peers.median),
        f"{_span(peers.lower_quartile)} | {_span(peers.upper_quartile)}",
        leaders,
        _("hidden") if isinstance(place, Hidden) else f"{number(place.start)}–{number(place.end)} %",
        number(peers.n),
        comparison.group_title,
    )


def year_on_year_lines(split: YearOnYear) -> Iterator[str]:
    """The change: points in words first, then one line for the points, each dimension and each indicator."""
    heading = _("The change from {then} to {now}")
    shown = heading.format(then=split.years[0], now=split.years[1])
    yield from (shown, "=" * len(shown))
    old, new = split.schemes
    if split.scheme_digests[0] == split.scheme_digests[1]:
        yield from _wrapped(_("Both years under {scheme}: the method has no part.").format(scheme=new))
    else:
        words = _("{then} under {old}, {now} under {new}; {then} is rescored under {new}.")
        yield from _wrapped(words.format(then=split.years[0], now=split.years[1], old=old, new=new))
    yield ""
    heads = (
        _("code"),
        str(split.years[0]),
        str(split.years[1]),
        _("change"),
        _("you"),
        _("peers"),
        _("method"),
        _("n"),
        _("group"),
    )
    aligns: list[Align] = ["left", *(["right"] * 7), "left"]  # type: ignore[list-item]  # a list of literals
    rows = [
        *(_change_row(change) for change in split.changes if change.kind == "total"),
        *(_change_row(change) for change in split.changes if change.kind == "dimension"),
        *(_change_row(change) for change in split.changes if change.kind == "indicator"),
    ]
    yield from table([heads, *rows], aligns, stretch=8)
    yield ""
    yield from _wrapped(_(READING))
    yield from _reasons(change.hidden for change in split.changes if change.hidden is not None)


def _change_row(change: Change) -> tuple[str, ...]:
    then, now = change.peers_then, change.peers_now
    hidden = change.hidden is not None and change.hidden.reason != "no_value"
    parts = [
        _("hidden") if part is None and hidden else _signed(part)
        for part in (change.change, change.your_peers, change.the_method)
    ]
    you = (
        _("hidden")
        if change.hidden is not None and change.hidden.reason == "not_common"
        else _signed(change.you)
    )
    return (
        _code(change.kind, change.code),
        number(change.own_then),
        number(change.own_now),
        parts[0],
        you,
        *parts[1:],
        NOTHING if then is None or now is None else f"{number(then.n)} | {number(now.n)}",
        change.group_title or NOTHING,
    )


def _signed(value: Decimal | None) -> str:
    text = number(value)
    return f"+{text}" if value is not None and value > 0 else text


def _code(kind: str, code: str) -> str:
    return _("points") if kind == "total" else code


def _span(figure: Cell | Hidden) -> str:
    if isinstance(figure, Hidden):
        return _("hidden")
    return f"{number(figure.start)}–{number(figure.end, missing='')}"


def _reasons(hidden: Iterable[Hidden]) -> Iterator[str]:
    """Why something is hidden, each reason once."""
    reasons = dict.fromkeys(figure.words for figure in hidden)
    if reasons:
        yield ""
    for reason in reasons:
        yield from _wrapped(reason)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, width())
