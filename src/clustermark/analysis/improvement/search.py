"""The cheapest plan for a level, the next-best different ones, and the proof that none is cheaper.

One column for each option of each indicator, exactly one of them true. Cost is person-days first, then the
number of indicators touched, then the nearer of two values at the same days. A plan that contains another
(every step of it as far or further) is no alternative: after each plan a cut forbids it and everything that
contains it, so plans come in order of cost and each is needed as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clustermark.analysis.improvement.options import Choices, Option
from clustermark.analysis.improvement.programme import Key, Programme, Solution
from clustermark.analysis.improvement.rules import RuleRows
from clustermark.analysis.improvement.standing import Standing
from clustermark.schemes.document import AllOf, Level, Rule


@dataclass(frozen=True, slots=True)
class Found:
    """One plan: the option taken for each indicator, person-days in units, the solver's bound, and the outcome."""

    taken: tuple[int, ...]
    days: int
    bound: int
    outcome: Standing


@dataclass(frozen=True)
class Outcome:
    """The plans found, cheapest first; without any, the keys of a conflict and whether none is smaller.

    `rules` are the conditions behind the keys of kind ``rule``.
    """

    choices: Choices
    plans: tuple[Found, ...]
    conflict: tuple[Key, ...] = ()
    smallest: bool | None = None
    rules: Mapping[Key, Rule] = field(default_factory=dict)


class Search:
    """The programme of one level for one dossier."""

    def __init__(self, choices: Choices, level: Level) -> None:
        self.choices = choices
        self.level = level
        self.programme = Programme()
        ties = [_ties(row) for row in choices.options]
        touched = 1 + sum(max(row) for row in ties)
        self.weight = (len(ties) + 1) * touched
        self.columns = [
            [
                self.programme.column(option.days * self.weight + (touched + tie if index else 0))
                for index, (option, tie) in enumerate(zip(row, tied, strict=True))
            ]
            for row, tied in zip(choices.options, ties, strict=True)
        ]
        self._one_option_each()
        self._limits()
        self.rules: dict[Key, Rule] = {}
        self._level(RuleRows(choices, self.programme, self.columns), level.when)

    def _one_option_each(self) -> None:
        for columns in self.columns:
            self.programme.at_least(dict.fromkeys(columns, 1), 1)
            self.programme.at_most(dict.fromkeys(columns, 1), 1)

    def _limits(self) -> None:
        """Limits, fixed indicators and needs, each under a name so that a conflict can be told."""
        changed = {column: 1 for columns in self.columns for column in columns[1:]}
        if len([columns for columns in self.columns if len(columns) > 1]) > self.choices.most:
            self.programme.at_most(changed, self.choices.most, ("limit", ""))
        rows = self.choices.standing.frame.rows
        for row, item in enumerate(self.choices.indicators):
            steps = self.columns[row][1:]
            if not steps:
                continue
            if self.choices.closed(item.code):
                self.programme.at_most(dict.fromkeys(steps, 1), 0, ("fixed", item.code))
                continue
            for need in self.choices.effort[item.code].needs:
                other = rows[need.indicator]
                good = {
                    self.columns[other][index]: 1
                    for index, option in enumerate(self.choices.options[other])
                    if option.band >= need.band
                }
                if len(good) < len(self.columns[other]):
                    rows_of_need = {**good, **dict.fromkeys(steps, -1)}
                    self.programme.at_least(rows_of_need, 0, ("needs", f"{item.code} {need.indicator}"))

    def _level(self, rows: RuleRows, rule: Rule) -> None:
        """Require the level's rule, condition by condition."""
        if isinstance(rule, AllOf):
            for part in rule.all:
                self._level(rows, part)
        elif rule == "minimums_met":
            for row, item in enumerate(self.choices.indicators):
                if item.minimum:
                    self.programme.require(rows.minimum(row, holds=True), ("minimum", item.code))
        else:
            key: Key = ("rule", rule if isinstance(rule, str) else rule.model_dump_json())
            self.rules[key] = rule
            self.programme.require(rows.rule(rule), key)

    def best(self, count: int) -> list[Found]:
        """Up to `count` plans, cheapest first; none when the level cannot be reached."""
        found: list[Found] = []
        while len(found) < count:
            solution = self.programme.solve()
            if solution is None:
                break
            plan = self.verified(solution)
            found.append(plan)
            steps = [(row, index) for row, index in enumerate(plan.taken) if index]
            if not steps:
                break
            # at least one indicator stops short of its step in this plan
            further = [column for row, index in steps for column in self.columns[row][index:]]
            self.programme.at_most(dict.fromkeys(further, 1), len(steps) - 1)
        return found

    def verified(self, solution: Solution) -> Found:
        """The plan as the kernel and the scheme's rules see it: they decide, not the solver."""
        taken = tuple(
            next(index for index, column in enumerate(columns) if solution.columns[column])
            for columns in self.columns
        )
        options = [row[index] for row, index in zip(self.choices.options, taken, strict=True)]
        values = self.choices.standing.values.copy()
        for row, option in enumerate(options):
            values[row, 0] = option.units
        outcome = self.choices.standing.with_values(values)
        days = sum(option.days for option in options)
        points = sum(option.points for option in options)
        if (
            int(outcome.decided.levels[self.level.level][0]) != 1
            or int(outcome.scores.points[0]) != points
            or not self.allowed(taken, options)
        ):
            raise AssertionError(f"the plan for {self.level.level} does not hold: {taken}")
        return Found(taken, days, solution.bound // self.weight, outcome)

    def allowed(self, taken: tuple[int, ...], options: list[Option]) -> bool:
        """Whether a plan keeps to the limit, to fixed indicators, and to needs."""
        items, rows = self.choices.indicators, self.choices.standing.frame.rows
        changed = [item.code for item, index in zip(items, taken, strict=True) if index]
        return len(changed) <= self.choices.most and all(
            not self.choices.closed(code)
            and all(
                options[rows[need.indicator]].band >= need.band for need in self.choices.effort[code].needs
            )
            for code in changed
        )


def _ties(row: Sequence[Option]) -> list[int]:
    """For each option how many nearer ones take the same days; nothing in most schemes."""
    return [sum(other.days == option.days for other in row[1:index]) for index, option in enumerate(row)]
