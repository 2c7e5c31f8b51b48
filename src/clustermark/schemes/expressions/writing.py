"""From nodes back to text: SQL for the engine, and formulas for people with numbers put in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from clustermark.ground.texts import number
from clustermark.schemes.expressions import nodes

_RANK = {"or": 1, "and": 2, "not": 3, "compare": 4, "+": 5, "-": 5, "*": 6, "/": 6, "neg": 7}
_FULL_UNITS = {"full_years": "year", "full_months": "month", "days": "day"}


def to_sql(node: nodes.Node) -> str:
    """DuckDB SQL of a fact expression: names quoted, every operation in parentheses.

    The reference date stands in it as ``{as_of}``.
    """
    match node:
        case nodes.Constant(value):
            return _constant_sql(value)
        case nodes.Name(name):
            return "{as_of}" if name == "as_of" else '"' + name.replace('"', '""') + '"'
        case nodes.Before(day, sign, count, unit):
            return f"cast({to_sql(day)} {'-' if sign < 0 else '+'} interval {count} {unit} as date)"
        case (
            nodes.Arithmetic(op, left, right)
            | nodes.Comparison(op, left, right)
            | nodes.Logic(op, left, right)
        ):
            return f"({to_sql(left)} {op} {to_sql(right)})"
        case nodes.Negative(operand):
            return f"(- {to_sql(operand)})"
        case nodes.Not(operand):
            return f"(not {to_sql(operand)})"
        case nodes.IsMissing(operand):
            return f"({to_sql(operand)} is null)"
        case nodes.OneOf(operand, choices):
            return f"({to_sql(operand)} in ({', '.join(map(to_sql, choices))}))"
        case nodes.Choice(cases, default):
            branches = " ".join(f"when {to_sql(when)} then {to_sql(then)}" for when, then in cases)
            return f"(case {branches} else {to_sql(default)} end)"
        case nodes.Call(function, arguments):
            inner = ", ".join(map(to_sql, arguments))
            return (
                f"datesub('{_FULL_UNITS[function]}', {inner})"
                if function in _FULL_UNITS
                else f"{function}({inner})"
            )
        case nodes.Aggregate(function, argument, distinct, condition):
            inner = "*" if argument is None else to_sql(argument)
            text = f"{function}({'distinct ' if distinct else ''}{inner})"
            return text if condition is None else f"{text} filter (where {to_sql(condition)})"
    raise TypeError(node)


def _constant_sql(value: Decimal | str | bool | date | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, Decimal):
        return format(value, "f")
    # braces would be read as the place of the reference date
    return "'" + value.replace("'", "''").replace("{", "{{").replace("}", "}}") + "'"


def to_text(node: nodes.Node, put: Mapping[str, str] | None = None) -> str:
    """The expression as people read it, numbers in the current language; `put` replaces names by words or numbers."""
    return _Words(put or {}).write(node)


class _Words:
    """Writes nodes with the fewest parentheses, and the signs people use."""

    _signs = {"*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥", "<>": "≠"}

    def __init__(self, put: Mapping[str, str]) -> None:
        self.put = put

    def write(self, node: nodes.Node, outer: int = 0) -> str:
        text, rank = self.ranked(node)
        return f"({text})" if rank < outer else text

    def ranked(self, node: nodes.Node) -> tuple[str, int]:
        match node:
            case nodes.Arithmetic(op, left, right):
                rank = _RANK[op]
                after = rank + 1 if op in "-/" else rank
                return f"{self.write(left, rank)} {self._signs.get(op, op)} {self.write(right, after)}", rank
            case nodes.Comparison(op, left, right):
                return f"{self.write(left, 5)} {self._signs.get(op, op)} {self.write(right, 5)}", _RANK[
                    "compare"
                ]
            case nodes.Logic(op, left, right):
                return f"{self.write(left, _RANK[op])} {op} {self.write(right, _RANK[op])}", _RANK[op]
            case nodes.Not(nodes.IsMissing(operand)):
                return f"{self.write(operand, 5)} is not null", _RANK["compare"]
            case nodes.Not(operand):
                return f"not {self.write(operand, 4)}", _RANK["not"]
            case nodes.Negative(operand):
                return f"−{self.write(operand, 7)}", _RANK["neg"]
            case nodes.IsMissing(operand):
                return f"{self.write(operand, 5)} is null", _RANK["compare"]
            case nodes.OneOf(operand, choices):
                return f"{self.write(operand, 5)} in ({', '.join(map(self.write, choices))})", _RANK[
                    "compare"
                ]
            case nodes.Before(day, sign, count, unit):
                return f"{self.write(day, 5)} {'−' if sign < 0 else '+'} {count} {unit}", 5
            case _:
                return self.atom(node), 9

    def atom(self, node: nodes.Node) -> str:
        match node:
            case nodes.Constant(value):
                return _constant_words(value)
            case nodes.Name(name):
                return self.put.get(name, name)
            case nodes.Call(function, arguments):
                call = f"{function}({', '.join(map(self.write, arguments))})"
                return self.put.get(call, call)
            case nodes.Choice(cases, default):
                words = " ".join(f"when {self.write(when)} then {self.write(then)}" for when, then in cases)
                return f"case {words} else {self.write(default)} end"
            case nodes.Aggregate(function, argument, distinct, condition):
                inner = "*" if argument is None else self.write(argument)
                text = f"{function}({'distinct ' if distinct else ''}{inner})"
                return text if condition is None else f"{text} where {self.write(condition)}"
        raise TypeError(node)


def _constant_words(value: Decimal | str | bool | date | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if isinstance(value, date) else f"'{value}'"
