"""From SQL text to nodes: sqlglot parses, a closed table of handlers decides what is let in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from clustermark.ground.texts import gettext as _
from clustermark.schemes.expressions import nodes
from clustermark.schemes.expressions.dialects import Dialect, ExpressionError

MAX_DEPTH = 40

# sqlglot warns about syntax it half understands; here such syntax is refused with a message of our own
logging.getLogger("sqlglot").setLevel(logging.ERROR)


def read_sql(text: str, dialect: Dialect) -> nodes.Node:
    """The nodes of `text` in `dialect`. Raises `ExpressionError` for anything outside the subset."""
    try:
        tree = parse_one(text, read="duckdb")
    except (SqlglotError, RecursionError):
        raise ExpressionError(_("This is not an expression."), text, dialect.words) from None
    if tree is None:
        raise ExpressionError(_("The expression is empty."), text, dialect.words)
    node = _Reader(dialect).read(tree, 0)
    if dialect.aggregates:
        _one_aggregate(node, text, dialect)
    return node


def _one_aggregate(node: nodes.Node, text: str, dialect: Dialect) -> None:
    """A fact is one aggregate, or coalesce(aggregate, constant)."""
    top = node
    if isinstance(node, nodes.Call) and node.function == "coalesce" and len(node.arguments) == 2:
        top, default = node.arguments
        if not isinstance(default, nodes.Constant):
            top = node
    if not isinstance(top, nodes.Aggregate):
        raise ExpressionError(_("A fact is one aggregate over the rows of a table."), text, dialect.words)


_ARITHMETIC = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
_COMPARISONS = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
_LOGIC = {exp.And: "and", exp.Or: "or"}
_FUNCTIONS = {
    exp.Coalesce: "coalesce",
    exp.Abs: "abs",
    exp.Least: "least",
    exp.Greatest: "greatest",
    exp.Floor: "floor",
    exp.Lower: "lower",
}
_CALL_PARTS = {"this", "expressions", "ignore_nulls"}
"""What sqlglot may attach to a call; anything else is syntax the language has not."""
_AGGREGATES = {
    exp.Count: "count",
    exp.Sum: "sum",
    exp.Min: "min",
    exp.Max: "max",
    exp.LogicalAnd: "bool_and",
    exp.LogicalOr: "bool_or",
}


class _Reader:
    """Turns one sqlglot tree into nodes; knows whether it stands inside an aggregate."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.inside = False
        self.depth = 0

    def read(self, tree: Any, depth: int) -> nodes.Node:
        if depth > MAX_DEPTH:
            raise self.refuse(tree, _("This expression is nested too deeply."))
        self.depth = depth
        kind = type(tree)
        if kind in _ARITHMETIC:
            return self.arithmetic(tree, depth)
        if kind in _COMPARISONS:
            return nodes.Comparison(_COMPARISONS[kind], *self.both(tree, depth))
        if kind in _LOGIC:
            return nodes.Logic(_LOGIC[kind], *self.both(tree, depth))
        if kind in _AGGREGATES or kind is exp.Filter:
            return self.aggregate(tree, depth)
        handler: Callable[[Any, int], nodes.Node] | None = getattr(
            self, f"read_{kind.__name__.lower()}", None
        )
        if handler is not None:
            return handler(tree, depth)
        if kind in _FUNCTIONS or kind is exp.Anonymous:
            return self.call(tree, depth)
        raise self.refuse(tree)

    def refuse(self, tree: Any, message: str | None = None) -> ExpressionError:
        message = message or _("This is not part of the expression language.")
        # sqlglot leaves out operands that are not there ("a +")
        found = tree.sql(dialect="duckdb") if isinstance(tree, exp.Expr) else ""
        return ExpressionError(message, found[:120], self.dialect.words)

    def both(self, tree: Any, depth: int) -> tuple[nodes.Node, nodes.Node]:
        return self.read(tree.this, depth + 1), self.read(tree.expression, depth + 1)

    def arithmetic(self, tree: Any, depth: int) -> nodes.Node:
        op = _ARITHMETIC[type(tree)]
        if isinstance(tree.expression, exp.Interval) and op in "+-":
            return self.before(tree, -1 if op == "-" else 1, depth)
        if op == "/" and not self.dialect.division:
            raise self.refuse(tree, _("A fact does not divide: make two facts and divide in the measure."))
        return nodes.Arithmetic(op, *self.both(tree, depth))

    def before(self, tree: Any, sign: int, depth: int) -> nodes.Node:
        interval = tree.expression
        unit = str(interval.args["unit"]).lower().rstrip("s") if interval.args.get("unit") else ""
        count = interval.this.name if isinstance(interval.this, exp.Literal) else ""
        if not self.dialect.dates or unit not in {"day", "month", "year"} or not count.isdigit():
            raise self.refuse(interval)
        return nodes.Before(self.read(tree.this, depth + 1), sign, int(count), unit)

    def aggregate(self, tree: Any, depth: int) -> nodes.Node:
        if not self.dialect.aggregates or self.inside:
            raise self.refuse(tree, _("An aggregate can stand only once, in a fact."))
        condition, call = None, tree
        if isinstance(tree, exp.Filter):
            condition, call = tree.expression.this, tree.this
        if type(call) not in _AGGREGATES:
            raise self.refuse(tree)
        self.inside = True
        function, inner = _AGGREGATES[type(call)], call.this
        distinct = isinstance(inner, exp.Distinct)
        if distinct:
            if function != "count" or len(inner.expressions) != 1 or inner.args.get("on"):
                raise self.refuse(tree)
            inner = inner.expressions[0]
        star = isinstance(inner, exp.Star)
        if (star and function != "count") or inner is None or call.expressions:
            raise self.refuse(tree)
        argument = None if star else self.read(inner, depth + 1)
        where = None if condition is None else self.read(condition, depth + 1)
        self.inside = False
        return nodes.Aggregate(function, argument, distinct, where)

    def call(self, tree: Any, depth: int) -> nodes.Node:
        if {key for key, value in tree.args.items() if value} - _CALL_PARTS:
            raise self.refuse(tree)
        if isinstance(tree, exp.Anonymous):
            name, arguments = str(tree.this).lower(), tree.expressions
        else:
            name, arguments = _FUNCTIONS[type(tree)], [tree.this, *tree.expressions]
        if name not in self.dialect.functions:
            raise self.refuse(
                tree, _("The function {name} is not part of the expression language.").format(name=name)
            )
        low, high = self.dialect.functions[name]
        if not low <= len(arguments) <= high:
            raise self.refuse(tree, _("The function {name} takes {n} arguments.").format(name=name, n=low))
        return nodes.Call(name, tuple(self.read(argument, depth + 1) for argument in arguments))

    def read_column(self, tree: Any, _depth: int) -> nodes.Node:
        if tree.args.get("table") or not isinstance(tree.this, exp.Identifier):
            raise self.refuse(tree, _("Names stand alone, without a table."))
        if self.dialect.aggregates and not self.inside:
            raise self.refuse(tree, _("A column can stand only inside the aggregate."))
        return nodes.Name(tree.this.name)

    def read_literal(self, tree: Any, _depth: int) -> nodes.Node:
        if not tree.is_string:
            return nodes.Constant(Decimal(tree.name))
        if not self.dialect.text:
            raise self.refuse(tree)
        return nodes.Constant(str(tree.this))

    def read_boolean(self, tree: Any, _depth: int) -> nodes.Node:
        return nodes.Constant(bool(tree.this))

    def read_null(self, _tree: Any, _depth: int) -> nodes.Node:
        return nodes.Constant(None)

    def read_cast(self, tree: Any, _depth: int) -> nodes.Node:
        """Only ``date '2024-01-31'``: a constant, not a cast."""
        text = tree.this
        if (
            self.dialect.dates
            and tree.to.this == exp.DataType.Type.DATE
            and isinstance(text, exp.Literal)
            and text.is_string
        ):
            try:
                return nodes.Constant(date.fromisoformat(text.name))
            except ValueError:
                raise self.refuse(tree, _("This is not a date.")) from None
        raise self.refuse(tree)

    def read_paren(self, tree: Any, depth: int) -> nodes.Node:
        return self.read(tree.this, depth + 1)

    def read_neg(self, tree: Any, depth: int) -> nodes.Node:
        return nodes.Negative(self.read(tree.this, depth + 1))

    def read_not(self, tree: Any, depth: int) -> nodes.Node:
        return nodes.Not(self.read(tree.this, depth + 1))

    def read_is(self, tree: Any, depth: int) -> nodes.Node:
        if not isinstance(tree.expression, exp.Null):
            raise self.refuse(tree)
        return nodes.IsMissing(self.read(tree.this, depth + 1))

    def read_in(self, tree: Any, depth: int) -> nodes.Node:
        if not tree.expressions or any(key for key in ("query", "unnest", "field") if tree.args.get(key)):
            raise self.refuse(tree)
        choices = tuple(self.read(choice, depth + 1) for choice in tree.expressions)
        if not all(isinstance(choice, nodes.Constant) for choice in choices):
            raise self.refuse(tree)
        return nodes.OneOf(self.read(tree.this, depth + 1), choices)

    def read_between(self, tree: Any, depth: int) -> nodes.Node:
        operand = self.read(tree.this, depth + 1)
        low, high = self.read(tree.args["low"], depth + 1), self.read(tree.args["high"], depth + 1)
        return nodes.Logic("and", nodes.Comparison(">=", operand, low), nodes.Comparison("<=", operand, high))

    def read_case(self, tree: Any, depth: int) -> nodes.Node:
        if tree.this is not None:
            raise self.refuse(tree, _("Write case when …, not case name when …."))
        cases = tuple(
            (self.read(branch.this, depth + 1), self.read(branch.args["true"], depth + 1))
            for branch in tree.args["ifs"]
        )
        default = tree.args.get("default")
        return nodes.Choice(cases, nodes.Constant(None) if default is None else self.read(default, depth + 1))
