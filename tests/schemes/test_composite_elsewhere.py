"""A composite section in the rest of the floor: written as YAML, compared, kept in a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from clustermark.schemes.diff import compare
from clustermark.schemes.scheme import LIBRARY, Scheme
from clustermark.schemes.workbook import load_workbook_scheme, write_workbook
from clustermark.schemes.writing import scheme_yaml, stated_of

TEXT = (LIBRARY / "hdi-2022.yaml").read_text(encoding="utf-8")
HDI = Scheme.from_text(TEXT)


def differences(old: str, new: str) -> list[tuple[str, str, str]]:
    assert old in TEXT
    other = Scheme.from_text(TEXT.replace(old, new, 1))
    assert other.digest != HDI.digest
    return [(found.group, found.subject, str(found)) for found in compare(HDI.document, other.document)]


@pytest.mark.parametrize("name", ["hdi-2022", "tai-2001", "pl-benchmark-0-10"])
def test_written_yaml_reads_back_to_the_same_scheme(name: str) -> None:
    scheme = Scheme.load(name)
    assert Scheme.from_text(scheme_yaml(scheme.stated)).digest == scheme.digest
    assert Scheme.from_text(scheme_yaml(stated_of(scheme.document))).digest == scheme.digest
    assert compare(scheme.document, scheme.document) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "high: 85",
            "high: 90",
            (
                "Indicators of the index",
                "life_expectancy Life expectancy at birth",
                "normalisation: high: 85 → 90",
            ),
        ),
        (
            "at_least: 0.55",
            "at_least: 0.5",
            ("Cuts of the index", "medium Medium human development", "from: 0.55 → 0.5"),
        ),
        ("decimals: 3", "decimals: 4", ("Composite index", "", "decimals: 3 → 4")),
        (
            "aggregation: {method: arithmetic}",
            "aggregation: {method: harmonic}",
            ("Nodes of the index", "education Education", "aggregation: method: arithmetic → harmonic"),
        ),
        (
            "  decimals: 3\n",
            "  decimals: 3\n  screening: {min_share: 0.9}\n",
            ("Composite index", "", "screening: min_share: new: 0.9"),
        ),
    ],
)
def test_differences_are_told_in_words(old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert expected in differences(old, new)


def test_a_scheme_without_a_composite_section_is_compared_too() -> None:
    found = compare(Scheme.load("ecei-gold-2013").document, HDI.document)
    assert ("Composite index", "added") in [(item.group, str(item)) for item in found]
    assert "income Income" in [item.subject for item in found if item.group == "Nodes of the index"]


def test_a_workbook_keeps_the_composite_section(tmp_path: Path) -> None:
    write_workbook(HDI.stated, tmp_path / "hdi.xlsx")
    assert load_workbook_scheme(tmp_path / "hdi.xlsx").document.composite == HDI.document.composite
