"""A scored table of units in the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from clustermark.analysis.composite.result import CompositeResult, UnitScore
from clustermark.analysis.composite.score import composite_of
from clustermark.analysis.composite.wording import note_text
from clustermark.cli.tables import Align, table, width
from clustermark.ground.exact import half_up
from clustermark.ground.texts import current_language, local, ngettext, number
from clustermark.ground.texts import gettext as _
from clustermark.schemes.composite import Composite
from clustermark.schemes.scheme import Scheme


def composite_lines(scheme: Scheme, result: CompositeResult) -> Iterator[str]:
    """The result as lines of text: units by rank, how the scores are spread, what was done, provenance."""
    composite = composite_of(scheme)
    yield local(scheme.document.title)
    yield ""
    yield from _units(composite, result)
    yield ""
    yield from _summary(composite, result)
    for note in result.notes:
        yield from textwrap.wrap(
            note_text(note.code, about=note.about, count=note.count),
            width(),
            initial_indent="– ",
            subsequent_indent="  ",
        )
    yield ""
    yield from textwrap.wrap(result.provenance.notice, width())
    examples = result.provenance.example_values
    if examples:
        words = ngettext(
            "{n} statement of this scheme is an example, not the owner's.",
            "{n} statements of this scheme are examples, not the owner's.",
            examples,
        )
        yield words.format(n=examples)
    yield _("scheme {digest}").format(digest=result.scheme_digest)


def _shown(value: Decimal | None, decimals: int) -> str:
    """A score with exactly as many decimals as the index has."""
    if value is None:
        return number(None)
    point = "." if current_language() == "en" else ","
    whole, _point, fraction = number(half_up(Fraction(value), decimals)).partition(point)
    return whole + (point + fraction.ljust(decimals, "0") if decimals else "")


def _units(composite: Composite, result: CompositeResult) -> Iterator[str]:
    nodes = [node.code for node in composite.nodes if node.parent == composite.root.code]
    titles = {cut.level: local(cut.title) for cut in composite.cuts}
    head = [
        _("Rank"),
        _("Unit scored"),
        local(composite.root.title),
        *nodes,
        *([_("Level")] if titles else []),
    ]
    rows = [head]
    for unit in sorted(result.units, key=_place):
        scores = [_shown(unit.scores.get(code), result.decimals) for code in nodes]
        level = [titles.get(unit.level or "", "–")] if titles else []
        rows.append([_rank(unit), unit.name, _shown(unit.index, result.decimals), *scores, *level])
    aligns: list[Align] = ["right"] * len(head)
    aligns[1] = "left"
    if titles:
        aligns[-1] = "left"
    lines = table(rows, aligns, stretch=1)
    yield lines[0]
    yield "─" * max(len(line) for line in lines)
    yield from lines[1:]


def _place(unit: UnitScore) -> tuple[bool, int]:
    return unit.rank is None, unit.rank or 0


def _rank(unit: UnitScore) -> str:
    if unit.rank is not None:
        return str(unit.rank)
    return _("left out") if unit.left_out else "–"


def _summary(composite: Composite, result: CompositeResult) -> Iterator[str]:
    titles = {node.code: local(node.title) for node in composite.nodes}
    rows = [
        [_("Node"), _("Units"), _("Mean"), _("Lower quartile"), _("Median"), _("Upper quartile"), _("Best")]
    ]
    for item in result.summary:
        figures = (item.mean, item.lower_quartile, item.median, item.upper_quartile, item.best)
        rows.append(
            [titles[item.node], str(item.units), *(_shown(figure, result.decimals) for figure in figures)]
        )
    aligns: list[Align] = ["right"] * len(rows[0])
    aligns[0] = "left"
    yield from table(rows, aligns, stretch=0)
