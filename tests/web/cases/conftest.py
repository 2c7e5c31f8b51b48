"""The sample site for the tests of cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from clustermark.web.seeding import Sample, seed

OKA = Path(__file__).parents[3] / "examples" / "oka-valley"


@pytest.fixture
def sample(db: None) -> Sample:
    """The sample site: people by login, bodies, the cluster; no case is started."""
    return seed(OKA)


@pytest.fixture
def sample(db: None) -> Sample:
    """The sample site: people by login, bodies, the cluster; no case is started."""
    return seed(OKA_VALLEY)
