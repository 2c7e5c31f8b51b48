"""The shipped schemes and the published numbers they are compared with."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from clustermark.schemes.document import AllOf, AnyOf, Rule
from clustermark.schemes.scheme import Scheme

MARKS = {"A": "established", "B": "reported", "C": "example"}
"""The mark a number needs by the confidence of its source."""


@cache
def loaded(name: str) -> Scheme:
    return Scheme.load(name)


def shared(name: str) -> Path:
    for parent in Path(__file__).parents:
        path = parent / "shared" / name
        if path.is_file():
            return path
    pytest.skip(f"../shared/{name} is not here")


def conditions(rule: Rule) -> list[str]:
    """The conditions of a rule, nested ones too."""
    if isinstance(rule, str):
        return [rule]
    parts = rule.all if isinstance(rule, AllOf) else rule.any if isinstance(rule, AnyOf) else rule.of
    return [condition for part in parts for condition in conditions(part)]


def gate_conditions(name: str, gate: str) -> list[str]:
    return next(conditions(item.when) for item in loaded(name).document.gates if item.gate == gate)


def requirements(system: str) -> dict[str, tuple[Decimal | None, str]]:
    """Criterion → (value, confidence) of one system; None where the value is no number."""
    with shared("data/scheme_requirements.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["criterion"]: (
                Decimal(row["value"]) if row["value"][0].isdigit() else None,
                row["confidence"],
            )
            for row in csv.DictReader(file)
            if row["system"].startswith(system)
        }
