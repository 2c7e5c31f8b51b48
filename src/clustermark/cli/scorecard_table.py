"""The scorecard in the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from clustermark.cli.tables import table, width
from clustermark.ground.texts import date_text, number
from clustermark.ground.texts import gettext as _
from clustermark.scoring.scorecard import IndicatorScore, Scorecard

EXAMPLE = "°"
"""Set after a number that is an example and not the owner's."""


def scorecard_lines(card: Scorecard) -> Iterator[str]:
    """The scorecard as lines of text: result first, then every indicator, then what is missing."""
    yield card.cluster
    yield _("{scheme} · {view} · reference date {date}").format(
        scheme=card.scheme_title, view=view_words(card.view), date=date_text(card.as_of)
    )
    yield ""
    yield from _result(card)
    if card.indicators:
        yield ""
        yield from _indicators(card)
    yield from _gates(card)
    yield from _levels(card)
    yield ""
    if card.provenance.example_values:
        yield from _wrapped(f"{EXAMPLE} " + card.provenance.notice)
    yield _("scheme {digest}").format(digest=card.scheme_digest)
    yield _("dossier {digest}").format(digest=card.dossier_digest)


def view_words(view: str) -> str:
    """Whose values count, in words: `claim`, `expert:NAME` or `consensus`."""
    if view.startswith("expert:"):
        return _("expert {name}").format(name=view.removeprefix("expert:"))
    return _("claim") if view == "claim" else _("consensus")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, width(), subsequent_indent="  ")


def _result(card: Scorecard) -> Iterator[str]:
    rows = [(_("Level"), card.level_title or _("none"))]
    if card.max_points:
        share = 100 * card.points / card.max_points
        points = _("{points} of {most} ({share} %)")
        rows.append(
            (
                _("Points"),
                points.format(
                    points=number(card.points), most=number(card.max_points), share=number(round(share, 1))
                ),
            )
        )
    minimums = sum(item.minimum for item in card.indicators)
    if minimums:
        met = minimums - len(card.minimums_missed)
        missed = (
            _(" – missed: {codes}").format(codes=", ".join(card.minimums_missed))
            if card.minimums_missed
            else ""
        )
        rows.append((_("Minimums"), _("{met} of {n} met").format(met=met, n=minimums) + missed))
    above = card.significantly_above
    if above.of:
        words = _("{count} of {n} indicators significantly above the required value ({share} %)")
        rows.append((_("Margin"), words.format(count=above.count, n=above.of, share=number(above.share))))
    if card.valid_until:
        rows.append((_("Validity"), _("until {date}, if awarded").format(date=date_text(card.valid_until))))
    yield from table(rows, ("left", "left"))


def _indicators(card: Scorecard) -> Iterator[str]:
    head = (_("Code"), _("Indicator"), _("Value"), _("Required"), _("Band"), _("Points"), "")
    rows = [head, *(_indicator_row(item) for item in card.indicators)]
    lines = table(rows, ("left", "left", "right", "right", "left", "right", "left"), stretch=1)
    yield lines[0]
    yield "─" * max(len(line) for line in lines)
    yield from lines[1:]


def _indicator_row(item: IndicatorScore) -> tuple[str, ...]:
    value = number(item.value, missing=_("not evidenced"))
    if item.value is not None and item.unit == "%":
        value += " %"
    example = (
        EXAMPLE
        if any(origin.of in {"required", "all"} and origin.mark == "example" for origin in item.origin)
        else ""
    )
    sign = "≤ " if item.direction == "down" else ""
    required = "" if item.required is None else f"{sign}{number(item.required)}{example}"
    band = "" if item.band is None else "■" * item.band + "·" * (len(item.bands) - item.band)
    points = number(item.points) if item.scored else ""
    return (item.code, item.title, value, required, band, points, _standing(item))


def _standing(item: IndicatorScore) -> str:
    if item.required_met is False:
        return _("✗ minimum missed") if item.minimum else _("– below required")
    if item.significantly_above:
        return f"+{item.margin}"
    return "" if item.required_met is None else "="


def _gates(card: Scorecard) -> Iterator[str]:
    if card.gates:
        yield ""
        yield _("Conditions")
        for gate in card.gates:
            yield from _marked(gate.met, gate.title, gate.explanation)
            if not gate.met and gate.supply:
                yield from textwrap.wrap(
                    gate.supply, width(), initial_indent="    ", subsequent_indent="    "
                )


def _levels(card: Scorecard) -> Iterator[str]:
    gates = {gate.gate for gate in card.gates}
    for level in card.levels:
        yield ""
        yield f"{level.title}: " + (_("reached") if level.reached else _("not reached"))
        for condition in [*level.met, *level.missed]:
            # gates have been explained above
            explanation = "" if condition.rule in gates else condition.explanation
            yield from _marked(condition.met is True, condition.title, explanation)


def _marked(met: bool, title: str, explanation: str) -> list[str]:
    text = ("✓ " if met else "✗ ") + (f"{title}: {explanation}" if explanation else title)
    return textwrap.wrap(text, width() - 2, initial_indent="  ", subsequent_indent="    ")
