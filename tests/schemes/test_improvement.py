"""The improvement section of a scheme: checked, inherited, compared, carried by the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from clustermark.ground.problems import ProblemsError
from clustermark.schemes.diff import compare
from clustermark.schemes.scheme import Scheme
from clustermark.schemes.workbook import load_workbook_scheme, write_workbook
from tests.builders import MINI

SECTION = """\
improvement:
  at_most: 2
  effort:
    - {indicator: "2.5", days: [1, 2, 3, 4, 5], months: [1, 1, 2, 2, 3], by: [contacted]}
  origin: {all: {mark: example, source: test}}
"""


def test_a_scheme_may_state_effort() -> None:
    stated = Scheme.from_text(MINI + SECTION).document.improvement
    assert stated is not None
    assert (stated.at_most, stated.years, stated.effort[0].by) == (2, 1, ["contacted"])


def test_problems_stand_at_their_line() -> None:
    wrong = SECTION.replace("days: [1, 2, 3, 4, 5]", "days: [1, 2]").replace("[1, 1, 2, 2, 3]", "[1, 1]")
    with pytest.raises(ProblemsError) as caught:
        Scheme.from_text(MINI + wrong.replace("source: test", "source: nobody"))
    lines = (MINI + wrong).splitlines()
    found = [(problem.code, lines[(problem.place.row or 0) - 1].strip()) for problem in caught.value.problems]
    assert [code for code, _line in found] == ["source-unknown", "effort-steps"]
    assert found[1][1].startswith('- {indicator: "2.5"')


def test_silver_takes_the_effort_of_gold_and_a_dropped_indicator_takes_its_effort_along() -> None:
    gold, silver = Scheme.load("ecei-gold-2013"), Scheme.load("ecei-silver-2017")
    assert silver.document.improvement == gold.document.improvement
    path = Path(__file__).parents[2] / "src/clustermark/schemes/library/ecei-silver-2017.yaml"
    text = path.read_text(encoding="utf-8").replace("  changes: []", '  drop: ["4.1.2"]\n  changes: []')
    improvement = Scheme.from_text(text).document.improvement
    assert improvement is not None
    efforts = {effort.indicator: effort for effort in improvement.effort}
    assert "4.1.2" not in efforts
    assert efforts["4.1.3"].needs == []
    assert efforts["4.4"].needs[0].indicator == "4.1.3"


def test_gold_states_effort_for_every_indicator_with_rising_sense() -> None:
    document = Scheme.load("ecei-gold-2013").document
    assert document.improvement is not None
    assert [effort.indicator for effort in document.improvement.effort] == [
        i.code for i in document.indicators
    ]
    assert {origin.mark for origin in document.improvement.origin.values()} == {"example"}
    assert [effort.indicator for effort in document.improvement.effort if effort.fixed] == ["2.1"]


def test_a_difference_in_effort_is_told() -> None:
    one = Scheme.from_text(MINI + SECTION).document
    two = Scheme.from_text(
        MINI + SECTION.replace("4, 5]", "4, 6]").replace("at_most: 2", "at_most: 3")
    ).document
    assert [str(difference) for difference in compare(one, two)] == [
        "indicators begun in a year: 2 → 3",
        "person-days of the steps: 1, 2, 3, 4, 5 → 1, 2, 3, 4, 6",
    ]


def test_a_workbook_carries_it(tmp_path: Path) -> None:
    scheme = Scheme.from_text(MINI + SECTION)
    write_workbook(scheme.stated, tmp_path / "book.xlsx")
    assert load_workbook_scheme(tmp_path / "book.xlsx").digest == scheme.digest
