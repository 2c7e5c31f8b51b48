"""The analyses that `clustermark assess … --with …` puts into a report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clustermark.cli.assess import Analysis
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import current_language
from clustermark.ground.texts import gettext as _
from clustermark.reports.analyses import Analyses
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.scorecard import Scorecard

if TYPE_CHECKING:
    from clustermark.analysis.peers import PeerReport
    from clustermark.analysis.robustness import Peers

DRAWS = 10_000
"""Draws of robustness when none are asked for."""


@dataclass(frozen=True)
class Asked:
    """What the options ask for."""

    names: tuple[Analysis, ...]
    portfolio: Path | None
    cluster: str | None
    since: int | None
    draws: int | None

    def wants(self, name: Analysis) -> bool:
        """Whether this analysis is asked for; `all` leaves out the peers when there is no portfolio."""
        if name in self.names:
            return True
        return Analysis.all in self.names and (name is not Analysis.peers or self.portfolio is not None)


def analyses_of(
    asked: Asked, dossier: Dossier, scheme: Scheme, card: Scorecard, *, reports: list[Path]
) -> Analyses:
    """The analyses asked for, in the current language; raises ProblemsError when the options do not go together."""
    _check(asked, reports)
    agreement = robustness = plan = None
    peers, others = _peers(asked, dossier, scheme, card)
    if asked.wants(Analysis.agreement):
        from clustermark.analysis.agreement.panel import agreement_report  # noqa: PLC0415 - loads NumPy and SciPy

        agreement = agreement_report([dossier], scheme)
    if asked.wants(Analysis.robustness):
        from clustermark.analysis.robustness import robustness_of  # noqa: PLC0415 - loads NumPy and SciPy

        draws = DRAWS if asked.draws is None else asked.draws
        robustness = robustness_of(
            dossier, scheme, as_of=card.as_of, view=card.view, draws=draws, peers=others
        )
    if asked.wants(Analysis.plan):
        from clustermark.analysis.improvement import improve  # noqa: PLC0415 - loads SciPy

        plan = improve(dossier, scheme, view=card.view, as_of=card.as_of, language=current_language())
    return Analyses(agreement=agreement, peers=peers, robustness=robustness, plan=plan)


def _peers(
    asked: Asked, dossier: Dossier, scheme: Scheme, card: Scorecard
) -> tuple[PeerReport | None, Peers | None]:
    """One edition of the portfolio for both: the benchmark, and what draws of the case may know of others.

    For a benchmark the cluster must be in the portfolio; without it the groups are those that the dossier names.
    """
    if asked.portfolio is None:
        return None, None
    from clustermark.analysis.robustness import peers_of  # noqa: PLC0415 - loads NumPy
    from clustermark.cli.benchmark import open_editions, report_from  # noqa: PLC0415 - only when asked for

    editions, note = open_editions(
        asked.portfolio, scheme, cluster=asked.cluster or card.cluster, since=asked.since
    )
    report, reader = None, asked.cluster
    if asked.wants(Analysis.peers):
        reader = asked.cluster or card.cluster
        report = report_from(editions, reader)
    others = peers_of(editions[-1], scheme, dossier, reader) if asked.wants(Analysis.robustness) else None
    note()
    return report, others


def _check(asked: Asked, reports: list[Path]) -> None:
    problems = []
    if asked.names and not reports:
        message = _("Analyses stand in a report, and no report is asked for.")
        problems.append(
            Problem("with-without-report", message, Place("--with"), allowed="--report report.pdf")
        )
    if Analysis.peers in asked.names and asked.portfolio is None:
        message = _("Peers are read from a portfolio, and none is given.")
        problems.append(
            Problem(
                "peers-without-portfolio",
                message,
                Place("--with"),
                found="peers",
                allowed="--portfolio portfolio.csv",
            )
        )
    idle = [
        (option, needs[0])
        for option, given, needs in (
            ("--portfolio", asked.portfolio, (Analysis.peers, Analysis.robustness)),
            ("--cluster", asked.cluster, (Analysis.peers, Analysis.robustness)),
            ("--since", asked.since, (Analysis.peers,)),
            ("--draws", asked.draws, (Analysis.robustness,)),
        )
        if given is not None and not any(asked.wants(need) for need in needs)
    ]
    for option, need in idle:
        message = _("This option belongs to an analysis that is not asked for.")
        problems.append(Problem("option-without-analysis", message, Place(option), allowed=f"--with {need}"))
    if problems:
        raise ProblemsError(problems)
