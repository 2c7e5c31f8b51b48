"""Gates, levels, and what is missing for the next level."""

from __future__ import annotations

import re
from decimal import Decimal

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.reports.model import (
    ConditionRow,
    GateBlock,
    IndicatorBlock,
    LevelBlock,
    LevelMark,
    NextLevel,
)
from clustermark.reports.words import NBSP, fact_row, figure, met_text, origin_rows, truth_sign
from clustermark.scoring.scorecard import Condition, GateResult, IndicatorScore, LevelResult, Scorecard


def gate_block(gate: GateResult) -> GateBlock:
    """The gate as the report shows it."""
    return GateBlock(
        gate=gate.gate,
        title=gate.title,
        met=gate.met,
        sign=truth_sign(gate.met),
        status_text=met_text(gate.met),
        explanation=gate.explanation,
        supply="" if gate.met else gate.supply or "",
        facts=[fact_row(fact) for fact in gate.facts],
        origin=origin_rows(gate.origin),
    )


def level_block(level: LevelResult) -> LevelBlock:
    """The level with all its conditions, missed ones first."""
    return LevelBlock(
        level=level.level,
        title=level.title,
        reached=level.reached,
        sign=truth_sign(level.reached),
        status_text=reached_text(level.reached),
        conditions=[_condition_row(condition) for condition in (*level.missed, *level.met)],
        origin=origin_rows(level.origin),
    )


def level_mark(level: LevelResult) -> LevelMark:
    """The level as a step of the level mark."""
    return LevelMark(
        level=level.level, title=level.title, reached=level.reached, text=reached_text(level.reached)
    )


def reached_text(reached: bool) -> str:
    """Whether a level is reached, in words."""
    return _("reached") if reached else _("not reached")


def next_level(scorecard: Scorecard, blocks: list[IndicatorBlock]) -> NextLevel:
    """Every missed condition of the next level, and every gap to a missed minimum in numbers."""
    heading = _("What is missing for the next level")
    wanted = next((level for level in scorecard.levels if level.level == scorecard.next_level), None)
    if wanted is None:
        return NextLevel(
            title=heading,
            introduction=_("The highest level of this scheme is reached; nothing is missing."),
            gaps=[],
        )
    scores = {score.code: score for score in scorecard.indicators}
    gaps = [_missed(condition, scorecard) for condition in wanted.missed]
    gaps += [_gap(scores[block.code], block) for block in blocks if block.status == "missed"]
    return NextLevel(
        title=heading,
        introduction=_("The next level is “{level}”. These are its conditions that are not met:").format(
            level=wanted.title
        ),
        gaps=gaps,
    )


def _condition_row(condition: Condition) -> ConditionRow:
    return ConditionRow(
        title=condition.title,
        met=condition.met,
        sign=truth_sign(condition.met),
        status_text=met_text(condition.met),
        explanation=condition.explanation,
    )


def _missed(condition: Condition, scorecard: Scorecard) -> str:
    """A missed condition; one that asks for points says how many are missing."""
    wanted = re.fullmatch(r"points\s*>=\s*(\d+(?:\.\d+)?)", condition.rule.strip())
    if wanted is None:
        return _join(condition.title, condition.explanation)
    required = Decimal(wanted[1])
    return _("Points: {points} earned, at least {required} required; {distance} are missing.").format(
        points=figure(scorecard.points, example=scorecard.provenance.example_values > 0).text,
        required=number(required),
        distance=number(required - scorecard.points),
    )


def _join(title: str, explanation: str) -> str:
    return f"{title} – {explanation}" if explanation and explanation != title else title


def _gap(score: IndicatorScore, block: IndicatorBlock) -> str:
    """A missed minimum in one sentence, with the distance to the required value."""
    name = f"{score.code}{NBSP}{score.title}"
    if score.value is None or score.required is None:
        return _("{indicator}: {required} is required, and the dossier does not evidence a value.").format(
            indicator=name, required=block.required_text
        )
    distance = number(abs(score.required - score.value)) + (NBSP + score.unit if score.unit else "")
    if score.direction == "up":
        text = _("{indicator}: {value} reached, {required} required; {distance} are missing.")
    else:
        text = _("{indicator}: {value} reached, {required} required; {distance} too many.")
    return text.format(
        indicator=name, value=block.value.text, required=block.required_text, distance=distance
    )
