"""The sections on decisions: cuts, experts, and how sure levels are."""

from __future__ import annotations

from clustermark.analysis.audit.figures import percent
from clustermark.analysis.audit.parts import BunchingRow, LevelChance
from clustermark.analysis.audit.result import SchemeAudit
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.reports.audit_charts import bunching_chart
from clustermark.reports.audit_model import Align, Picture, Section, Table, Width
from clustermark.reports.audit_words import count_told, share_told, told
from clustermark.reports.words import EXAMPLE_SIGN, NARROW_NBSP, NOTHING

SHOWN_CUTS = 12
SHOWN_PICTURES = 4


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
            count_told(row.n),
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
                columns=_columns(8),
                align=_aligns(8),
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
            share_told(row.percent.value, NOTHING),
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
                align=["left", *_aligns(6)],
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


def chance_section(audit: SchemeAudit) -> Section:
    """How surely clusters are at their level."""
    title = _("How sure are the levels?")
    found = audit.chances
    if found is None:
        text = _(
            "The levels of this scheme rest on more than points and minimums; a portfolio does not hold it, "
            "so probabilities cannot be told."
        )
        return Section(title=title, paragraphs=[text])
    rows = [
        [level.title, number(level.n), *(count_told(count) for count in _counts(level))]
        for level in found.levels
    ]
    return Section(
        title=title,
        paragraphs=[
            _(
                "{draws} draws of all clusters together: experts give the other's rating, missing values take that of "
                "others, weights vary by up to {weights} and edges by up to {thresholds}. Gates are taken as met. "
                "These reaches are declared here, not by the scheme's owner."
            ).format(
                draws=number(found.draws),
                weights=percent(found.weights),
                thresholds=percent(found.thresholds),
            )
        ],
        tables=[
            Table(
                title=_("Clusters by how often they reach the level"),
                columns=_columns(6),
                align=_aligns(6),
                header=[
                    _("Level"),
                    "n",
                    _("Hold it"),
                    _("surely (95 %)"),
                    _("in under half"),
                    _("Below, in half or more"),
                    _("Open (5–95 %)"),
                ],
                rows=rows,
            )
        ],
    )


def _counts(level: LevelChance) -> tuple[int | None, ...]:
    return level.held, level.sure, level.doubtful, level.missed, level.open


def _columns(figures: int) -> list[Width]:
    """A wide column of names, then columns of figures."""
    figure: Width = "auto"
    return ["wide", *[figure] * figures]


def _aligns(figures: int) -> list[Align]:
    figure: Align = "right"
    return ["left", *[figure] * figures]
