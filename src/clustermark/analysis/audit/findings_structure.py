"""Findings about how the scheme is built: outliers, correlations, consistency, components, weights."""

from __future__ import annotations

from collections.abc import Iterator

from clustermark.analysis.audit.consistency import ENOUGH
from clustermark.analysis.audit.correlations import WEAK
from clustermark.analysis.audit.figures import named, percent, scope_words, short
from clustermark.analysis.audit.result import Finding, SchemeAudit
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number

BARELY = 0.1
"""An indicator that goes with its dimension less than this has next to nothing to do with it."""

FEW_WEIGHT, MUCH_WEIGHT = 0.5, 2.0
"""Effective over nominal weight outside these stands out."""


def find_outliers(audit: SchemeAudit) -> Iterator[Finding]:
    """Indicators with values far from all others."""
    for row in audit.outliers:
        if row.flagged and row.skewness is not None and row.kurtosis is not None:
            yield Finding(
                severity="note",
                subject="outliers",
                where=named(audit, row.code),
                words=_("A few clusters are far from all others. Bands keep this from deciding points."),
                figure=_("skewness {skewness}, kurtosis {kurtosis}, n = {n}").format(
                    skewness=short(row.skewness), kurtosis=short(row.kurtosis), n=number(row.n)
                ),
                suggestion=_(
                    "Check the largest values for slips; do not replace the bands by a straight scale."
                ),
            )


def find_correlations(audit: SchemeAudit) -> Iterator[Finding]:
    """Pairs that repeat or contradict each other, indicators that fit elsewhere or nowhere."""
    for flag in audit.correlations.flags:
        redundant = flag.kind == "redundant"
        yield Finding(
            severity="serious" if redundant else "notable",
            subject="correlations",
            where=_("{first} and {second}").format(
                first=named(audit, flag.first), second=named(audit, flag.second)
            ),
            words=_("Both say nearly the same: their subject counts twice.")
            if redundant
            else _(
                "Within one dimension one falls where the other rises: each takes away what the other gives."
            ),
            figure=_("Pearson {pearson}, Spearman {spearman}, n = {n}").format(
                pearson=short(flag.pearson), spearman=short(flag.spearman), n=number(flag.n)
            ),
            suggestion=_("Keep one of them, or join them.")
            if redundant
            else _("Ask whether both belong to one dimension and whether their directions are right."),
        )
    for fit in audit.correlations.fit:
        if fit.elsewhere and fit.own_with_itself is not None and fit.other is not None:
            yield Finding(
                severity="notable",
                subject="correlations",
                where=named(audit, fit.code),
                words=_(
                    "It goes with dimension {other} more than with its own, {own}, in which it counts itself."
                ).format(other=fit.other_dimension or "", own=fit.dimension),
                figure=_("{other} there, {own} at home, n = {n}").format(
                    other=short(fit.other), own=short(fit.own_with_itself), n=number(fit.n)
                ),
                suggestion=_("Ask whether it stands in the right dimension."),
            )
        elif fit.own is not None and fit.own < WEAK:
            yield Finding(
                severity="notable" if fit.own < BARELY else "note",
                subject="correlations",
                where=named(audit, fit.code),
                words=_("It has little to do with the other indicators of its dimension."),
                figure=_("correlation {own} with the rest of dimension {dimension}, n = {n}").format(
                    own=short(fit.own), dimension=fit.dimension, n=number(fit.n)
                ),
                suggestion=_("Right if it is meant to stand for something of its own; say so in the scheme."),
            )


def find_consistency(audit: SchemeAudit) -> Iterator[Finding]:
    """Dimensions whose indicators do not measure one thing."""
    for row in audit.consistency:
        if row.alpha is None or row.alpha >= ENOUGH:
            continue
        yield Finding(
            severity="note",
            subject="consistency",
            where=scope_words(audit, row.scope),
            words=_("The indicators do not measure one thing; their sum is a collection, not a scale."),
            figure=_("Cronbach's alpha {alpha}, {items} indicators, n = {n}").format(
                alpha=short(row.alpha), items=number(len(row.codes)), n=number(row.n)
            ),
            suggestion=_(
                "No fault of a checklist of separate duties; read the indicators, not only their sum."
            ),
        )


def find_components(audit: SchemeAudit) -> Iterator[Finding]:
    """Dimensions that fall into parts."""
    for row in audit.components:
        if row.scope == "all" or row.kaiser < 2:
            continue
        yield Finding(
            severity="note",
            subject="components",
            where=scope_words(audit, row.scope),
            words=_("The dimension falls into several parts that vary on their own."),
            figure=_("{count} components above 1, the first explains {share}, n = {n}").format(
                count=number(row.kaiser), share=percent(row.explained[0]), n=number(row.n)
            ),
            suggestion=_("See from the loadings which indicators belong together; consider sub-dimensions."),
        )


def find_weights(audit: SchemeAudit) -> Iterator[Finding]:
    """Indicators and dimensions that decide far more or less than their points say."""
    rows = [(named(audit, row.code), row) for row in audit.weights if row.code not in audit.constant]
    rows += [(scope_words(audit, row.code), row) for row in audit.dimension_weights]
    for where, row in rows:
        if row.ratio is None or row.effective is None or FEW_WEIGHT <= row.ratio <= MUCH_WEIGHT:
            continue
        much = row.ratio > 1
        yield Finding(
            severity="notable",
            subject="weights",
            where=where,
            words=_("It decides far more than its points say.")
            if much
            else _("It decides far less than its points say."),
            figure=_("effective weight {effective}, nominal {nominal}, n = {n}").format(
                effective=percent(row.effective), nominal=percent(row.nominal), n=number(row.n)
            ),
            suggestion=_(
                "Check whether that much influence is wanted: it comes from going along with many others."
            )
            if much
            else _("Nearly all clusters are in the same bands, or it goes its own way: look at its bands."),
        )
