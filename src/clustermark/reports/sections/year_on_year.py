"""The change of a cluster over the years as a part of the section on its peers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from clustermark.analysis.peers import Change, YearOnYear
from clustermark.analysis.peers.panel import READING
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.reports.printed import Figure
from clustermark.reports.section import Column, Grid, Part
from clustermark.reports.sections.figures import whole, words
from clustermark.reports.words import NOTHING


def year_on_year_part(split: YearOnYear, units: Mapping[str, str]) -> Part:
    """Points first, then dimensions and indicators; `units` by the indicators' codes, as printed."""
    then, now = split.years
    title = _("The change from {then} to {now}").format(then=then, now=now)
    old, new = split.schemes
    if split.scheme_digests[0] == split.scheme_digests[1]:
        method = _("Both years under {scheme}: the method has no part.").format(scheme=new)
    else:
        sentence = _("{then} under {old}, {now} under {new}; {then} is rescored under {new}.")
        method = sentence.format(then=then, now=now, old=old, new=new)
    columns = [
        Column(title=_("Code"), width=2),
        Column(title=_("Figure"), width=6),
        Column(title=str(then), number=True, width=3),
        Column(title=str(now), number=True, width=3),
        Column(title=_("Change"), number=True, width=4),
        Column(title=_("You"), number=True, width=3),
        Column(title=_("Your peers"), number=True, width=3),
        Column(title=_("The method"), number=True, width=3),
        Column(title=_("Group and n"), width=6),
    ]
    order = ("total", "dimension", "indicator")
    changes = sorted(split.changes, key=lambda change: order.index(change.kind))
    reasons: dict[str, list[str]] = {}
    for change in changes:
        if change.hidden is not None:
            reasons.setdefault(change.hidden.words, []).append(_code(change))
    return Part(
        title=title,
        paragraphs=[method, _(READING)],
        table=Grid(
            caption=title,
            columns=columns,
            rows=[_cells(change, units.get(change.code, "")) for change in changes],
        ),
        notes=[f"{reason} ({', '.join(codes)})" for reason, codes in reasons.items()],
    )


def _code(change: Change) -> str:
    return "Σ" if change.kind == "total" else change.code


def _cells(change: Change, unit: str) -> list[Figure]:
    known = unit if change.kind == "indicator" else ""
    return [
        words(_code(change)),
        words(change.title + (f" ({known})" if known else "")),
        whole(change.own_then),
        whole(change.own_now),
        *(
            _signed(part, change)
            for part in (change.change, change.you, change.your_peers, change.the_method)
        ),
        words(_group(change)),
    ]


def _signed(part: Decimal | None, change: Change) -> Figure:
    if part is None:
        gap = change.hidden is None or change.hidden.reason == "no_value"
        return words(NOTHING if gap else _("hidden"))
    return Figure(text=("+" if part > 0 else "") + number(part), value=part)


def _group(change: Change) -> str:
    if change.group_title is None or change.peers_then is None or change.peers_now is None:
        return NOTHING
    text = _("{group}, n\u00a0=\u00a0{then} and {now}")
    return text.format(
        group=change.group_title, then=number(change.peers_then.n), now=number(change.peers_now.n)
    )
