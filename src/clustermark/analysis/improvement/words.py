"""What a step means, in sentences of the current language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from clustermark.analysis.improvement.standing import Standing
from clustermark.analysis.improvement.ways import FactMove
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local, ngettext, number
from clustermark.schemes.document import Indicator
from clustermark.scoring.evaluate import truths
from clustermark.scoring.wording import with_unit


def actions_of(standing: Standing, item: Indicator, target: Decimal, moves: Sequence[FactMove]) -> list[str]:
    """What must be done so that `item` comes to `target`, one sentence each."""
    now = standing.value(item)
    if item.rubric is not None:
        return _ratings(item, now, target)
    if item.checklist is not None and not standing.corrected(item.code):
        return _points(standing, item, now, target)
    if moves:
        return [_move(standing, move) for move in moves]
    return [_plain(standing, item, now, target)]


def _ratings(item: Indicator, now: Decimal | None, target: Decimal) -> list[str]:
    """The descriptor of every rating on the way."""
    first = 1 if now is None else int(now) + 1
    return [
        _("For a rating of {rating}: {words}").format(rating=rating, words=local((item.rubric or [])[rating]))
        for rating in range(first, int(target) + 1)
    ]


def _points(standing: Standing, item: Indicator, now: Decimal | None, target: Decimal) -> list[str]:
    """The points of the checklist that do not hold yet."""
    nodes = standing.scheme.expressions.checklists[item.code]
    open_ = [
        local(point.title)
        for point, node in zip(item.checklist or [], nodes, strict=True)
        if truths(node, standing.columns, 1)[0] != 1
    ]
    wanted = int(target - (now or 0))
    if wanted >= len(open_):
        words = ngettext("Meet this point: {points}.", "Meet these points: {points}.", len(open_))
        return [words.format(points="; ".join(open_))]
    return [
        ngettext("Meet {n} of these points: {points}.", "Meet {n} of these points: {points}.", wanted).format(
            n=wanted, points="; ".join(open_)
        )
    ]


def _move(standing: Standing, move: FactMove) -> str:
    title = local(standing.scheme.document.facts[move.fact].title)
    change = move.new - move.old
    words = (
        _("{title}: {n} more ({old} → {new}).") if change > 0 else _("{title}: {n} fewer ({old} → {new}).")
    )
    return words.format(title=title, n=number(abs(change)), old=number(move.old), new=number(move.new))


def _plain(standing: Standing, item: Indicator, now: Decimal | None, target: Decimal) -> str:
    """Where no single change of records is known: from value to value, and what the dossier does not state."""
    symbol = local(standing.scheme.document.units[item.unit].symbol)
    facts = standing.scheme.document.facts
    absent = [
        local(fact.title)
        for name, fact in facts.items()
        if name in standing.frame.facts_of[item.code] and standing.facts[name] is None
    ]
    wanted = with_unit(target, symbol)
    if now is not None:
        words = _("Bring the value from {old} to {new}.")
        if standing.corrected(item.code):
            words = _("Bring the value from {old}, as the ratings correct it, to {new}.")
        return words.format(old=number(now), new=wanted)
    if absent:
        return _("State {facts}, and reach {new}.").format(facts=", ".join(absent), new=wanted)
    return _("Give evidence, and reach {new}.").format(new=wanted)


def limit_words(at_most: int, years: int) -> str:
    """How much can be begun, in a sentence."""
    words = ngettext(
        "At most {n} indicator a year can be begun, for {years}.",
        "At most {n} indicators a year can be begun, for {years}.",
        at_most,
    )
    return words.format(n=at_most, years=ngettext("{n} year", "{n} years", years).format(n=years))
