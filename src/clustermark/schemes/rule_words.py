"""Rules in words: all of, any of, at least n of."""

from __future__ import annotations

from clustermark.ground.texts import gettext as _
from clustermark.schemes.document import AllOf, AnyOf, AtLeast, Rule


def rule_words(rule: Rule, *, inner: bool = False) -> str:
    """A rule on one line: ``all of: minimums_met; (any of: a; b)``."""
    if isinstance(rule, str):
        return rule
    head, parts = rule_parts(rule)
    text = f"{head} " + "; ".join(rule_words(part, inner=True) for part in parts)
    return f"({text})" if inner else text


def rule_lines(rule: Rule) -> list[str]:
    """A rule as an indented list, one condition a line."""
    if isinstance(rule, str):
        return [rule]
    head, parts = rule_parts(rule)
    lines = [head]
    for part in parts:
        first, *rest = rule_lines(part)
        lines += [f"  • {first}", *(f"    {line}" for line in rest)]
    return lines


def rule_parts(rule: AllOf | AnyOf | AtLeast) -> tuple[str, list[Rule]]:
    """What must hold of the rules below, in words, and these rules."""
    if isinstance(rule, AllOf):
        return _("all of:"), rule.all
    if isinstance(rule, AnyOf):
        return _("any of:"), rule.any
    return _("at least {n} of:").format(n=rule.at_least), rule.of
