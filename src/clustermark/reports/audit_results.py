"""The sections on results: what decides, what would change, cuts, experts."""

from __future__ import annotations

from clustermark.analysis.audit.figures import percent
from clustermark.analysis.audit.result import BunchingRow, SchemeAudit
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.reports.audit_charts import bunching_chart, rank_chart, weight_chart
from clustermark.reports.audit_model import Picture, Section, Table
from clustermark.reports.audit_words import ASSUMPTIONS, scope_text, told
from clustermark.reports.words import EXAMPLE_SIGN, NARROW_NBSP, NOTHING

SHOWN_CUTS = 12
SHOWN_PICTURES = 4


def _share(value: float | None, hidden: str) -> str:
    return hidden if value is None else percent(value)


def weight_section(audit: SchemeAudit, words: dict[str, str]) -> Section:
    """Effective beside nominal weights."""
    names = {code: f"{code}  {title}" for code, title in audit.titles.items()}
    rows = [
        [
            scope_text(audit, row.code),
            percent(row.nominal),
            told(row.main_effect),
            told(row.linear),
            _share(row.effective, NOTHING),
        ]
        for row in audit.dimension_weights
    ]
    return Section(
        pictures_first=False,
        title=_("What really decides"),
        paragraphs=[
            _(
                "Nominal is the share of the most points. Effective is the share of all main effects; the main effect "
                "of an indicator is the part of the variance of the total that would go if the indicator were known, "
                "estimated by the mean total of the clusters with equal points, less what chance explains "
                "(n = {n}). Indicators that go along with many others decide more than their points say."
            ).format(n=number(audit.n))
        ],
        pictures=[
            Picture(
                title=_("Effective and nominal weight of each indicator"),
                chart=weight_chart(audit.weights, names, words),
                alt=_("Effective beside nominal weights; those far apart are named among the findings."),
            )
        ],
        tables=[
            Table(
                title=_("Dimensions"),
                columns=["wide", "auto", "auto", "auto", "auto"],
                align=["left", "right", "right", "right", "right"],
                header=[
                    _("Dimension"),
                    _("Nominal"),
                    _("Main effect"),
                    _("Squared correlation"),
                    _("Effective"),
                ],
                rows=rows,
            )
        ],
    )


def removal_section(audit: SchemeAudit) -> Section:
    """What changes without one indicator."""
    hidden = _("few")
    rows = [
        [
            row.code,
            audit.titles[row.code],
            told(row.mean_shift, 1),
            told(row.high_shift, 0),
            _share(row.level_changes, hidden),
        ]
        for row in audit.removal
    ]
    return Section(
        title=_("Without one indicator"),
        paragraphs=[
            _(
                "Each indicator is left out in turn, with its points and its minimum; the rest is scaled to the same "
                "most points. Shifts are in ranks out of {n} clusters; “few” stands for fewer than {least} clusters."
            ).format(n=number(audit.n), least=number(audit.min_told))
        ],
        tables=[
            Table(
                title=_("Ranks and levels without one indicator"),
                columns=["auto", "wide", "auto", "auto", "auto"],
                align=["left", "left", "right", "right", "right"],
                header=[
                    _("Code"),
                    _("Indicator"),
                    _("Mean shift"),
                    _("19 of 20 shift less than"),
                    _("At another level"),
                ],
                rows=rows,
            )
        ],
    )


def scenario_section(audit: SchemeAudit, words: dict[str, str]) -> Section:
    """Ranges of ranks and levels."""
    found, hidden = audit.scenarios, _("few")
    rows = [
        [_(ASSUMPTIONS[row.assumption]), told(row.mean_shift, 1), _share(row.level_changes, hidden)]
        for row in found.assumptions
    ]
    return Section(
        pictures_first=False,
        title=_("If the author had chosen otherwise"),
        paragraphs=[
            _(
                "{count} scenarios: points joined by the arithmetic or the geometric mean of dimensions, weights as "
                "stated, equal for dimensions or at random within ± 25 %, and missing values without points, left "
                "out or filled with the median of the sector. Minimums stand in every scenario. n = {n}."
            ).format(count=number(found.count), n=number(found.n)),
            _(
                "{stable} of the clusters keep their level in every scenario; {often} change it in half of them or "
                "more. Half of the clusters have a 90 % interval of their rank of {width} places or more."
            ).format(
                stable=_share(found.stable, hidden),
                often=_share(found.often, hidden),
                width=told(found.width, 0),
            ),
        ],
        pictures=[
            Picture(
                title=_("Change of rank: 90 % of the scenarios, and their median, by groups of clusters"),
                chart=rank_chart(found.groups, words),
                alt=_(
                    "Intervals of the change of rank for groups of clusters of neighbouring rank; no cluster is "
                    "shown alone."
                ),
            )
        ],
        tables=[
            Table(
                title=_("One choice changed, all else as in the scheme"),
                columns=["wide", "auto", "auto"],
                align=["left", "right", "right"],
                header=[_("Choice"), _("Mean shift in rank"), _("At another level")],
                rows=rows,
            )
        ],
    )


def bunching_section(audit: SchemeAudit, words: dict[str, str]) -> Section:
    """Counts beside the cuts."""
    tested = sorted(
        (row for row in audit.bunching if row.p is not None),
        key=lambda row: (row.kind != "total", row.p or 0.0, row.code, row.cut),
    )
    sign = NARROW_NBSP + EXAMPLE_SIGN if audit.provenance.example_values else ""
    rows = [
        [
            _cut_name(audit, row),
            number(row.cut) + sign,
            number(row.n),
            told(row.width),
            NOTHING if row.below is None else number(row.below),
            NOTHING if row.above is None else number(row.above),
            told(row.excess, 1),
            told(row.p, 3),
            told(row.adjusted, 3),
        ]
        for row in tested[:SHOWN_CUTS]
    ]
    pictures = [
        Picture(
            title=f"{_cut_name(audit, row)}: {number(row.cut)}{sign}",
            chart=bunching_chart(row, words),
            alt=_("Counts of clusters in steps of {width} on both sides of the cut {cut}.").format(
                width=told(row.width), cut=number(row.cut)
            ),
            share=0.48,
        )
        for row in tested[:SHOWN_PICTURES]
    ]
    left = len(audit.bunching) - len(tested)
    return Section(
        title=_("Just above the cuts"),
        paragraphs=[
            _(
                "If values were pushed over a cut, more clusters would stand just above it than the values around it "
                "let expect. {tested} required values, band edges and cuts in the total were tested; {left} could "
                "not be, because their scale has too few steps, too few clusters are near, or the values end there. "
                "One in twenty tests is below p = 0.05 by chance; Holm's adjustment takes account of that."
            ).format(tested=number(len(tested)), left=number(left)),
            _(
                "Bunching is a reason to look, not a proof: shares of small counts heap at round fractions, and a "
                "target set at the cut brings clusters there by honest work."
            ),
        ],
        pictures=pictures,
        tables=[
            Table(
                title=_("The total, and the cuts with the smallest p"),
                columns=["wide", *["auto"] * 8],
                align=["left", *["right"] * 8],
                header=[
                    _("Indicator"),
                    _("Cut"),
                    "n",
                    _("Step"),
                    _("Below"),
                    _("Above"),
                    _("Excess"),
                    "p",
                    _("p, Holm"),
                ],
                rows=rows,
            )
        ]
        if rows
        else [],
    )


def _cut_name(audit: SchemeAudit, row: BunchingRow) -> str:
    if row.kind == "total":
        titles = {level.level: level.title for level in audit.levels}
        return _("Points for {level}").format(level=titles[row.code])
    name = f"{row.code} {audit.titles[row.code]}"
    return _("{indicator} (required)").format(indicator=name) if row.kind == "required" else name


def agreement_section(audit: SchemeAudit) -> Section:
    """Agreement of experts on each rated indicator."""
    rows = [
        [
            row.code,
            audit.titles[row.code],
            number(row.n),
            _share(row.percent.value, NOTHING),
            told(row.ac.value),
            _interval(row.ac.low, row.ac.high),
            told(row.kappa.value),
            told(row.alpha.value),
        ]
        for row in audit.agreement
    ]
    return Section(
        title=_("Agreement of experts"),
        paragraphs=[
            _(
                "How far the two or more who rate an indicator say the same. AC2 and kappa have quadratic weights, "
                "alpha is Krippendorff's for ordered steps. Kappa is low where most ratings fall into few steps "
                "however well experts agree; so it stands beside AC2."
            )
            if rows
            else _("The portfolio holds no indicator that enough clusters have two ratings of.")
        ],
        tables=[
            Table(
                title=_("Agreement by indicator"),
                columns=["auto", "wide", "auto", "auto", "auto", "auto", "auto", "auto"],
                align=["left", "left", *["right"] * 6],
                header=[
                    _("Code"),
                    _("Indicator"),
                    "n",
                    _("Equal"),
                    "AC2",
                    _("95 % interval"),
                    _("Kappa"),
                    _("Alpha"),
                ],
                rows=rows,
            )
        ]
        if rows
        else [],
    )


def _interval(low: float | None, high: float | None) -> str:
    return NOTHING if low is None or high is None else f"{told(low)}–{told(high)}"
