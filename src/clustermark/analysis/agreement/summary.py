"""All coefficients of one table of ratings, in one document."""

from __future__ import annotations

from collections.abc import Sequence

from clustermark.analysis.agreement.estimates import Estimate
from clustermark.analysis.agreement.gwet import percent_agreement
from clustermark.analysis.agreement.intraclass import IntraclassCorrelation, intraclass_correlations
from clustermark.analysis.agreement.kappa import KappaBesideAC, kappa_beside_ac
from clustermark.analysis.agreement.krippendorff import krippendorff_alpha
from clustermark.analysis.agreement.ratings import RatingRows, read_ratings
from clustermark.ground.documents import Document


class Agreement(Document):
    """How far experts agree: each coefficient with its interval, kappa only beside AC.

    `units` counts the units rated by at least one expert, `compared` those rated by two or more.
    """

    units: int
    compared: int
    raters: int
    percent: Estimate
    nominal: KappaBesideAC
    linear: KappaBesideAC
    quadratic: KappaBesideAC
    alpha_nominal: Estimate
    alpha_ordinal: Estimate
    alpha_interval: Estimate
    intraclass: list[IntraclassCorrelation]


def agreement_of(
    ratings: RatingRows, categories: Sequence[float] | None = None, *, level: float = 0.95, seed: int = 1
) -> Agreement:
    """Every coefficient of a table of units × raters (None or NaN = not rated) on the scale `categories`.

    `seed` sets the bootstrap of Krippendorff's alpha. Raises ProblemsError for ratings off the scale.
    """
    table = read_ratings(ratings, categories)
    return Agreement(
        units=len(table.counts),
        compared=table.compared,
        raters=table.raters,
        percent=percent_agreement(table, level=level),
        nominal=kappa_beside_ac(table, "nominal", level=level),
        linear=kappa_beside_ac(table, "linear", level=level),
        quadratic=kappa_beside_ac(table, "quadratic", level=level),
        alpha_nominal=krippendorff_alpha(table, "nominal", level=level, seed=seed),
        alpha_ordinal=krippendorff_alpha(table, "ordinal", level=level, seed=seed),
        alpha_interval=krippendorff_alpha(table, "interval", level=level, seed=seed),
        intraclass=intraclass_correlations(table, level=level),
    )
