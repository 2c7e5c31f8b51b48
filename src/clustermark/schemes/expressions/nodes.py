"""The nodes an expression is made of; all frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal


class Node:
    """Base of all nodes."""

    __slots__ = ()

    def children(self) -> Iterator[Node]:
        """The nodes directly below this one."""
        for item in fields(self):  # type: ignore[arg-type]  # every concrete node is a dataclass
            value = getattr(self, item.name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from _nodes_in(value)


def _nodes_in(values: tuple[object, ...]) -> Iterator[Node]:
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes_in(value)


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A number, text, truth value, date, or missing (None)."""

    value: Decimal | str | bool | date | None


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A column, a fact, or another name of the scheme."""

    name: str


@dataclass(frozen=True, slots=True)
class Before(Node):
    """A date some months, days or years before (`sign` -1) or after (+1) another."""

    date: Node
    sign: int
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`left op right` with op one of + - * /."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """Minus an expression."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`left op right` with op one of = <> < <= > >=."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`left and right`, `left or right`."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite of a condition."""

    operand: Node


@dataclass(frozen=True, slots=True)
class IsMissing(Node):
    """`operand is null`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    """`operand in (constants)`."""

    operand: Node
    choices: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """`case when condition then value … else default end`."""

    cases: tuple[tuple[Node, Node], ...]
    default: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """One of the named functions of the dialect."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """`function([distinct] argument) filter (where condition)`; argument None is `*`."""

    function: str
    argument: Node | None
    distinct: bool
    condition: Node | None


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, depth first."""
    yield node
    for child in node.children():
        yield from walk(child)


def names(node: Node) -> tuple[str, ...]:
    """The names an expression uses, each once, in order of appearance."""
    return tuple(dict.fromkeys(item.name for item in walk(node) if isinstance(item, Name)))


def aggregate_of(node: Node) -> Aggregate:
    """The one aggregate of a fact expression."""
    return next(item for item in walk(node) if isinstance(item, Aggregate))


def conjuncts(node: Node) -> tuple[Node, ...]:
    """The conditions joined by `and` at the top of a condition."""
    if isinstance(node, Logic) and node.op == "and":
        return conjuncts(node.left) + conjuncts(node.right)
    return (node,)
