"""A user's file of effort: what it changes, and every problem of it with its place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from clustermark import Scheme
from clustermark.analysis.improvement import effort_of
from clustermark.ground.problems import ProblemsError

GOLD = Scheme.load("ecei-gold-2013")


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_yaml_replaces_indicators_and_limits(tmp_path: Path) -> None:
    text = "at_most: 2\neffort:\n  - {indicator: '2.5', days: [1, 2, 3, 4, 5.5], months: [1, 1, 1, 1, 2]}\n"
    found = effort_of(GOLD, written(tmp_path, "own.yaml", text))
    own = GOLD.document.improvement
    assert own is not None
    assert (found.at_most, found.years) == (2, own.years)
    efforts = {effort.indicator: effort for effort in found.effort}
    assert efforts["2.5"].days[-1] == Decimal("5.5")
    assert efforts["2.6"] == next(effort for effort in own.effort if effort.indicator == "2.6")


def test_csv_changes_the_numbers_of_single_steps(tmp_path: Path) -> None:
    text = (
        "indicator,band,days,months\n4.1.3,4,1.5,2\n2.1,1,1,1\n2.1,2,1,1\n2.1,3,1,1\n2.1,4,1,1\n2.1,5,1,1\n"
    )
    efforts = {e.indicator: e for e in effort_of(GOLD, written(tmp_path, "own.csv", text)).effort}
    assert efforts["4.1.3"].days == [5, 6, 8, Decimal("1.5"), 15]
    assert efforts["4.1.3"].needs[0].indicator == "4.1.2"
    assert efforts["2.1"].fixed is None


PROBLEMS = {
    "columns.csv": ("indicator,band,days\n", ["columns"]),
    "rows.csv": (
        "indicator,band,days,months\n9.9,1,1,1\n2.5,6,1,1\n2.5,1,0,1\n2.5,1,1,1.5\n2.5,1,1,1\n2.5,1,1,1\n",
        ["indicator-unknown", "effort-number", "effort-number", "effort-number", "effort-twice"],
    ),
    "steps.csv": ("indicator,band,days,months\n2.1,1,1,1\n", ["effort-steps"]),
    "shape.yaml": ("at_most: 0\neffort: [{indicator: '2.5', dayz: [1]}]\n", ["scheme-shape"] * 2),
    "steps.yaml": ("effort: [{indicator: '2.5', days: [1], months: [1]}]\n", ["effort-steps"]),
    "both.yaml": ("effort: [{indicator: '2.5', days: [1], months: [1, 2]}]\n", ["scheme-shape"]),
    "names.yaml": (
        """\
effort:
  - {indicator: '7', days: [1], months: [1]}
  - {indicator: '1.1.0', days: [1], months: [1], by: [contacted, foo], needs: [{indicator: '2.5', band: 6}]}
""",
        ["indicator-unknown", "need-band", "fact-unknown"],
    ),
    "circle.yaml": (
        "effort: [{indicator: '4.1.1', days: [1,1,1,1,1], months: [1,1,1,1,1], needs: [{indicator: '4.1.3', band: 1}]}]\n",
        ["need-circle"],
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_all_problems_at_once_with_their_places(tmp_path: Path, name: str) -> None:
    text, codes = PROBLEMS[name]
    with pytest.raises(ProblemsError) as caught:
        effort_of(GOLD, written(tmp_path, name, text))
    assert [problem.code for problem in caught.value.problems] == codes
    assert all(problem.place.file == name for problem in caught.value.problems)


def test_the_row_of_a_problem_in_yaml_is_its_line(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        effort_of(GOLD, written(tmp_path, "names.yaml", PROBLEMS["names.yaml"][0]))
    assert [problem.place.row for problem in caught.value.problems] == [2, 3, 3]


def test_a_missing_file_and_a_limit_of_nothing() -> None:
    with pytest.raises(ProblemsError, match="There is no such file"):
        effort_of(GOLD, Path("nowhere.yaml"))
    with pytest.raises(ProblemsError, match="at least one indicator"):
        effort_of(GOLD, at_most=0)
