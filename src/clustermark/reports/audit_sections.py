"""The sections on data and structure: what is known, what goes together, what is one thing."""

from __future__ import annotations

from clustermark.analysis.audit.figures import percent
from clustermark.analysis.audit.result import SchemeAudit
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.reports.audit_charts import correlation_chart
from clustermark.reports.audit_model import Picture, Section, Table
from clustermark.reports.audit_words import count_told, scope_text, share_told, told
from clustermark.reports.words import NOTHING


def data_section(audit: SchemeAudit) -> Section:
    """Availability and outliers."""
    known = audit.availability
    shapes = {row.code: row for row in audit.outliers}
    rows = []
    for row in known.indicators:
        shape = shapes[row.code]
        rows.append(
            [
                row.code,
                audit.titles[row.code],
                count_told(row.known),
                share_told(row.share, _("hidden")),
                told(shape.skewness),
                told(shape.kurtosis),
                NOTHING if shape.skewness is None else count_told(shape.outside),
                "!" if shape.flagged else "",
            ]
        )
    return Section(
        title=_("Data: what is known, and what lies far out"),
        paragraphs=[
            _(
                "{complete} of {n} clusters lack no value. A missing value is never read as zero; it earns no "
                "points. Below {limit} known, an indicator or a cluster is usually left out of a ranking."
            ).format(
                complete=count_told(known.complete), n=number(known.n), limit=percent(known.limit)
            ),
            _(
                "Skewness above 2 (or below −2) together with kurtosis above 3.5 asks for treatment where values are "
                "scored on a straight scale; “outside” counts values beyond 1.5 interquartile ranges from the "
                "quartiles. All three are of the values that are known."
            ),
        ],
        tables=[
            Table(
                title=_("Known values and their shape"),
                columns=["auto", "wide", "auto", "auto", "auto", "auto", "auto", "auto"],
                align=["left", "left", "right", "right", "right", "right", "right", "center"],
                header=[
                    _("Code"), _("Indicator"), "n", _("Known"), _("Skewness"), _("Kurtosis"), _("Outside"), "",
                ],
                rows=rows,
            ),
            Table(
                title=_("Complete clusters by dimension"),
                columns=["wide", "auto", "auto", "auto"],
                align=["left", "right", "right", "right"],
                header=[_("Dimension"), _("Indicators"), _("Complete"), "n"],
                rows=[
                    [
                        scope_text(audit, row.dimension),
                        number(row.indicators),
                        count_told(row.complete),
                        number(row.n),
                    ]
                    for row in known.dimensions
                ],
            ),
        ],
    )  # fmt: skip


def correlation_section(audit: SchemeAudit) -> Section:
    """Heat map, and how each indicator fits its dimension."""
    found = audit.correlations
    dimension_of = {row.code: row.dimension for row in found.fit}
    dropped = {
        code: value
        for row in audit.consistency
        if row.scope != "all"
        for code, value in zip(row.codes, row.dropped, strict=True)
    }
    rows = [
        [
            row.code,
            audit.titles[row.code],
            count_told(row.n),
            told(row.own),
            told(row.own_with_itself),
            f"{row.other_dimension}: {told(row.other)}" if row.other_dimension else NOTHING,
            told(dropped.get(row.code)),
        ]
        for row in found.fit
    ]
    picture = Picture(
        title=_("Pearson correlations of points, in hundredths; pairs of one dimension framed"),
        chart=correlation_chart(found, dimension_of),
        alt=_(
            "Triangle of correlations between all indicators; the figures that stand out are named among the "
            "findings, all are in the JSON file."
        ),
    )
    return Section(
        title=_("Correlations within and across dimensions"),
        paragraphs=[
            _(
                "Each pair rests on the clusters that have both values, at least {n}. An indicator should go with "
                "the rest of its own dimension at 0.3 or more, and not with another dimension more than with its "
                "own; above 0.92 a pair says the same twice; below zero within a dimension one works against the "
                "other."
            ).format(n=number(found.least_n))
        ],
        pictures=[picture],
        tables=[
            Table(
                title=_("Each indicator and its dimension"),
                columns=["auto", "wide", "auto", "auto", "auto", "auto", "auto"],
                align=["left", "left", "right", "right", "right", "right", "right"],
                header=[
                    _("Code"), _("Indicator"), "n", _("With the rest"), _("With itself"), _("Best other"),
                    _("Alpha without"),
                ],
                rows=rows,
            )
        ],
    )  # fmt: skip


def structure_section(audit: SchemeAudit) -> Section:
    """Cronbach's alpha and principal components."""
    alpha = [
        [scope_text(audit, row.scope), number(len(row.codes)), count_told(row.n), told(row.alpha)]
        for row in audit.consistency
    ]
    parts = [
        [
            scope_text(audit, row.scope),
            count_told(row.n),
            "; ".join(told(value) for value in row.eigenvalues[:3]) or NOTHING,
            percent(row.explained[0]) if row.explained else NOTHING,
            number(row.kaiser) if row.eigenvalues else NOTHING,
        ]
        for row in audit.components
    ]
    first = {
        code: loading[0]
        for row in audit.components
        if row.scope != "all"
        for code, loading in zip(row.codes, row.loadings, strict=bool(row.loadings))
    }
    tables = [
        Table(
            title=_("Cronbach's alpha"),
            columns=["wide", "auto", "auto", "auto"],
            align=["left", "right", "right", "right"],
            header=[_("Dimension"), _("Indicators"), "n", _("Alpha")],
            rows=alpha,
        ),
        Table(
            title=_("Principal components"),
            columns=["wide", "auto", "auto", "auto", "auto"],
            align=["left", "right", "right", "right", "right"],
            header=[_("Dimension"), "n", _("First eigenvalues"), _("First explains"), _("Above 1")],
            rows=parts,
        ),
    ]
    whole = next((row for row in audit.components if row.scope == "all" and row.loadings), None)
    if whole is not None:
        tables.append(
            Table(
                title=_("Loadings, n = {n}").format(n=number(whole.n)),
                columns=["auto", "wide", "auto", "auto", "auto", "auto"],
                align=["left", "left", "right", "right", "right", "right"],
                header=[_("Code"), _("Indicator"), _("First of its dimension"), "1", "2", "3"],
                rows=[
                    [code, audit.titles[code], told(first.get(code)), *(told(value) for value in loading)]
                    for code, loading in zip(whole.codes, whole.loadings, strict=True)
                ],
            )
        )
    return Section(
        title=_("Is a dimension one thing?"),
        paragraphs=[
            _(
                "Alpha of 0.7 or more is customary for a scale that measures one thing. A label's checklist of "
                "separate duties need not be one; then the sum says less than its parts. Components are those of "
                "the correlations of points; a dimension that is one thing has one eigenvalue above 1. Both rest on "
                "the clusters without a gap."
            )
        ],
        tables=tables,
    )
