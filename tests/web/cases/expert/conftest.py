"""The sample site and people of it, signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from clustermark.web.seeding import Sample, seed
from tests.web.conftest import SignIn

OKA = Path(__file__).parents[4] / "examples" / "oka-valley"


@pytest.fixture
def sample(db: None) -> Sample:
    """The sample site, without a case."""
    return seed(OKA)


@pytest.fixture
def signed(sample: Sample, sign_in: SignIn) -> Callable[[str], Client]:
    """Sign in somebody of the sample site by login."""
    return lambda login: sign_in(sample.people[login])
