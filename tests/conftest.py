"""The tests speak English on a terminal of 100 columns, whatever the machine does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _english() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LC_ALL", "C.UTF-8")
        environment.setenv("COLUMNS", "100")
        yield
