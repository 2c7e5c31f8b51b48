"""From scored numbers to a scorecard: each number with what it rests on, in the current language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, cast

from clustermark.dossiers.dossier import Dossier, Value
from clustermark.ground.exact import half_up
from clustermark.ground.texts import Language, local, number
from clustermark.ground.texts import gettext as _
from clustermark.schemes.check import parts_of
from clustermark.schemes.document import AllOf, Gate, Indicator, Level, Origins, Rule, SchemeDocument
from clustermark.schemes.expressions import Node, names
from clustermark.schemes.expressions.writing import to_text
from clustermark.schemes.marks import count_marks
from clustermark.scoring import wording
from clustermark.scoring.arrays import Truth
from clustermark.scoring.evaluate import numbers
from clustermark.scoring.kernel import NO_MARGIN, point_places
from clustermark.scoring.levels import rule_truth
from clustermark.scoring.rationals import Rationals
from clustermark.scoring.score import Scored
from clustermark.scoring.scorecard import (
    SIGNIFICANT_MARGIN,
    ChecklistPoint,
    Condition,
    DimensionScore,
    EvidenceItem,
    FactValue,
    GateResult,
    IndicatorScore,
    LevelResult,
    MarginStatistic,
    Provenance,
    ProvenanceOf,
    Scorecard,
    Statement,
)
from clustermark.scoring.validity import valid_until
from clustermark.scoring.values import exact_value
from clustermark.scoring.views import ScoredView, said

EXCELLENCE_BAND = 4
"""The band whose edge is the excellence value."""


def scorecard_of(scored: Scored, dossier: Dossier, view: ScoredView, *, language: Language) -> Scorecard:
    """The scorecard of the one dossier that was scored."""
    return _Writer(scored, dossier, view).scorecard(language)


class _Writer:
    """Writes the scorecard of the first dossier of a `Scored`."""

    def __init__(self, scored: Scored, dossier: Dossier, view: ScoredView) -> None:
        self.scored = scored
        self.document: SchemeDocument = scored.scheme.document
        self.expressions = scored.scheme.expressions
        self.dossier = dossier
        self.view = view
        self.said = said(dossier, view)
        self.places = point_places(self.document.indicators)
        self.words = wording.RuleWords(self.document, self.expressions.rules)
        self.titles = {item.code: local(item.title) for item in self.document.indicators}

    def scorecard(self, language: Language) -> Scorecard:
        document = self.document
        indicators = [self.indicator(item, row) for row, item in enumerate(document.indicators)]
        self.missed = [item.code for item in indicators if item.minimum and not item.required_met]
        reached = int(self.scored.decided.reached[0])
        level = document.levels[reached] if reached >= 0 else None
        above = document.levels[reached + 1 :]
        profile = self.dossier.profile
        return Scorecard(
            language=language,
            cluster=str(profile.get("name") or ""),
            sector=_text(profile.get("sector")),
            country=_text(profile.get("country")),
            scheme=document.scheme,
            scheme_title=local(document.title),
            scheme_version=document.version,
            scheme_digest=self.scored.scheme.digest,
            dossier_digest=self.dossier.digest,
            dossier_frozen=self.dossier.frozen,
            view=str(self.view),
            as_of=self.scored.as_of,
            points=Decimal(int(self.scored.scores.points[0])).scaleb(-self.places),
            max_points=sum((item.max_points for item in indicators), start=Decimal(0)),
            level=level.level if level else None,
            level_title=local(level.title) if level else None,
            next_level=above[0].level if above else None,
            levels=[self.level(item) for item in document.levels],
            gates=[self.gate(item) for item in document.gates],
            indicators=indicators,
            minimums_missed=self.missed,
            significantly_above=margin_statistic(indicators),
            dimensions=self.dimensions(indicators),
            valid_until=self.valid_until(level),
            provenance=provenance_of(self.document),
        )

    def valid_until(self, level: Level | None) -> date | None:
        if level is None or self.document.validity is None:
            return None
        return valid_until(self.document.validity, self.dossier, level=level.level, as_of=self.scored.as_of)

    def indicator(self, item: Indicator, row: int) -> IndicatorScore:
        scored = self.scored.scores
        value = exact_value(float(self.scored.values[row, 0]), item.decimals)
        band = int(scored.bands[row, 0]) if item.bands else None
        margin = None if scored.margins[row, 0] == NO_MARGIN else int(scored.margins[row, 0])
        met = _meets(item, value)
        facts, checklist = self.facts_of(item), self.checklist(item)
        node = self.expressions.measures.get(item.code)
        check_node = self.expressions.rating_checks.get(item.code)
        check = None if check_node is None else self.figure(check_node)
        value_from = self.value_from(item, value)
        symbol = local(self.document.units[item.unit].symbol)
        standing = wording.explain_standing(item, symbol, band=band, margin=margin, met=met)
        explained = wording.explain_value(
            item, value, value_from=value_from, facts=facts, points=checklist, node=node
        )
        points = item.band_points
        return IndicatorScore(
            code=item.code,
            title=local(item.title),
            dimension=item.dimension,
            scale=item.scale,
            value=value,
            unit=symbol,
            value_from=value_from,
            direction=item.direction,
            bands=item.bands,
            band=band,
            band_words=local(item.rubric[int(value)]) if item.rubric and value is not None else None,
            points=points[band or 0],
            max_points=points[-1],
            scored=item.scored,
            required=item.required,
            excellence=item.bands[EXCELLENCE_BAND - 1] if len(item.bands) >= EXCELLENCE_BAND else None,
            minimum=item.minimum,
            required_met=met,
            margin=margin,
            significantly_above=margin is not None and margin >= SIGNIFICANT_MARGIN,
            evidenced=value is not None,
            evidence=self.evidence(item.code),
            evidence_wanted=[local(text) for text in item.evidence],
            statements=self.statements(item.code),
            facts=facts,
            checklist=checklist,
            check=check,
            formula=None if (shown := node or check_node) is None else to_text(shown),
            formula_with_numbers=None if shown is None else to_text(shown, wording.fact_words(facts)),
            next_edge=item.bands[band] if band is not None and band < len(item.bands) else None,
            explanation=" ".join(
                filter(None, [explained, self.check_words(check_node, check, facts), standing])
            ),
            advice=local(item.advice) or None,
            origin=self.origin(item.origin),
        )

    def origin(self, origins: Origins) -> list[ProvenanceOf]:
        sources = self.document.sources
        return [
            ProvenanceOf(of=field, mark=item.mark, source=sources[item.source].title)
            for field, item in origins.items()
        ]

    def figure(self, node: Node) -> Decimal | None:
        """The value of an expression over facts, rounded half up to 4 decimals."""
        value = numbers(node, self.scored.decided.columns, 1)
        return None if value.missing[0] else half_up(Fraction(int(value.num[0]), int(value.den[0])), 4)

    def check_words(self, node: Node | None, check: Decimal | None, facts: Sequence[FactValue]) -> str:
        if node is None:
            return ""
        formula = to_text(node, wording.fact_words(facts))
        return _("Check: {formula} = {value}.").format(
            formula=formula, value=number(check, missing=_("missing"))
        )

    def value_from(
        self, item: Indicator, value: Decimal | None
    ) -> Literal["records", "claim", "expert", "consensus", "none"]:
        if value is None:
            return "none"
        statement = self.said.get(item.code)
        stated = statement and (statement.rating if item.scale == "rubric" else statement.value) is not None
        return self.view.voice if stated else "records"

    def facts_of(self, item: Indicator) -> list[FactValue]:
        single = (self.expressions.measures.get(item.code), self.expressions.rating_checks.get(item.code))
        nodes = [node for node in single if node is not None]
        nodes += self.expressions.checklists.get(item.code, ())
        return self.facts_named(dict.fromkeys(name for node in nodes for name in names(node)))

    def facts_named(self, wanted: dict[str, None]) -> list[FactValue]:
        return [
            FactValue(fact=name, title=local(fact.title), value=_fact_number(self.scored.facts[name][0]))
            for name, fact in self.document.facts.items()
            if name in wanted
        ]

    def checklist(self, item: Indicator) -> list[ChecklistPoint]:
        truths = self.scored.checklists.get(item.code, [])
        return [
            ChecklistPoint(item=point.item, title=local(point.title), holds=_truth(held))
            for point, held in zip(item.checklist or [], truths, strict=True)
        ]

    def evidence(self, code: str) -> list[EvidenceItem]:
        return [
            EvidenceItem(**{name: row.values.get(name) for name in EvidenceItem.model_fields})  # type: ignore[arg-type]  # columns of the table evidence have these types
            for row in self.dossier.rows("evidence")
            if code in cast("Sequence[str]", row.values.get("indicators") or ())
        ]

    def statements(self, code: str) -> list[Statement]:
        found = []
        for row in self.dossier.rows("ratings"):
            if row.values.get("indicator") == code:
                fields = {name: row.values.get(name) for name in Statement.model_fields}
                fields["evidence"] = list(cast("Sequence[str]", fields["evidence"] or ()))  # type: ignore[assignment]  # a list for the document
                found.append(Statement(**fields))  # type: ignore[arg-type]  # columns of the table ratings have these types
        order = ("claim", "expert", "consensus")
        return sorted(found, key=lambda statement: order.index(statement.view))

    def gate(self, gate: Gate) -> GateResult:
        truth = self.scored.decided.gates[gate.gate]
        return GateResult(
            gate=gate.gate,
            title=local(gate.title),
            met=bool(truth[0] == 1),
            explanation=self.words.numbers(gate.when, self.shown_numbers()),
            supply=local(gate.supply) or None,
            facts=self.facts_named(dict.fromkeys(self.rule_names(gate.when))),
            origin=self.origin(gate.origin),
        )

    def rule_names(self, rule: Rule) -> list[str]:
        if isinstance(rule, str):
            return list(names(self.expressions.rules[rule]))
        return [name for part in parts_of(rule) for name in self.rule_names(part)]

    def shown_numbers(self) -> dict[str, str]:
        """Every name a rule may use, as it stands in a formula with numbers."""
        shown = {
            fact.fact: wording.truth_or_number(fact.value)
            for fact in self.facts_named(dict.fromkeys(self.scored.facts))
        }
        for name, column in self.scored.decided.columns.items():
            if name not in shown:
                if isinstance(column, Rationals):
                    value = None if column.missing[0] else Fraction(int(column.num[0]), int(column.den[0]))
                    shown[name] = number(None if value is None else half_up(value, 4))
                else:
                    shown[name] = wording.truth_or_number(_truth(column))
        return shown

    def level(self, level: Level) -> LevelResult:
        parts = level.when.all if isinstance(level.when, AllOf) else [level.when]
        conditions = [self.condition(part) for part in parts]
        return LevelResult(
            level=level.level,
            title=local(level.title),
            reached=bool(self.scored.decided.levels[level.level][0] == 1),
            met=[condition for condition in conditions if condition.met],
            missed=[condition for condition in conditions if not condition.met],
            origin=self.origin(level.origin),
        )

    def condition(self, rule: Rule) -> Condition:
        truth = rule_truth(self.scored.scheme, rule, self.scored.decided.columns, 1)
        if rule == "minimums_met":
            explanation = wording.missed_words(self.missed, self.titles)
        else:
            # a condition that is a gate rests on what the gate rests on
            gate = next((gate for gate in self.document.gates if gate.gate == rule), None)
            explanation = self.words.numbers(gate.when if gate else rule, self.shown_numbers())
        return Condition(
            rule=_rule_text(rule), title=self.words.title(rule), met=_truth(truth), explanation=explanation
        )

    def dimensions(self, indicators: Sequence[IndicatorScore]) -> list[DimensionScore]:
        result = []
        for dimension in self.document.dimensions:
            inside = [item for item in indicators if item.dimension == dimension.code]
            result.append(
                DimensionScore(
                    code=dimension.code,
                    title=local(dimension.title),
                    points=sum((item.points for item in inside), start=Decimal(0)),
                    max_points=sum((item.max_points for item in inside), start=Decimal(0)),
                    indicators=sum(item.scored for item in inside),
                    significantly_above=sum(item.significantly_above and item.scored for item in inside),
                )
            )
        return result


def margin_statistic(indicators: Sequence[IndicatorScore]) -> MarginStatistic:
    """How many scored indicators with a required value lie significantly above it."""
    counted = [item for item in indicators if item.scored and item.required is not None]
    count = sum(item.significantly_above for item in counted)
    share = half_up(Fraction(100 * count, len(counted)), 1) if counted else None
    return MarginStatistic(count=count, of=len(counted), share=share)


def _meets(item: Indicator, value: Decimal | None) -> bool | None:
    if item.required is None:
        return None
    if value is None:
        return False
    return value <= item.required if item.direction == "down" else value >= item.required


def _truth(truth: Truth) -> bool | None:
    return None if truth[0] < 0 else bool(truth[0])


def _fact_number(value: int | Decimal | bool | None) -> Decimal | bool | None:
    return value if value is None or isinstance(value, bool) else Decimal(value)


def provenance_of(document: SchemeDocument) -> Provenance:
    """What must be said of a scheme wherever its values are shown, in the current language."""
    return Provenance(
        endorsed=document.owner.endorsed,
        notice=local(document.notice),
        example_values=count_marks(document)["example"],
        owner=document.owner.name,
    )


def _rule_text(rule: Rule) -> str:
    return rule if isinstance(rule, str) else rule.model_dump_json()


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
