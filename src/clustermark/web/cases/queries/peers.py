"""Where a cluster stands among the decided cases of the same scheme: only what the gate of disclosure tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import Language, current_language
from clustermark.ground.texts import gettext as _
from clustermark.reports.section import Section
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.cases.domain.telling import edition_of_year, told
from clustermark.web.cases.models import Case, PeerEdition
from clustermark.web.cases.queries.memory import Memory
from clustermark.web.cases.queries.pool import portfolio_of

if TYPE_CHECKING:
    from clustermark.analysis.peers import PeerReport

OWN = "own"
"""How the row of the reader is called; the clusters of the edition are numbers."""


@dataclass(frozen=True, slots=True)
class Peers:
    """The comparison as a section of the report, or why there is none."""

    section: Section | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What the gate told of the peers of a case, or why there is nothing."""

    report: PeerReport | None
    why: str = ""


def peers_of(case: Case, own: Scorecard | None) -> Peers:
    """The benchmark of the case, whose scorecard is `own`, as a section of the report."""
    from clustermark.reports.sections.peers import peers_section  # noqa: PLC0415 - loads NumPy

    found = benchmark_of(case, own)
    if found.report is None or own is None:
        return Peers(None, found.why)
    return Peers(peers_section(found.report, {score.code: score.unit for score in own.indicators}))


def benchmark_of(case: Case, own: Scorecard | None) -> Benchmark:
    """The case, whose scorecard is `own`, beside what is told this year of the clusters decided on under its scheme.

    The year's edition is told when somebody first asks and enough clusters are there, and stays until the next
    year: told again after every decision, two days' figures could be subtracted.
    """
    if own is None:
        return Benchmark(None, _("There is no scorecard."))
    try:
        edition = edition_of_year(case.edition)
        language = current_language()
        key = (str(edition.pk), own.dossier_digest, str(own.as_of), language)
        return Benchmark(_reports.get(key, lambda: _beside(edition, own, language)))
    except ProblemsError as error:
        return Benchmark(None, " ".join(problem.message for problem in error.problems))


_reports: Memory[PeerReport] = Memory(16)


def _beside(edition: PeerEdition, card: Scorecard, language: Language) -> PeerReport:
    from clustermark.analysis.peers import benchmark  # noqa: PLC0415 - loads NumPy

    guest = portfolio_of({OWN: card}, year=edition.year)
    return benchmark(told(edition, language).with_guest(guest), OWN)
