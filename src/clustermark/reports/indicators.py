"""One block of the report for each indicator."""

from __future__ import annotations

from decimal import Decimal
from itertools import takewhile

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.reports.model import (
    ChecklistRow,
    EvidenceRow,
    IndicatorBlock,
    Recommendation,
    StatementRow,
    Status,
)
from clustermark.reports.words import (
    EXAMPLE_SIGN,
    NBSP,
    NOTHING,
    STATUS_SIGNS,
    STATUS_TEXTS,
    VALUE_FROM,
    dated,
    fact_row,
    figure,
    is_example,
    margin_text,
    origin_rows,
    truth_sign,
    voice_text,
)
from clustermark.scoring.scorecard import ChecklistPoint, EvidenceItem, IndicatorScore, Statement


def band_of(value: Decimal, score: IndicatorScore) -> int:
    """The band in which `value` lies on the indicator's scale; a value equal to an edge is in."""
    if score.direction == "up":
        return len(list(takewhile(lambda edge: value >= edge, score.bands)))
    return len(list(takewhile(lambda edge: value <= edge, score.bands)))


def status_of(score: IndicatorScore) -> Status:
    """How the indicator stands to its required value."""
    if score.required_met is False and score.minimum:
        return "missed"
    if not score.evidenced:
        return "not_evidenced"
    if score.required_met is None:
        return "no_requirement"
    if not score.required_met:
        return "below"
    return "above" if score.significantly_above else "met"


def indicator_block(score: IndicatorScore) -> IndicatorBlock:
    """The indicator as the report shows it, in the current language."""
    status = status_of(score)
    bands_example = is_example(score.origin, "bands")
    points_example = bands_example or is_example(score.origin, "points", "scored")
    required = figure(score.required, score.unit, example=is_example(score.origin, "required"))
    excellence = figure(score.excellence, score.unit, example=bands_example)
    points = figure(score.points, example=points_example)
    return IndicatorBlock(
        code=score.code,
        title=score.title,
        dimension=score.dimension,
        status=status,
        sign=STATUS_SIGNS[status],
        status_text=_status_text(score, status),
        minimum=score.minimum,
        value=figure(score.value, score.unit),
        unit=score.unit,
        value_from=_(VALUE_FROM[score.value_from]),
        band=score.band if score.bands else None,
        bands=len(score.bands),
        band_text=_band_text(score),
        band_words=score.band_words or "",
        points=points,
        max_points=figure(score.max_points),
        points_text=_("{points} of {max_points}").format(
            points=points.text, max_points=number(score.max_points)
        )
        if score.scored
        else _("no points"),
        required=required,
        required_text=_required_text(score, required.text),
        required_band=_band_or_none(score.required, score),
        excellence=excellence,
        excellence_band=_band_or_none(score.excellence, score),
        next_edge=figure(score.next_edge, score.unit, example=bands_example),
        margin=score.margin,
        margin_text=margin_text(score.margin),
        scored=score.scored,
        explanation=_explanation(score, example=bands_example or required.example),
        formula=score.formula or "",
        formula_with_numbers=_numbers(score),
        facts=[fact_row(fact) for fact in score.facts],
        checklist=[_checklist_row(point) for point in score.checklist],
        evidence=[_evidence_row(item) for item in score.evidence],
        evidence_wanted=score.evidence_wanted,
        statements=[_statement_row(statement, score) for statement in score.statements],
        recommendations=_recommendations(score, status),
        origin=origin_rows(score.origin),
    )


def _band_or_none(value: Decimal | None, score: IndicatorScore) -> int | None:
    return band_of(value, score) if value is not None and score.bands else None


def _band_text(score: IndicatorScore) -> str:
    if score.band is None or not score.bands:
        return NOTHING
    return _("{band} of {bands}").format(band=number(score.band), bands=number(len(score.bands)))


def _required_text(score: IndicatorScore, required: str) -> str:
    """The required value as a limit: at least (or at most) so much."""
    if score.required is None:
        return NOTHING
    return ("≥" if score.direction == "up" else "≤") + NBSP + required


def _explanation(score: IndicatorScore, *, example: bool) -> str:
    """The engine's explanation; it names bands and the required value, so it bears their sign."""
    return score.explanation + (f" {EXAMPLE_SIGN}" if example and score.explanation else "")


def _numbers(score: IndicatorScore) -> str:
    """The formula with numbers, unless the explanation already begins with it."""
    numbers = score.formula_with_numbers or ""
    return "" if score.explanation.startswith(numbers) else numbers


def _status_text(score: IndicatorScore, status: Status) -> str:
    text = _(STATUS_TEXTS[status])
    if status == "missed" and not score.evidenced:
        return _("minimum requirement missed: not evidenced")
    return text


def _checklist_row(point: ChecklistPoint) -> ChecklistRow:
    text = _("not stated") if point.holds is None else _("yes") if point.holds else _("no")
    return ChecklistRow(title=point.title, holds=point.holds, sign=truth_sign(point.holds), text=text)


def _evidence_row(item: EvidenceItem) -> EvidenceRow:
    return EvidenceRow(
        id=item.evidence_id,
        title=item.title,
        kind=item.kind,
        file=item.file,
        dated=dated(item.own_date),
        page=item.page or "",
    )


def _statement_row(statement: Statement, score: IndicatorScore) -> StatementRow:
    value = figure(statement.value, score.unit)
    said = []
    if statement.rating is not None:
        said.append(_("{rating} of {best}").format(rating=number(statement.rating), best=5))
    if statement.value is not None:
        said.append(value.text)
    return StatementRow(
        voice=voice_text(statement.view, statement.rater),
        rating=statement.rating,
        value=value,
        said=", ".join(said) or NOTHING,
        reason=statement.reason or "",
        recommendation=statement.recommendation or "",
        evidence=", ".join(statement.evidence),
        dated=dated(statement.rated_on),
    )


def _recommendations(score: IndicatorScore, status: Status) -> list[Recommendation]:
    """What the consensus recommends; without it the scheme's advice, for an indicator missed or low."""
    agreed = [
        Recommendation(source=_("Consensus of the experts"), text=statement.recommendation)
        for statement in score.statements
        if statement.view == "consensus" and statement.recommendation
    ]
    low = score.scored and score.band is not None and 2 * score.band < len(score.bands)
    if agreed or not score.advice or not (low or status in ("missed", "below", "not_evidenced")):
        return agreed
    return [Recommendation(source=_("Advice of the scheme"), text=score.advice)]
