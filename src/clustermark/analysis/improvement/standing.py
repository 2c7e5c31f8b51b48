"""Where one dossier stands, in numbers that can be changed at once: facts and ratings in, points and level out.

No file is opened and no query runs again: the facts of the assessment are used, and only the indicators
that rest on a changed fact are computed anew. Points and level come from the same kernel and rules as
those of the scorecard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np

from clustermark.ground.exact import half_up
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.document import Indicator
from clustermark.schemes.expressions import names
from clustermark.schemes.expressions.kinds import fact_kind
from clustermark.schemes.scheme import Scheme
from clustermark.scoring import rationals
from clustermark.scoring.arrays import Values
from clustermark.scoring.evaluate import Column, truth
from clustermark.scoring.facts import FactValue
from clustermark.scoring.kernel import Scale, Scores, point_places, scale_of, score
from clustermark.scoring.levels import Decided, decide_levels
from clustermark.scoring.score import Scored
from clustermark.scoring.values import columns_of, exact_value, value_dossiers
from clustermark.scoring.views import Said

Change = Decimal | int | bool | None
"""A new value of a fact or indicator; None makes it missing."""

RATINGS = tuple(Decimal(rating) for rating in range(6))


@dataclass(frozen=True)
class Frame:
    """What does not change with the values: the scheme's scales, and which indicators rest on which fact."""

    scheme: Scheme

    @cached_property
    def places(self) -> int:
        """Decimals of points."""
        return point_places(self.scheme.document.indicators)

    @cached_property
    def scales(self) -> list[Scale]:
        """The scale of each indicator."""
        return [scale_of(item, self.places) for item in self.scheme.document.indicators]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each indicator by its code."""
        return {item.code: row for row, item in enumerate(self.scheme.document.indicators)}

    @cached_property
    def facts_of(self) -> Mapping[str, frozenset[str]]:
        """The facts each indicator rests on, by code."""
        parsed = self.scheme.expressions
        found: dict[str, frozenset[str]] = {}
        for item in self.scheme.document.indicators:
            nodes = [parsed.measures[item.code]] if item.code in parsed.measures else []
            nodes += parsed.checklists.get(item.code, ())
            found[item.code] = frozenset(name for node in nodes for name in names(node))
        return found


@dataclass(frozen=True)
class Standing:
    """One dossier under one scheme: facts, values in units of 10^−decimals (shape (k, 1)), points, level.

    `said` is what the chosen voice states; its corrections of measured values stay when facts change.
    """

    frame: Frame
    facts: Mapping[str, FactValue]
    said: Mapping[str, Said]
    columns: Mapping[str, Column]
    values: Values
    scores: Scores
    decided: Decided

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return self.frame.scheme

    @property
    def points(self) -> Decimal:
        """Points."""
        return Decimal(int(self.scores.points[0])).scaleb(-self.frame.places)

    @property
    def level(self) -> str | None:
        """The highest level reached."""
        reached = int(self.decided.reached[0])
        return self.scheme.document.levels[reached].level if reached >= 0 else None

    def value(self, item: Indicator) -> Decimal | None:
        """The exact value of an indicator."""
        return exact_value(float(self.values[self.frame.rows[item.code], 0]), item.decimals)

    def band(self, code: str) -> int:
        """The band of an indicator."""
        return int(self.scores.bands[self.frame.rows[code], 0])

    def corrected(self, code: str) -> bool:
        """Whether the voice states the value of this measured indicator itself."""
        return code in self.said and self.said[code].value is not None

    def with_values(self, values: Values) -> Standing:
        """The same dossier with other values of its indicators, decided by the kernel and the rules."""
        scores = score(values, self.frame.scales)
        decided = decide_levels(self.scheme, self.columns, values, scores)
        return Standing(self.frame, self.facts, self.said, self.columns, values, scores, decided)

    def changed(self, changes: Mapping[str, Change]) -> Standing:
        """The standing after `changes`: new values of facts by name, of indicators and ratings by code.

        Facts change first; a value given for an indicator then stands whatever the facts say. Raises
        `ProblemsError` for a name that is neither, and for a value that does not fit.
        """
        document = self.scheme.document
        facts = {name: change for name, change in changes.items() if name in document.facts}
        stated = {name: change for name, change in changes.items() if name not in document.facts}
        problems = [*_fact_problems(self.scheme, facts), *_value_problems(self.scheme, stated)]
        if problems:
            raise ProblemsError(problems)
        columns = {**self.columns, **_fact_columns(self.scheme, facts)}
        values = self.values.copy()
        touched = [
            item for item in document.indicators if not self.frame.facts_of[item.code].isdisjoint(facts)
        ]
        if touched:
            part = value_dossiers(self.scheme, columns, [self.said], only={item.code for item in touched})
            for item in touched:
                row = self.frame.rows[item.code]
                values[row] = part.values[row]
        for code, change in stated.items():
            item = document.indicators[self.frame.rows[code]]
            values[self.frame.rows[code], 0] = _units(item, change)
        scores = score(values, self.frame.scales)
        decided = decide_levels(self.scheme, columns, values, scores)
        known = {**self.facts, **facts}
        return Standing(self.frame, known, self.said, columns, values, scores, decided)


def standing_of(scored: Scored, said: Mapping[str, Said], *, column: int = 0) -> Standing:
    """Where dossier number `column` of `scored` stands; `said` is what its voice states."""
    frame = Frame(scored.scheme)
    facts = {name: values[column] for name, values in scored.facts.items()}
    columns = columns_of(scored.scheme, {name: [value] for name, value in facts.items()})
    values = np.ascontiguousarray(scored.values[:, column : column + 1])
    scores = score(values, frame.scales)
    decided = decide_levels(scored.scheme, columns, values, scores)
    return Standing(frame, facts, said, columns, values, scores, decided)


def _units(item: Indicator, value: Change) -> float:
    if value is None:
        return float("nan")
    return float(int(half_up(Fraction(value), item.decimals).scaleb(item.decimals)))


def _fact_columns(scheme: Scheme, facts: Mapping[str, Change]) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for name, value in facts.items():
        if fact_kind(scheme.expressions.facts[name]) == "truth":
            columns[name] = truth([None if value is None else bool(value)])
        else:
            columns[name] = rationals.from_values([None if value is None else Decimal(value)])
    return columns


def _fact_problems(scheme: Scheme, facts: Mapping[str, Change]) -> list[Problem]:
    problems = []
    for name, value in facts.items():
        truth_wanted = fact_kind(scheme.expressions.facts[name]) == "truth"
        if value is not None and truth_wanted != isinstance(value, bool):
            message = _("This value does not fit the fact {name}.").format(name=name)
            allowed = _("yes or no") if truth_wanted else _("a number")
            problems.append(Problem("change-kind", message, Place(name), str(value), allowed))
    return problems


def _value_problems(scheme: Scheme, stated: Mapping[str, Change]) -> list[Problem]:
    items = {item.code: item for item in scheme.document.indicators}
    problems = []
    for name, value in stated.items():
        item = items.get(name)
        if item is None:
            message = _("This is neither an indicator nor a fact of the scheme {scheme}.")
            allowed = ", ".join([*items, *scheme.document.facts])
            problems.append(
                Problem("change-unknown", message.format(scheme=scheme.id), Place(name), name, allowed)
            )
        elif isinstance(value, bool) or (
            item.scale == "rubric" and value is not None and Decimal(value) not in RATINGS
        ):
            message = _("This value does not fit the indicator {code}.").format(code=name)
            allowed = "0, 1, 2, 3, 4, 5" if item.scale == "rubric" else _("a number")
            problems.append(Problem("change-kind", message, Place(name), str(value), allowed))
    return problems
