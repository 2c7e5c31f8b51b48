"""Numbers and conditions: which of the two an expression gives, found before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from clustermark.ground.texts import gettext as _
from clustermark.schemes.expressions import nodes
from clustermark.schemes.expressions.dialects import ExpressionError
from clustermark.schemes.expressions.writing import to_text

Kind = Literal["number", "truth"]


def fact_kind(node: nodes.Node) -> Kind:
    """The kind of a fact: its aggregate decides."""
    return "truth" if nodes.aggregate_of(node).function.startswith("bool_") else "number"


def kind_of(node: nodes.Node, kinds: Mapping[str, Kind]) -> Kind:
    """The kind of a measure or rule; `kinds` gives that of each name. Raises `ExpressionError`."""
    match node:
        case nodes.Constant(value):
            if isinstance(value, str):
                raise _refuse(node, _("Text stands where a number must."))
            return "truth" if isinstance(value, bool) else "number"
        case nodes.Name(name):
            return kinds[name]
        case nodes.Arithmetic(_op, left, right):
            return _all(kinds, "number", left, right, gives="number")
        case nodes.Negative(operand):
            return _all(kinds, "number", operand, gives="number")
        case nodes.Comparison(_op, left, right):
            return _all(kinds, "number", left, right, gives="truth")
        case nodes.Logic(_op, left, right):
            return _all(kinds, "truth", left, right, gives="truth")
        case nodes.Not(operand):
            return _all(kinds, "truth", operand, gives="truth")
        case nodes.IsMissing(operand):
            kind_of(operand, kinds)
            return "truth"
        case nodes.OneOf(operand, choices):
            return _all(kinds, "number", operand, *choices, gives="truth")
        case nodes.Choice(cases, default):
            _all(kinds, "truth", *(when for when, _then in cases), gives="truth")
            return _all(kinds, "number", default, *(then for _when, then in cases), gives="number")
        case nodes.Call(function, arguments):
            return _call(function, arguments, kinds)
    raise TypeError(node)


def _call(function: str, arguments: tuple[nodes.Node, ...], kinds: Mapping[str, Kind]) -> Kind:
    if function in {"value", "band"}:
        code = arguments[0]
        if not isinstance(code, nodes.Constant) or not isinstance(code.value, str):
            raise _refuse(code, _("Write the code of an indicator in quotes: value('2.5')."))
        return "number"
    if function == "coalesce":
        first = kind_of(arguments[0], kinds)
        return _all(kinds, first, *arguments, gives=first)
    return _all(kinds, "number", *arguments, gives="number")


def _all(kinds: Mapping[str, Kind], wanted: Kind, *operands: nodes.Node, gives: Kind) -> Kind:
    for operand in operands:
        anything = isinstance(operand, nodes.Constant) and operand.value is None
        if not anything and kind_of(operand, kinds) != wanted:
            raise _refuse(
                operand,
                _("A condition stands where a number must.")
                if wanted == "number"
                else _("A number stands where a condition must."),
            )
    return gives


def _refuse(node: nodes.Node, message: str) -> ExpressionError:
    return ExpressionError(
        message, to_text(node), _("a number (+ - * / …) or a condition (= < > and or not …)")
    )
