"""What all tests share: they speak English in a terminal of one width, whatever the machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

# no test depends on the time that the machine takes
settings.register_profile("clustermark", deadline=None)
settings.load_profile("clustermark")


@pytest.fixture(scope="session", autouse=True)
def _same_terminal_everywhere() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LC_ALL", "C.UTF-8")
        environment.setenv("COLUMNS", "100")
        yield
