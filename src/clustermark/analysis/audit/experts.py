"""How far the two or more who rate an indicator agree, over all clusters of the round."""

from __future__ import annotations

import numpy as np

from clustermark.analysis.agreement.gwet import percent_agreement
from clustermark.analysis.agreement.kappa import kappa_beside_ac
from clustermark.analysis.agreement.krippendorff import krippendorff_alpha
from clustermark.analysis.agreement.ratings import read_ratings
from clustermark.analysis.audit.basis import Basis
from clustermark.analysis.audit.parts import AgreementRow


def expert_agreement(basis: Basis, *, seed: int) -> list[AgreementRow]:
    """One row for each rated indicator for which enough clusters have two ratings; raters stay unnamed.

    Raises ProblemsError for a rating off the steps of the indicator's rubric.
    """
    rows = []
    columns = {code: position for position, code in enumerate(basis.portfolio.codes)}
    for item in basis.scheme.document.indicators:
        if item.rubric is None or item.code not in columns or not len(basis.portfolio.raters):
            continue
        given = basis.portfolio.ratings[:, :, columns[item.code]].T
        if int(((~np.isnan(given)).sum(axis=1) >= 2).sum()) < basis.least:
            continue
        table = read_ratings(given, range(len(item.rubric)))
        pair = kappa_beside_ac(table, "quadratic")
        rows.append(
            AgreementRow(
                code=item.code,
                n=table.compared,
                percent=percent_agreement(table),
                ac=pair.ac,
                kappa=pair.kappa,
                alpha=krippendorff_alpha(table, "ordinal", seed=seed),
            )
        )
    return rows
