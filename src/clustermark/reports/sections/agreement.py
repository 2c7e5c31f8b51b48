"""“Agreement of the experts”."""

from __future__ import annotations

from clustermark.analysis.agreement.coefficients import Coefficient, coefficients_of
from clustermark.analysis.agreement.panel import AgreementReport, PanelAgreement
from clustermark.ground.texts import gettext as _
from clustermark.reports.printed import Figure
from clustermark.reports.section import Column, Grid, Part, RatingsPicture, RatingsRow, Section
from clustermark.reports.sections.figures import rounded, whole, words


def agreement_section(report: AgreementReport) -> Section:
    """Ratings side by side, where they differ, and the coefficients; one case a report as a rule."""
    return Section(
        key="agreement",
        name=_("Agreement"),
        title=_("Agreement of the experts"),
        paragraphs=[case.words for case in report.cases],
        parts=[part for case in report.cases for part in _case(case, report)],
    )


def _case(case: PanelAgreement, report: AgreementReport) -> list[Part]:
    if not case.indicators:
        return []
    return [_ratings(case, report), _differences(case), _coefficients(case)]


def _ratings(case: PanelAgreement, report: AgreementReport) -> Part:
    voices = [*case.experts, _("Consensus of the experts")]
    columns = [
        Column(title=_("Code")),
        Column(title=_("Indicator"), width=5),
        *(Column(title=voice, number=True, width=2) for voice in voices),
        Column(title=_("Steps apart"), number=True, width=2),
    ]
    rows = [
        [
            words(row.code),
            words(row.title),
            *(whole(rating) for rating in row.ratings),
            whole(row.consensus),
            whole(row.apart),
        ]
        for row in case.indicators
    ]
    picture = RatingsPicture(
        alt=_(
            "Chart: for each rated indicator the rating of each expert and the consensus on a scale from {low} to"
            " {high}. The table below holds the same ratings."
        ).format(low=report.low, high=report.high),
        low=report.low,
        high=report.high,
        voices=voices,
        rows=[
            RatingsRow(code=row.code, title=row.title, ratings=[*row.ratings, row.consensus])
            for row in case.indicators
        ],
    )
    title = _("Ratings side by side")
    return Part(title=title, pictures=[picture], table=Grid(caption=title, columns=columns, rows=rows))


def _differences(case: PanelAgreement) -> Part:
    """Where the experts differ, in words; what was agreed is told apart."""
    apart = [row for row in case.indicators if row.apart]
    points = []
    for row in apart:
        said = [
            _("{expert} gave {rating}").format(expert=expert, rating=rating)
            for expert, rating in zip(case.experts, row.ratings, strict=True)
            if rating is not None
        ]
        if row.consensus is None:
            settled = _("no consensus is stated")
        else:
            settled = _("the consensus is {rating}").format(rating=row.consensus)
        points.append(
            _("{code} {title}: {ratings}; {consensus}.").format(
                code=row.code, title=row.title, ratings=", ".join(said), consensus=settled
            )
        )
    return Part(
        title=_("Where the experts differ"),
        paragraphs=[] if points else [_("The experts differ on no rated indicator.")],
        points=points,
    )


def _coefficients(case: PanelAgreement) -> Part:
    lines = coefficients_of(case.agreement)
    title = _("Coefficients of agreement")
    columns = [
        Column(title=_("Coefficient"), width=4),
        Column(title=_("Value"), number=True),
        Column(title=_("95 % from"), number=True),
        Column(title=_("to"), number=True),
        Column(title=_("What it says"), width=6),
    ]
    return Part(
        title=title,
        paragraphs=[
            _(
                "Coefficients correct the equal ratings for what chance alone would give: 1 is full agreement, 0 is"
                " what chance gives. Few ratings make wide intervals. Kappa is never shown without Gwet's"
                " coefficient, for where most ratings are alike it is low however well the experts agree."
            )
        ],
        table=Grid(caption=title, columns=columns, rows=[_row(line) for line in lines]),
    )


def _row(line: Coefficient) -> list[Figure]:
    estimate = line.estimate
    return [
        words(line.title),
        rounded(estimate.value),
        rounded(estimate.low),
        rounded(estimate.high),
        words(line.words),
    ]
