"""Reports are built once a module: pictures and PDF take a while."""

from __future__ import annotations

import pytest

from clustermark.reports.build import build_report
from clustermark.reports.model import Report
from clustermark.scoring.scorecard import Scorecard
from tests.reports.cards import scorecard


@pytest.fixture(scope="session")
def card() -> Scorecard:
    return scorecard()


@pytest.fixture(scope="session")
def report(card: Scorecard) -> Report:
    return build_report(card, language="en")
