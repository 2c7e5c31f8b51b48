"""An edition: one year of a portfolio under one scheme, told once for all groups.

What one reader gets is taken from the edition; it adds nothing to it but the reader's own values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clustermark.analysis.disclosure import Figures, Ledger, Policy, release
from clustermark.analysis.peers.groups import DEFAULT_LADDER, Attribute, family
from clustermark.analysis.peers.variables import Compared, common_codes, compared, points_of
from clustermark.analysis.portfolio import Portfolio
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.document import SchemeDocument


@dataclass(frozen=True, eq=False)
class Edition:
    """Everything told of one year: `figures` by (group, name of what is compared).

    `portfolio` holds the rows of the year; only a cluster's own row may be shown to it.
    """

    year: int
    scheme: SchemeDocument
    scheme_digest: str
    ladder: tuple[Attribute, ...]
    policy: Policy
    portfolio: Portfolio
    compared: tuple[Compared, ...]
    figures: dict[tuple[str, str], Figures]

    def row_of(self, cluster: str) -> int:
        """The row of a cluster; raises ProblemsError when it takes no part in this year."""
        rows = (self.portfolio.clusters == cluster).nonzero()[0]
        if len(rows) == 0:
            message = _("The cluster is not in the portfolio in {year}.").format(year=self.year)
            raise ProblemsError([Problem("cluster-unknown", message, Place(self.portfolio.source), cluster)])
        return int(rows[0])

    def with_guest(self, guest: Portfolio) -> Edition:
        """The edition with a row more that nobody counted, to hold it against what was told; figures stay.

        So a cluster that is assessed between two editions can read where it stands, and no figure has to be
        told anew for it. `guest` is one row with the indicators of the edition
        and a name that none of its clusters has.
        """
        rows = self.portfolio.and_rows(guest)
        common = frozenset(thing.code for thing in self.compared if thing.kind == "indicator")
        things = compared(
            rows, self.scheme, points=points_of(rows, self.scheme), common=common, policy=self.policy
        )
        return replace(self, portfolio=rows, compared=tuple(things))


def publish(
    portfolio: Portfolio,
    *,
    year: int,
    scheme: SchemeDocument,
    scheme_digest: str,
    ledger: Ledger,
    other_schemes: Sequence[SchemeDocument] = (),
    ladder: Sequence[Attribute] = DEFAULT_LADDER,
    policy: Policy | None = None,
) -> Edition:
    """Tell one year of a portfolio and note it in `ledger`; the caller writes the ledger before showing it.

    `other_schemes`: further versions under which rows were measured; only indicators common to all are
    compared. Raises ProblemsError when the year is not in the portfolio, or when it was told from other
    data before.
    """
    rows = portfolio.of_year(year)
    if len(rows) == 0:
        message = _("The portfolio has no rows of this year.")
        allowed = ", ".join(str(edition) for edition in portfolio.editions)
        raise ProblemsError([Problem("year-unknown", message, Place(portfolio.source), str(year), allowed)])
    limits = policy or Policy.of_scheme(scheme.disclosure)
    points = points_of(rows, scheme)
    things = compared(rows, scheme, points=points, common=common_codes(scheme, other_schemes), policy=limits)
    figures = release(
        edition=year,
        clusters=rows.clusters.tolist(),
        family=family(rows, ladder, points.total),
        variables=[thing.variable for thing in things],
        policy=limits,
        ledger=ledger,
    )
    return Edition(
        year=year,
        scheme=scheme,
        scheme_digest=scheme_digest,
        ladder=tuple(ladder),
        policy=limits,
        portfolio=rows,
        compared=tuple(things),
        figures=figures,
    )
