"""From plans in numbers to a document that a person can read, in the current language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from clustermark.analysis.improvement.effort import OWN
from clustermark.analysis.improvement.options import Option
from clustermark.analysis.improvement.programme import Key
from clustermark.analysis.improvement.result import (
    Bar,
    ConflictPart,
    FactChange,
    Fixed,
    ImprovementPlan,
    Plan,
    Proof,
    Step,
    WhatIf,
)
from clustermark.analysis.improvement.search import Found, Outcome
from clustermark.analysis.improvement.standing import Standing
from clustermark.analysis.improvement.timeline import Work, schedule
from clustermark.analysis.improvement.ways import FactMove, smallest_moves
from clustermark.analysis.improvement.words import actions_of, limit_words
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.texts import Language, local, ngettext, number
from clustermark.ground.texts import gettext as _
from clustermark.schemes.document import Indicator, Level, Rule
from clustermark.schemes.improvement import Effort, Improvement, Need
from clustermark.scoring.values import exact_value
from clustermark.scoring.wording import RuleWords, with_unit


class Teller:
    """Tells the outcome of a search for one dossier and one level."""

    def __init__(
        self,
        dossier: Dossier,
        standing: Standing,
        improvement: Improvement,
        target: Level,
        *,
        view: str,
        as_of: date,
    ) -> None:
        self.dossier, self.standing, self.improvement = dossier, standing, improvement
        self.target, self.view, self.as_of = target, view, as_of
        self.document = standing.scheme.document
        self.efforts: Mapping[str, Effort] = {effort.indicator: effort for effort in improvement.effort}
        self.titles = {item.code: local(item.title) for item in self.document.indicators}
        self.levels = {level.level: local(level.title) for level in self.document.levels}
        self._moves: dict[tuple[str, float], tuple[FactMove, ...]] = {}

    def told(self, outcome: Outcome, *, language: Language, what_if: WhatIf | None = None) -> ImprovementPlan:
        """The whole document."""
        plans = [self.plan(found, outcome) for found in outcome.plans]
        reached = bool(plans) and not plans[0].steps
        status = "reached" if reached else "planned" if plans else "impossible"
        conflict = [self.part(key, outcome.rules) for key in outcome.conflict]
        items = self.document.indicators
        return ImprovementPlan(
            language=language,
            cluster=str(self.dossier.profile.get("name") or ""),
            scheme=self.document.scheme,
            scheme_title=local(self.document.title),
            scheme_digest=self.standing.scheme.digest,
            dossier_digest=self.dossier.digest,
            view=self.view,
            as_of=self.as_of,
            points=self.standing.points,
            max_points=sum((item.band_points[-1] for item in items), start=Decimal(0)),
            level=self.standing.level,
            target=self.target.level,
            target_title=self.levels[self.target.level],
            status=status,  # type: ignore[arg-type]  # one of the three words above
            words=self.summary(status, plans),
            at_most=self.improvement.at_most,
            years=self.improvement.years,
            plan=plans[0] if plans and not reached else None,
            alternatives=plans[1:],
            conflict=conflict,
            smallest=outcome.smallest,
            fixed=[self.fixed(item) for item in items if self.closed(item)],
            what_if=what_if,
            effort_from=self.effort_from(),
            limit=limit_words(self.improvement.at_most, self.improvement.years),
            notice=self.notice(),
        )

    def summary(self, status: str, plans: list[Plan]) -> str:
        """The result in one sentence."""
        title = self.levels[self.target.level]
        if status == "reached":
            return _("{level} is reached: nothing has to be done for it.").format(level=title)
        if status == "planned":
            return _("The way to {level} with the least effort: {words}").format(
                level=title, words=plans[0].words
            )
        return _("{level} cannot be reached: these conditions cannot all hold.").format(level=title)

    def effort_from(self) -> Literal["scheme", "user", "none"]:
        """Whose effort it is."""
        if not self.improvement.effort:
            return "none"
        return "user" if self.improvement.origin == OWN else "scheme"

    def notice(self) -> str:
        """What must be said of the effort wherever it is shown."""
        if self.effort_from() == "none":
            return _("No effort is stated; give it in a file of effort.")
        if self.effort_from() == "user":
            return _("Person-days and months as stated by the user.")
        if any(origin.mark == "example" for origin in self.improvement.origin.values()):
            return _(
                "Person-days and months are examples of this project; state your own in a file of effort."
            )
        return ""

    def plan(self, found: Found, outcome: Outcome) -> Plan:
        """One plan with its steps, timeline and proof."""
        choices = outcome.choices
        steps, work = [], []
        for item, row, index in zip(self.document.indicators, choices.options, found.taken, strict=True):
            if index:
                changed = {
                    other.code
                    for other, other_index in zip(self.document.indicators, found.taken, strict=True)
                    if other_index
                }
                after = [need.indicator for need in self.needs(item.code, changed)]
                step = self.step(item, row[0], row[index], choices.days(row[index].days), after)
                steps.append(step)
                work.append(Work(item.code, step.months, frozenset(after)))
        starts = schedule(work, at_most=self.improvement.at_most)
        bars = [
            Bar(
                code=step.code,
                title=step.title,
                start=starts[step.code],
                end=starts[step.code] + step.months,
            )
            for step in steps
        ]
        bars.sort(key=lambda bar: (bar.start, bar.end, bar.code))
        days, bound = choices.days(found.days), choices.days(found.bound)
        months = max((bar.end for bar in bars), default=0)
        level = found.outcome.level
        return Plan(
            days=days,
            months=months,
            steps=steps,
            points=found.outcome.points,
            level=level,
            level_title=None if level is None else self.levels[level],
            timeline=bars,
            proof=Proof(days=days, bound=bound, gap=days - bound),
            words=self.plan_words(steps, days, months, found.outcome.points),
        )

    def needs(self, code: str, changed: set[str]) -> list[Need]:
        """The indicators of this plan that must come first: those not yet in the band that is needed."""
        effort = self.efforts[code]
        return [
            need
            for need in effort.needs
            if need.indicator in changed and self.standing.band(need.indicator) < need.band
        ]

    def plan_words(self, steps: list[Step], days: Decimal, months: int, points: Decimal) -> str:
        """A plan on one line."""
        words = ngettext(
            "{n} indicator, {days} person-days, {months} months; {points} points then.",
            "{n} indicators, {days} person-days, {months} months; {points} points then.",
            len(steps),
        )
        return words.format(n=len(steps), days=number(days), months=months, points=number(points))

    def step(self, item: Indicator, stay: Option, to: Option, days: Decimal, after: list[str]) -> Step:
        """One step: its effort, and what it means in records."""
        target = exact_value(to.units, item.decimals)
        if target is None:
            raise AssertionError(f"a step of {item.code} leads to no value")
        moves = self.moves(item, to.units)
        facts = [
            FactChange(
                fact=move.fact,
                title=local(self.document.facts[move.fact].title),
                old=move.old,
                new=move.new,
                change=move.new - move.old,
            )
            for move in moves
        ]
        return Step(
            code=item.code,
            title=self.titles[item.code],
            scale=item.scale,
            unit=local(self.document.units[item.unit].symbol),
            old_value=self.standing.value(item),
            new_value=target,
            old_band=stay.band,
            new_band=to.band,
            points_gained=item.band_points[to.band] - item.band_points[stay.band],
            days=days,
            months=to.months,
            after=after,
            actions=actions_of(self.standing, item, target, moves),
            facts=facts,
            advice=local(item.advice) or None,
        )

    def moves(self, item: Indicator, units: float) -> tuple[FactMove, ...]:
        """The smallest change of records; plans share steps, so each is looked for once."""
        key = (item.code, units)
        if key not in self._moves:
            self._moves[key] = smallest_moves(self.standing, item, units, self.efforts[item.code].by)
        return self._moves[key]

    def closed(self, item: Indicator) -> bool:
        """Whether nothing can be done about an indicator."""
        effort = self.efforts.get(item.code)
        return effort is None or effort.fixed is not None

    def fixed(self, item: Indicator) -> Fixed:
        """Why nothing can be done about it."""
        effort = self.efforts.get(item.code)
        reason = _("No effort is stated for it.") if effort is None else local(effort.fixed)
        return Fixed(code=item.code, title=self.titles[item.code], reason=reason)

    def part(self, key: Key, rules: Mapping[Key, Rule]) -> ConflictPart:
        """One condition of a conflict."""
        kind, of = key
        return ConflictPart(kind=kind, of=of, words=self.part_words(key, rules))

    def part_words(self, key: Key, rules: Mapping[Key, Rule]) -> str:
        """A condition of a conflict, in a sentence."""
        kind, of = key
        if kind == "limit":
            return limit_words(self.improvement.at_most, self.improvement.years)
        if kind == "fixed":
            reason = self.fixed(self.standing.scheme.indicator(of)).reason
            return _("{code} {title} cannot be changed: {reason}").format(
                code=of, title=self.titles[of], reason=reason
            )
        if kind == "needs":
            code, other = of.split(" ")
            band = next(need.band for need in self.efforts[code].needs if need.indicator == other)
            words = _("{code} {title} needs {other} {other_title} in band {band}.")
            return words.format(
                code=code, title=self.titles[code], other=other, other_title=self.titles[other], band=band
            )
        if kind == "minimum":
            item = self.standing.scheme.indicator(of)
            needed = with_unit(item.required, local(self.document.units[item.unit].symbol))
            words = _("The minimum of {code} {title} is {value}.")
            return words.format(code=of, title=self.titles[of], value=needed)
        words = RuleWords(self.document, self.standing.scheme.expressions.rules).title(rules[key])
        supply = next((local(gate.supply) for gate in self.document.gates if gate.gate == of), "")
        return f"{words}. {supply}".strip() if supply else f"{words}."
