"""The analyses that `clustermark assess … --with …` puts into a report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clustermark.cli.assess import Analysis
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import current_language
from clustermark.ground.texts import gettext as _
from clustermark.reports.analyses import Analyses
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.scorecard import Scorecard

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
    agreement = peers = robustness = plan = None
    if asked.wants(Analysis.agreement):
        from clustermark.analysis.agreement.panel import agreement_report  # noqa: PLC0415 - loads NumPy and SciPy

        agreement = agreement_report([dossier], scheme)
    if asked.portfolio is not None and asked.wants(Analysis.peers):
        from clustermark.cli.benchmark import peer_report  # noqa: PLC0415 - only when asked for

        peers = peer_report(asked.portfolio, asked.cluster or card.cluster, scheme, since=asked.since)
    if asked.wants(Analysis.robustness):
        from clustermark.analysis.robustness import robustness_of  # noqa: PLC0415 - loads NumPy and SciPy

        draws = DRAWS if asked.draws is None else asked.draws
        # without the portfolio: a place among peers would pass by the gate of disclosure
        robustness = robustness_of(dossier, scheme, as_of=card.as_of, view=card.view, draws=draws)
    if asked.wants(Analysis.plan):
        from clustermark.analysis.improvement import improve  # noqa: PLC0415 - loads SciPy

        plan = improve(dossier, scheme, view=card.view, as_of=card.as_of, language=current_language())
    return Analyses(agreement=agreement, peers=peers, robustness=robustness, plan=plan)


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
        (option, need)
        for option, given, need in (
            ("--portfolio", asked.portfolio, Analysis.peers),
            ("--cluster", asked.cluster, Analysis.peers),
            ("--since", asked.since, Analysis.peers),
            ("--draws", asked.draws, Analysis.robustness),
        )
        if given is not None and not asked.wants(need)
    ]
    for option, need in idle:
        message = _("This option belongs to an analysis that is not asked for.")
        problems.append(Problem("option-without-analysis", message, Place(option), allowed=f"--with {need}"))
    if problems:
        raise ProblemsError(problems)
