"""Evaluating measures, checklists and rules: nodes over columns of exact numbers and truth values.

Truth has three values, as in SQL: true 1, false 0, unknown −1 (int8 arrays). A missing number makes
a comparison unknown; `and` / `or` decide where they can (false and unknown is false).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from clustermark.schemes.expressions import nodes
from clustermark.scoring import rationals
from clustermark.scoring.arrays import Truth
from clustermark.scoring.rationals import Rationals

if TYPE_CHECKING:
    from numpy.typing import NDArray

Column = Rationals | Truth

TRUE, FALSE, UNKNOWN = np.int8(1), np.int8(0), np.int8(-1)


def truth(values: list[bool | None]) -> Truth:
    """Truth values from booleans and None (unknown)."""
    return np.array([-1 if value is None else int(value) for value in values], dtype=np.int8)


def evaluate(node: nodes.Node, columns: Mapping[str, Column], n: int) -> Column:
    """The value of `node` for each of `n` rows.

    `columns` holds an array for every name, and for every call of value() or band() under its text
    (``value('2.5')``). Raises TypeError when a condition stands where a number must, or the reverse.
    """
    value = _Evaluator(columns).column(node)
    return _spread(value, n) if isinstance(value, Rationals) else np.broadcast_to(value, n)


def numbers(node: nodes.Node, columns: Mapping[str, Column], n: int) -> Rationals:
    """Like `evaluate`, for an expression that gives numbers."""
    return _spread(_Evaluator(columns).number(node), n)


def truths(node: nodes.Node, columns: Mapping[str, Column], n: int) -> Truth:
    """Like `evaluate`, for a condition."""
    return np.broadcast_to(_Evaluator(columns).truth(node), n)


def _spread(value: Rationals, n: int) -> Rationals:
    return Rationals(np.broadcast_to(value.num, n), np.broadcast_to(value.den, n))


def both(a: Truth, b: Truth) -> Truth:
    """a and b."""
    return np.where((a == 0) | (b == 0), FALSE, np.minimum(a, b))


def either(a: Truth, b: Truth) -> Truth:
    """a or b."""
    return np.where((a == 1) | (b == 1), TRUE, np.minimum(a, b))


def opposite(a: Truth) -> Truth:
    """not a."""
    return np.where(a < 0, UNKNOWN, np.int8(1) - a).astype(np.int8)


class _Evaluator:
    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.columns = columns

    def number(self, node: nodes.Node) -> Rationals:
        value = self.column(node)
        if not isinstance(value, Rationals):
            raise TypeError("a condition stands where a number must")
        return value

    def truth(self, node: nodes.Node) -> Truth:
        value = self.column(node)
        if isinstance(value, Rationals):
            raise TypeError("a number stands where a condition must")
        return value

    def column(self, node: nodes.Node) -> Column:
        match node:
            case nodes.Constant(value):
                return self.constant(value)
            case nodes.Name(name):
                return self.columns[name]
            case nodes.Arithmetic(op, left, right):
                return _ARITHMETIC[op](self.number(left), self.number(right))
            case nodes.Negative(operand):
                return rationals.negative(self.number(operand))
            case nodes.Comparison(op, left, right):
                return self.comparison(op, self.number(left), self.number(right))
            case nodes.Logic(op, left, right):
                return (both if op == "and" else either)(self.truth(left), self.truth(right))
            case nodes.Not(operand):
                return opposite(self.truth(operand))
            case nodes.IsMissing(operand):
                return self.missing(self.column(operand)).astype(np.int8)
            case nodes.OneOf(operand, choices):
                return self.one_of(operand, choices)
            case nodes.Choice(cases, default):
                return self.choice(cases, default)
            case nodes.Call(function, arguments):
                return self.call(function, arguments)
        raise TypeError(node)

    def constant(self, value: object) -> Column:
        if isinstance(value, bool):
            return np.array([int(value)], dtype=np.int8)
        if value is None or isinstance(value, Decimal):
            return rationals.constant(value)
        raise TypeError(value)

    def comparison(self, op: str, a: Rationals, b: Rationals) -> Truth:
        left, right = rationals.compare(a, b)
        result = {
            "=": left == right,
            "<>": left != right,
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
        }[op]
        return np.where(a.missing | b.missing, UNKNOWN, result.astype(np.int8))

    def missing(self, column: Column) -> NDArray[np.bool_]:
        return column.missing if isinstance(column, Rationals) else np.asarray(column < 0)

    def one_of(self, operand: nodes.Node, choices: tuple[nodes.Node, ...]) -> Truth:
        result: Truth = np.zeros(1, dtype=np.int8)
        for choice in choices:
            result = either(result, self.comparison("=", self.number(operand), self.number(choice)))
        return result

    def choice(self, cases: tuple[tuple[nodes.Node, nodes.Node], ...], default: nodes.Node) -> Column:
        """The first case whose condition is true; unknown conditions are passed over, as in SQL."""
        result = self.number(default)
        for when, then in reversed(cases):
            result = rationals.choose(self.truth(when) == 1, self.number(then), result)
        return result

    def call(self, function: str, arguments: tuple[nodes.Node, ...]) -> Column:
        if function in {"value", "band"}:
            code = arguments[0]
            return self.columns[f"{function}('{code.value}')" if isinstance(code, nodes.Constant) else ""]
        if function == "coalesce":
            return self.coalesce([self.column(argument) for argument in arguments])
        values = [self.number(argument) for argument in arguments]
        if function == "abs":
            return rationals.absolute(values[0])
        if function == "floor":
            return rationals.floor(values[0])
        return self.extreme(values, "<" if function == "least" else ">")

    def coalesce(self, values: list[Column]) -> Column:
        """The first value that is not missing."""
        result = values[-1]
        for value in reversed(values[:-1]):
            if isinstance(value, Rationals) and isinstance(result, Rationals):
                result = rationals.choose(~value.missing, value, result)
            elif isinstance(value, Rationals) or isinstance(result, Rationals):
                raise TypeError("coalesce mixes numbers and conditions")
            else:
                result = np.where(value >= 0, value, result)
        return result

    def extreme(self, values: list[Rationals], op: str) -> Rationals:
        """Least or greatest; missing where any value is."""
        result = values[0]
        for value in values[1:]:
            better = self.comparison(op, value, result) == 1
            picked = rationals.choose(better, value, result)
            gone = value.missing | result.missing
            result = Rationals(picked.num, np.where(gone, 0, picked.den))
        return result


_ARITHMETIC = {
    "+": rationals.add,
    "-": rationals.subtract,
    "*": rationals.multiply,
    "/": rationals.divide,
}
