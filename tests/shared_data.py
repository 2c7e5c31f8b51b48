"""Published data that lie beside the checkout and are not part of the project."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).parents[1]


def shared_file(name: str) -> Path:
    """The file `name` of ../shared/data; skips the test, naming the file, where it is absent."""
    for parent in list(_CHECKOUT.parents)[:2]:
        if (parent / "shared" / "data" / name).is_file():
            return parent / "shared" / "data" / name
    pytest.skip(f"../shared/data/{name} is not here")


def shared_rows(name: str) -> list[dict[str, str]]:
    with shared_file(name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
