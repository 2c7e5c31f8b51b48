"""A composite section that does not fit together is told about, everything at once, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from clustermark.ground.problems import ProblemsError
from clustermark.schemes.scheme import LIBRARY, Scheme

TEXT = (LIBRARY / "tai-2001.yaml").read_text(encoding="utf-8")


def problems_with(*changes: tuple[str, str]) -> list[tuple[str, str | None]]:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(ProblemsError) as caught:
        Scheme.from_text(text)
    return [(problem.code, problem.place.field) for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["hdi-2022", "tai-2001", "pl-benchmark-0-10"])
def test_shipped_composites_load_in_three_languages(name: str) -> None:
    document = Scheme.load(name).document
    assert document.languages == ["en", "ru", "de"]
    assert not document.owner.endorsed
    assert document.composite is not None
    assert document.composite.root.code == document.composite.nodes[0].code


def test_a_composite_section_changes_the_digest_with_any_number(tmp_path: Path) -> None:
    changed = TEXT.replace("high: 994", "high: 995")
    assert Scheme.from_text(changed).digest != Scheme.from_text(TEXT).digest
    assert (
        Scheme.from_text(TEXT.replace("decimals: 3\n", "decimals: 3   # places\n")).digest
        == Scheme.from_text(TEXT).digest
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("- code: royalties", "- code: patents"), ["composite-code-twice", "composite-code-twice"]),
        (("- code: royalties", "- code: unit"), ["composite-code-twice"]),
        (("parent: creation", "parent: nowhere"), ["composite-parent-unknown"]),
        (("      parent: tai\n", ""), ["composite-roots"]),
        (("unit: per_million", "unit: stars"), ["composite-unit-unknown"]),
        (("low: 0, high: 994", "low: 994, high: 0"), ["composite-goalposts"]),
        (("low: 0, high: 994", "low: 0, high: 994, to: {low: 1, high: 1}"), ["composite-range"]),
        (("low: 1, high: 901", "low: 0, high: 901"), ["composite-log"]),
        (("{method: goalposts, low: 1, high: 901}", "{method: best_of_sample}"), ["composite-log-best"]),
        (("      normalisation: {method: goalposts, low: 0, high: 994}\n", ""), ["composite-normalisation"]),
        (
            ("  decimals: 3\n", "  decimals: 3\n  imputation: {method: group_mean}\n"),
            ["composite-imputation-group"],
        ),
        (
            ("  decimals: 3\n", "  decimals: 3\n  imputation: {method: mean, group: g}\n"),
            ["composite-imputation-group"],
        ),
        (("  decimals: 3\n", "  decimals: 3\n  treatment: {}\n"), ["composite-treatment-log"] * 8),
        (("at_least: 0.35", "at_least: 0.2"), ["composite-cuts"]),
        (("at_least: 0.35", "at_least: 0.3501"), ["composite-cut-decimals"]),
        (
            ("source: handbook}}\n    - code: royalties", "source: hearsay}}\n    - code: royalties"),
            ["source-unknown"],
        ),
        (("at_least: 0.5\n", "at_least: 0.5\n      colour: green\n"), ["scheme-shape"]),
    ],
)
def test_each_misfit_is_named(change: tuple[str, str], expected: list[str]) -> None:
    assert [code for code, _field in problems_with(change)] == expected


def test_a_circle_of_parents() -> None:
    found = problems_with(
        ("      parent: tai\n", "      parent: recent\n"), ("      parent: tai\n", "      parent: creation\n")
    )
    assert {code for code, _field in found} == {"composite-circle"}
    assert ("composite-circle", "composite.nodes[1].parent") in found


def test_a_node_with_nothing_under_it() -> None:
    old = TEXT[TEXT.index("    - code: creation\n") : TEXT.index("    - code: recent\n")]
    found = problems_with((old, old + old.replace("creation", "empty", 1)))
    assert found == [("composite-node-empty", "composite.nodes[2]")]


def test_all_problems_are_told_together() -> None:
    found = problems_with(("unit: per_million", "unit: stars"), ("at_least: 0.35", "at_least: 0.2"))
    assert [code for code, _field in found] == ["composite-unit-unknown", "composite-cuts"]
