"""The sections on results: what decides, and what would change."""

from __future__ import annotations

from clustermark.analysis.audit.figures import percent
from clustermark.analysis.audit.result import SchemeAudit
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.reports.audit_charts import rank_chart, weight_chart
from clustermark.reports.audit_model import Picture, Section, Table
from clustermark.reports.audit_words import ASSUMPTIONS, scope_text, share_told, told
from clustermark.reports.words import NOTHING


def weight_section(audit: SchemeAudit, words: dict[str, str]) -> Section:
    """Effective beside nominal weights."""
    names = {code: f"{code}  {title}" for code, title in audit.titles.items()}
    rows = [
        [
            scope_text(audit, row.code),
            percent(row.nominal),
            told(row.main_effect),
            told(row.linear),
            share_told(row.effective, NOTHING),
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
    hidden = _("hidden")
    rows = [
        [
            row.code,
            audit.titles[row.code],
            told(row.mean_shift, 1),
            told(row.high_shift, 0),
            share_told(row.level_changes, hidden),
        ]
        for row in audit.removal
    ]
    return Section(
        title=_("Without one indicator"),
        paragraphs=[
            _(
                "Each indicator is left out in turn, with its points and its minimum; the rest is scaled to the same "
                "most points. Shifts are in ranks out of {n} clusters. Hidden is what fewer than {least} clusters "
                "know, and a share that stands for fewer than {least} clusters or leaves out fewer."
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
    found, hidden = audit.scenarios, _("hidden")
    rows = [
        [_(ASSUMPTIONS[row.assumption]), told(row.mean_shift, 1), share_told(row.level_changes, hidden)]
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
                stable=share_told(found.stable, hidden),
                often=share_told(found.often, hidden),
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
