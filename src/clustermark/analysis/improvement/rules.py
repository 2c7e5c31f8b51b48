"""Rules of a level as rows of a 0–1 programme.

Truth has three values: a missing number makes a comparison neither true nor false. So a rule is put as
two literals that are asked for where they are needed: it *is true*, it *is false*. Both can only be true
in the programme where the rule is so under the rules of `clustermark.scoring.levels`; a `not` changes one
into the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from clustermark.analysis.improvement.affine import Affine, NotLinearError, affine
from clustermark.analysis.improvement.options import Choices, code_of
from clustermark.analysis.improvement.programme import Literal01, Programme
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.check import parts_of
from clustermark.schemes.document import AllOf, AnyOf, Rule
from clustermark.schemes.expressions import nodes
from clustermark.schemes.expressions.writing import to_text
from clustermark.scoring import rationals
from clustermark.scoring.evaluate import Column, truths

_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class RuleRows:
    """Puts rules into `programme`; `columns[i][t]` is its column for option t of indicator i."""

    def __init__(self, choices: Choices, programme: Programme, columns: Sequence[Sequence[int]]) -> None:
        self.choices = choices
        self.programme = programme
        self.columns = columns
        self.scheme = choices.standing.scheme
        self.known: Mapping[str, Column] = choices.standing.decided.columns
        document = self.scheme.document
        self.named: dict[str, Rule] = {gate.gate: gate.when for gate in document.gates}
        self.named |= {level.level: level.when for level in document.levels}
        self.rows = {item.code: row for row, item in enumerate(document.indicators)}
        self._memo: dict[tuple[str, bool], Literal01] = {}

    def rule(self, rule: Rule, *, holds: bool = True) -> Literal01:
        """The literal that `rule` is true (`holds`), or that it is false."""
        if isinstance(rule, str):
            return self.condition(rule, holds=holds)
        parts = [self.rule(part, holds=holds) for part in parts_of(rule)]
        if isinstance(rule, AllOf | AnyOf):
            every = isinstance(rule, AllOf) == holds
            return (self.programme.all_of if every else self.programme.any_of)(parts)
        n = rule.at_least if holds else len(parts) - rule.at_least + 1
        return self.programme.so_many(n, parts)

    def condition(self, text: str, *, holds: bool) -> Literal01:
        """One condition by its text; put into the programme once. Raises `ProblemsError` where it is not linear."""
        key = (text, holds)
        if key not in self._memo:
            try:
                self._memo[key] = self.literal(self.scheme.expressions.rules[text], holds=holds)
            except NotLinearError as error:
                message = _("A plan needs rules that are linear in points, values and bands.")
                problem = Problem("rule-not-linear", message, Place(self.scheme.source), to_text(error.node))
                raise ProblemsError([problem]) from None
        return self._memo[key]

    def literal(self, node: nodes.Node, *, holds: bool) -> Literal01:
        """The literal that a condition is true, or that it is false."""
        match node:
            case nodes.Name("minimums_met"):
                return self.minimums(holds=holds)
            case nodes.Name(name) if name in self.named:
                return self.rule(self.named[name], holds=holds)
            case nodes.Not(operand):
                return self.literal(operand, holds=not holds)
            case nodes.Logic(op, left, right):
                parts = [self.literal(left, holds=holds), self.literal(right, holds=holds)]
                every = (op == "and") == holds
                return (self.programme.all_of if every else self.programme.any_of)(parts)
        totals, codes = self.rests_on(node)
        if not totals and not codes:
            return bool(truths(node, self.known, 1)[0] == int(holds))
        if not totals and len(codes) == 1:
            return self.by_option(node, codes.pop(), holds=holds)
        if isinstance(node, nodes.OneOf):
            equal = [
                self.literal(nodes.Comparison("=", node.operand, one), holds=holds) for one in node.choices
            ]
            return (self.programme.any_of if holds else self.programme.all_of)(equal)
        if isinstance(node, nodes.Comparison):
            return self.comparison(node, holds=holds)
        raise NotLinearError(node)

    def rests_on(self, node: nodes.Node) -> tuple[bool, set[str]]:
        """Whether an expression rests on points, minimums, gates or levels, and the indicators it names."""
        totals, codes = False, set()
        for part in nodes.walk(node):
            if isinstance(part, nodes.Name):
                totals |= part.name in {"points", "minimums_met"} or part.name in self.named
            code = code_of(part) or code_of(part, "band")
            if code is not None:
                codes.add(code)
        return totals, codes

    def minimums(self, *, holds: bool) -> Literal01:
        """Every minimum is met, or one is missed."""
        items = self.choices.indicators
        each = [self.minimum(row, holds=holds) for row, item in enumerate(items) if item.minimum]
        return (self.programme.all_of if holds else self.programme.any_of)(each)

    def minimum(self, row: int, *, holds: bool) -> Literal01:
        """The required value of one indicator is met, or missed."""
        return self.one_of_options(row, [option.meets == holds for option in self.choices.options[row]])

    def one_of_options(self, row: int, good: Sequence[bool]) -> Literal01:
        """One of the good options of an indicator is taken."""
        if all(good):
            return True
        picked = [column for column, fits in zip(self.columns[row], good, strict=True) if fits]
        return self.programme.any_of(picked)

    def by_option(self, node: nodes.Node, code: str, *, holds: bool) -> Literal01:
        """A condition on one indicator, of any form: the truth of every option, found by the evaluator."""
        row = self.rows[code]
        options = self.choices.options[row]
        n = len(options)
        units = np.array([0 if np.isnan(option.units) else int(option.units) for option in options])
        scale = 10 ** self.choices.indicators[row].decimals
        present = np.array([not np.isnan(option.units) for option in options])
        values = {
            f"value('{code}')": rationals.Rationals(units, np.where(present, scale, 0)),
            f"band('{code}')": rationals.from_values([option.band for option in options]),
        }
        found = truths(node, {**self.known, **values}, n)
        return self.one_of_options(row, [bool(truth == int(holds)) for truth in found])

    def comparison(self, node: nodes.Comparison, *, holds: bool) -> Literal01:
        """A linear comparison over several indicators or points."""
        left, right = (affine(side, self.choices, self.known) for side in (node.left, node.right))
        if left is None or right is None:
            return False
        op = node.op if holds else _OPPOSITE[node.op]
        difference = left.plus(right, Fraction(-1))
        present = [self.is_present(row) for row in sorted(difference.needs)]
        return self.programme.all_of([self.compared(op, difference), *present])

    def is_present(self, row: int) -> Literal01:
        """The value of an indicator is not missing."""
        return self.one_of_options(
            row, [not bool(np.isnan(option.units)) for option in self.choices.options[row]]
        )

    def compared(self, op: str, form: Affine) -> Literal01:
        """form op 0."""
        if op == "=":
            return self.programme.all_of([self.compared(">=", form), self.compared("<=", form)])
        if op == "<>":
            return self.programme.any_of([self.compared(">", form), self.compared("<", form)])
        if op in {"<", "<="}:
            form = Affine.zero(len(form.terms)).plus(form, Fraction(-1))
        constant, terms = self._whole(form)
        return self.at_least(constant - (1 if op in {"<", ">"} else 0), terms)

    def _whole(self, form: Affine) -> tuple[int, dict[int, int]]:
        """The form in whole numbers, with the first option of each indicator taken into the constant."""
        constant = form.constant + sum((term[0] for term in form.terms if term), start=Fraction(0))
        differences = {
            self.columns[row][index]: term[index] - term[0]
            for row, term in enumerate(form.terms)
            for index in range(1, len(term))
            if term[index] != term[0]
        }
        unit = lcm(constant.denominator, *(value.denominator for value in differences.values()))
        whole = {column: int(value * unit) for column, value in differences.items()}
        return int(constant * unit), whole

    def at_least(self, constant: int, terms: Mapping[int, int]) -> Literal01:
        """constant + Σ term × column ≥ 0."""
        common = gcd(*terms.values()) or 1
        # every term is a multiple, so the constant may be rounded down
        constant, terms = constant // common, {column: term // common for column, term in terms.items()}
        spans: dict[int, list[int]] = {}
        owner = {column: row for row, columns in enumerate(self.columns) for column in columns}
        for column, term in terms.items():
            spans.setdefault(owner[column], [0]).append(term)
        least = constant + sum(min(span) for span in spans.values())
        most = constant + sum(max(span) for span in spans.values())
        if least >= 0:
            return True
        if most < 0:
            return False
        result = self.programme.column()
        self.programme.at_least({**terms, result: least}, least - constant)
        return result
