"""Numbers of rules as sums over options: a constant, and for each option of each indicator what it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from clustermark.analysis.improvement.options import Choices, code_of
from clustermark.schemes.expressions import nodes
from clustermark.scoring.evaluate import Column, numbers


class NotLinearError(Exception):
    """An expression that is not linear in points, values and bands."""

    def __init__(self, node: nodes.Node) -> None:
        super().__init__()
        self.node = node


@dataclass(frozen=True, slots=True)
class Affine:
    """constant + Σ terms[i][t] over the options taken; an empty term adds nothing.

    `needs` are the rows of the indicators whose value must not be missing.
    """

    constant: Fraction
    terms: tuple[tuple[Fraction, ...], ...]
    needs: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def zero(cls, indicators: int) -> Affine:
        """Nothing, over so many indicators."""
        return cls(Fraction(0), ((),) * indicators)

    def plus(self, other: Affine, factor: Fraction) -> Affine:
        """self + factor × other."""
        terms = tuple(_sum(a, b, factor) for a, b in zip(self.terms, other.terms, strict=True))
        return Affine(self.constant + factor * other.constant, terms, self.needs | other.needs)


def _sum(a: tuple[Fraction, ...], b: tuple[Fraction, ...], factor: Fraction) -> tuple[Fraction, ...]:
    """a + factor × b, term by term; most indicators add nothing to one side."""
    if not b:
        return a
    if not a:
        return tuple(factor * term for term in b)
    return tuple(one + factor * two for one, two in zip(a, b, strict=True))


def affine(node: nodes.Node, choices: Choices, known: Mapping[str, Column]) -> Affine | None:
    """The number `node` stands for; None where it is missing whatever is done. Raises `NotLinearError`."""
    return _Reader(choices, known).read(node)


class _Reader:
    def __init__(self, choices: Choices, known: Mapping[str, Column]) -> None:
        self.choices = choices
        self.known = known
        self.zero = Affine.zero(len(choices.options))

    def read(self, node: nodes.Node) -> Affine | None:
        if not self.varies(node):
            constant = self.constant(node)
            return None if constant is None else Affine(constant, self.zero.terms)
        match node:
            case nodes.Name("points"):
                return self.points()
            case nodes.Call():
                return self.indicator(node)
            case nodes.Negative(operand):
                return self.times(self.read(operand), Fraction(-1))
            case nodes.Arithmetic("+" | "-" as op, left, right):
                a, b = self.read(left), self.read(right)
                return None if a is None or b is None else a.plus(b, Fraction(1 if op == "+" else -1))
            case nodes.Arithmetic("*", left, right) if not self.varies(left):
                return self.times(self.read(right), self.constant(left))
            case nodes.Arithmetic("*", left, right) if not self.varies(right):
                return self.times(self.read(left), self.constant(right))
            case nodes.Arithmetic("/", left, right) if not self.varies(right):
                divisor = self.constant(right)
                return self.times(self.read(left), 1 / divisor if divisor else None)
        raise NotLinearError(node)

    def varies(self, node: nodes.Node) -> bool:
        """Whether the number depends on what is done."""
        return any(
            part == nodes.Name("points") or code_of(part) is not None or code_of(part, "band") is not None
            for part in nodes.walk(node)
        )

    def constant(self, node: nodes.Node) -> Fraction | None:
        found = numbers(node, self.known, 1)
        return None if found.missing[0] else Fraction(int(found.num[0]), int(found.den[0]))

    def times(self, form: Affine | None, factor: Fraction | None) -> Affine | None:
        return None if form is None or factor is None else self.zero.plus(form, factor)

    def points(self) -> Affine:
        scale = 10**self.choices.standing.frame.places
        terms = tuple(tuple(Fraction(option.points, scale) for option in row) for row in self.choices.options)
        return Affine(Fraction(0), terms)

    def indicator(self, node: nodes.Call) -> Affine:
        """value('…') or band('…'); anything else that depends on what is done is not linear."""
        code, banded = code_of(node), code_of(node, "band")
        wanted = code or banded
        if wanted is None:
            raise NotLinearError(node)
        row = self.choices.standing.frame.rows[wanted]
        scale = 10 ** self.choices.indicators[row].decimals
        terms = list(self.zero.terms)
        terms[row] = tuple(
            Fraction(option.band)
            if banded
            else Fraction(0 if np.isnan(option.units) else int(option.units), scale)
            for option in self.choices.options[row]
        )
        return Affine(Fraction(0), tuple(terms), frozenset() if banded else frozenset({row}))
