"""The sample dossier and a synthetic portfolio, analysed once a session."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from clustermark.analysis.agreement.panel import agreement_report
from clustermark.analysis.demo import synthetic_portfolio
from clustermark.analysis.disclosure import Ledger
from clustermark.analysis.improvement import improve
from clustermark.analysis.peers import Edition, benchmark, publish
from clustermark.analysis.robustness import peers_of, robustness_of
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.texts import Language, use_language
from clustermark.reports.analyses import Analyses
from clustermark.reports.build import build_report
from clustermark.reports.model import Report
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.assess import assess
from clustermark.scoring.scorecard import Scorecard
from tests.builders import ROOT

OWN = "S00005"
"""A cluster in a sector too small to be told, so that there is something to hide."""


@dataclass(frozen=True)
class Sample:
    """A scorecard with all analyses, and what the peers come from."""

    card: Scorecard
    analyses: Analyses
    edition: Edition
    report: Report


@cache
def sample_in(language: Language) -> Sample:
    dossier, scheme = Dossier.open(ROOT / "examples" / "oka-valley"), Scheme.load("ecei-gold-2013")
    card = assess(dossier, scheme, language=language)
    with use_language(language):
        edition = publish(
            synthetic_portfolio(60, 3),
            year=2026,
            scheme=scheme.document,
            scheme_digest=scheme.digest,
            ledger=Ledger(salt="a salt for tests only"),
        )
        analyses = Analyses(
            agreement=agreement_report([dossier], scheme),
            peers=benchmark(edition, OWN),
            robustness=robustness_of(
                dossier,
                scheme,
                as_of=card.as_of,
                draws=300,
                peers=peers_of(edition, scheme, dossier, OWN),
            ),
            plan=improve(dossier, scheme, as_of=card.as_of, language=language),
        )
    return Sample(card, analyses, edition, build_report(card, language=language, analyses=analyses))


@pytest.fixture(scope="session")
def sample() -> Sample:
    return sample_in("en")
