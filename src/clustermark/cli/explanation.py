"""The road of one indicator in the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from clustermark.cli.scorecard_table import view_words
from clustermark.cli.tables import table, width
from clustermark.ground.texts import date_text, local, ngettext, number
from clustermark.ground.texts import gettext as _
from clustermark.reports.words import ORIGIN_FIELDS
from clustermark.scoring.records import Record
from clustermark.scoring.road import FactRoad, Road
from clustermark.scoring.scorecard import Statement
from clustermark.scoring.wording import truth_or_number, with_unit

_SHOWN = 200
"""Records listed for each fact; what is left out is counted."""


def explanation_lines(road: Road) -> Iterator[str]:
    """The road as lines: what counts, records, facts, formula, band, required value, next band."""
    score = road.score
    yield f"{score.code} {score.title}"
    yield _("{scheme} · {view} · reference date {date}").format(
        scheme=road.card.scheme_title, view=view_words(road.card.view), date=date_text(road.card.as_of)
    )
    yield from textwrap.wrap(road.counts, width())
    for fact in road.facts:
        yield ""
        yield from _fact(fact)
    if score.checklist:
        yield ""
        yield _("Checklist")
        signs = {True: "✓", False: "✗", None: "?"}
        yield from (f"  {signs[point.holds]} {point.title}" for point in score.checklist)
    if score.statements:
        yield ""
        yield _("What was said")
        for statement in score.statements:
            yield from _statement(statement)
    yield ""
    yield _("Result")
    if score.formula:
        yield f"  {score.formula}"
    yield from _indent(score.explanation)
    if score.band_words:
        yield from _indent(score.band_words)
    yield from _next_band(road)
    if score.evidence:
        yield _("Evidence")
        yield from (f"  {item.evidence_id}  {item.title} ({item.file})" for item in score.evidence)
    for origin in score.origin:
        if origin.mark == "example":
            yield _("  ° {what}: example value, not the owner's").format(
                what=_(ORIGIN_FIELDS.get(origin.of, origin.of))
            )


def _indent(text: str) -> list[str]:
    return textwrap.wrap(text, width(), initial_indent="  ", subsequent_indent="  ")


def _fact(road: FactRoad) -> Iterator[str]:
    yield f"{road.fact.title}: {truth_or_number(road.fact.value)}"
    yield f"  {road.fact.fact} = {road.expression}  [{road.source}]"
    if not road.stated:
        yield _("  The dossier does not state this table.")
        return
    counted = [record for record in road.records if record.counts]
    others = [record for record in road.records if not record.counts]
    words = ngettext("{n} record counts", "{n} records count", len(counted)).format(n=len(counted))
    yield f"  {words}"
    yield from _records(counted)
    if others:
        words = ngettext("{n} record does not count", "{n} records do not count", len(others)).format(
            n=len(others)
        )
        yield f"  {words}"
        yield from _records(others)


def _records(records: Sequence[Record]) -> Iterator[str]:
    if not records:
        return
    head = [_("row"), *records[0].shown, ""]
    rows = [[str(item.row), *item.shown.values(), item.why or ""] for item in records[:_SHOWN]]
    lines = table([head, *rows], ["right", *["left" for _column in head[1:]]], stretch=len(head) - 1)  # type: ignore[list-item]  # the literal is lost in the list
    yield from (f"    {line}" for line in lines)
    if len(records) > _SHOWN:
        yield _("    … and {n} more").format(n=len(records) - _SHOWN)


def _statement(statement: Statement) -> list[str]:
    who = {"claim": _("Claim"), "expert": statement.rater or _("Expert"), "consensus": _("Consensus")}[
        statement.view
    ]
    said = statement.rating if statement.value is None else statement.value
    parts = [] if said is None else [number(said)]
    text = f"{who}: " + " – ".join([*parts, *([statement.reason] if statement.reason else [])])
    if statement.evidence:
        text += f" [{', '.join(statement.evidence)}]"
    return _indent(text)


def _next_band(road: Road) -> Iterator[str]:
    score = road.score
    if score.next_edge is None or score.band is None:
        return
    edge = with_unit(score.next_edge, score.unit)
    if road.gap is None:
        words = _("Band {band} needs {edge}.").format(band=score.band + 1, edge=edge)
    elif score.direction == "down":
        words = _("Band {band} needs {edge} or less: {gap} less than now.").format(
            band=score.band + 1, edge=edge, gap=number(road.gap)
        )
    else:
        words = _("Band {band} needs {edge}: {gap} more than now.").format(
            band=score.band + 1, edge=edge, gap=number(road.gap)
        )
    yield from _indent(words)
    if road.indicator.rubric:
        yield from _indent(
            _("Described as: {words}").format(words=local(road.indicator.rubric[score.band + 1]))
        )
    elif road.indicator.advice:
        yield from _indent(local(road.indicator.advice))
