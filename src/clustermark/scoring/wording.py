"""The words of a scorecard: explanations of values, gates and levels in the current language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local, ngettext, number
from clustermark.schemes.check import parts_of
from clustermark.schemes.document import AllOf, AtLeast, Indicator, Rule, SchemeDocument
from clustermark.schemes.expressions import Node
from clustermark.schemes.expressions.nodes import Call, Comparison, Constant, Name, conjuncts
from clustermark.schemes.expressions.writing import to_text
from clustermark.scoring.scorecard import ChecklistPoint, FactValue


def with_unit(value: Decimal | int | None, symbol: str) -> str:
    """A value with its unit: 70.5 %."""
    return number(value) if not symbol else f"{number(value)} {symbol}"


def fact_words(facts: Sequence[FactValue]) -> dict[str, str]:
    """Fact name → its value as it stands in a formula."""
    return {fact.fact: truth_or_number(fact.value) for fact in facts}


def truth_or_number(value: Decimal | int | bool | None) -> str:
    """A fact's value in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return number(value, missing=_("missing"))


def explain_value(
    indicator: Indicator,
    value: Decimal | None,
    *,
    value_from: str,
    facts: Sequence[FactValue],
    points: Sequence[ChecklistPoint],
    node: Node | None,
) -> str:
    """Where the value comes from: the formula with numbers, the checklist, or the rating."""
    if value is None:
        return _missing_words(indicator, facts, points)
    shown = number(value)
    if value_from == "records":
        if node is not None:
            return f"{to_text(node, fact_words(facts))} = {shown}."
        held = sum(point.holds is True for point in points)
        unknown = sum(point.holds is None for point in points)
        text = _("{held} of {n} points hold.").format(held=held, n=len(points))
        if unknown:
            text += " " + _("Not stated: {n}.").format(n=unknown)
        return text
    who = {"claim": _("the claim"), "expert": _("the expert"), "consensus": _("the consensus")}[value_from]
    if indicator.scale == "rubric":
        return _("Rated {value} by {who}.").format(value=shown, who=who)
    return _("Corrected to {value} by {who}.").format(value=shown, who=who)


def _missing_words(indicator: Indicator, facts: Sequence[FactValue], points: Sequence[ChecklistPoint]) -> str:
    if indicator.scale == "rubric":
        return _("Not evidenced: there is no rating in this view.")
    absent = [fact.title for fact in facts if fact.value is None]
    if absent:
        return _("Not evidenced: the dossier does not state {facts}.").format(facts=", ".join(absent))
    if points:
        return _("Not evidenced: the dossier states none of the points.")
    return _("Not evidenced: the value cannot be computed (division by zero).")


def explain_standing(
    indicator: Indicator, symbol: str, *, band: int | None, margin: int | None, met: bool | None
) -> str:
    """Band, and how the value stands to the required value."""
    parts = []
    if band is not None and indicator.bands:
        parts.append(_band_words(indicator, symbol, band))
    if indicator.required is not None:
        needed = with_unit(indicator.required, symbol)
        if not met:
            parts.append(_("Required value {value}: missed.").format(value=needed))
        elif margin:
            above = ngettext("{n} band above", "{n} bands above", margin).format(n=margin)
            parts.append(_("Required value {value}: met, {above}.").format(value=needed, above=above))
        else:
            parts.append(_("Required value {value}: met.").format(value=needed))
    return " ".join(parts)


def _band_words(indicator: Indicator, symbol: str, band: int) -> str:
    top = len(indicator.bands)
    if band == 0:
        words = _("Band 0 of {top} (band 1 from {edge}).")
        if indicator.direction == "down":
            words = _("Band 0 of {top} (band 1 up to {edge}).")
        return words.format(top=top, edge=with_unit(indicator.bands[0], symbol))
    words = _("Band {band} of {top} (from {edge}).")
    if indicator.direction == "down":
        words = _("Band {band} of {top} (up to {edge}).")
    return words.format(band=band, top=top, edge=with_unit(indicator.bands[band - 1], symbol))


class RuleWords:
    """Rules in words: names of facts, gates and levels by their titles."""

    def __init__(self, document: SchemeDocument, rules: Mapping[str, Node]) -> None:
        self.rules = rules
        self.titles = {name: local(fact.title) for name, fact in document.facts.items()}
        self.titles |= {gate.gate: local(gate.title) for gate in document.gates}
        self.titles |= {level.level: local(level.title) for level in document.levels}
        self.titles |= {
            "points": _("points"),
            "max_points": _("highest possible points"),
            "minimums_met": _("Every minimum requirement is met"),
        }
        for item in document.indicators:
            self.titles[f"value('{item.code}')"] = f"{item.code} {local(item.title)}"

    def title(self, rule: Rule) -> str:
        """The rule as a short sentence."""
        if isinstance(rule, str):
            return self.titles.get(rule) or to_text(self.rules[rule], self.titles)
        n = len(parts_of(rule))
        if isinstance(rule, AtLeast):
            return _("At least {least} of {n} conditions").format(least=rule.at_least, n=n)
        words = _("All of {n} conditions") if isinstance(rule, AllOf) else _("At least one of {n} conditions")
        return words.format(n=n)

    def numbers(self, rule: Rule, values: Mapping[str, str]) -> str:
        """The rule with numbers put in: ``points: 109, needed ≥ 120``; several rules one after the other."""
        if isinstance(rule, str):
            return "; ".join(self._told(part, values) for part in conjuncts(self.rules[rule]))
        return "; ".join(
            self.numbers(part, values)
            if isinstance(part, str)
            else f"{self.title(part)} ({self.numbers(part, values)})"
            for part in parts_of(rule)
        )

    def _told(self, node: Node, values: Mapping[str, str]) -> str:
        """One condition: a name compared with a number in words, anything else as a formula with numbers."""
        if (
            isinstance(node, Comparison)
            and isinstance(node.left, Name | Call)
            and isinstance(node.right, Constant)
        ):
            name = to_text(node.left)
            if name in values and name in self.titles:
                needed = to_text(Comparison(node.op, Name(""), node.right)).strip()
                return _("{what}: {value}, needed {needed}").format(
                    what=self.titles[name], value=values[name], needed=needed
                )
        if isinstance(node, Name):
            return f"{self.titles.get(node.name, node.name)}: {values[node.name]}"
        return to_text(node, values)


def missed_words(codes: Sequence[str], titles: Mapping[str, str]) -> str:
    """Which minimums are missed, by code and title."""
    if not codes:
        return _("No minimum requirement is missed.")
    listed = ", ".join(f"{code} {titles[code]}" for code in codes)
    return _("Missed: {listed}.").format(listed=listed)
