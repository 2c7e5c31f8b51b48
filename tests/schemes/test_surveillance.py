"""The surveillance section and earlier rules of renewal: checked, compared, carried by the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clustermark.ground.problems import ProblemsError
from clustermark.schemes.diff import compare
from clustermark.schemes.scheme import Scheme
from clustermark.schemes.workbook import load_workbook_scheme, write_workbook
from clustermark.scoring.validity import end_of_award
from tests.builders import MINI

SECTION = """\
surveillance:
  every_months: 12
  draw_percent: 10
  reminder_months: [6, 1]
  changes:
    - {change: management, title: {en: New head}, review: true}
  origin: {all: {mark: example, source: test}}
"""


def test_what_is_not_of_the_section_is_refused() -> None:
    for wrong in ("draw_percent: 101", "draw_percent: 0"):
        with pytest.raises(ProblemsError):
            Scheme.from_text(MINI + SECTION.replace("draw_percent: 10", wrong))
    with pytest.raises(ProblemsError) as caught:
        Scheme.from_text(MINI + SECTION.replace("source: test", "source: nobody"))
    assert [problem.code for problem in caught.value.problems] == ["source-unknown"]


def test_schemes_are_compared_by_it() -> None:
    old = Scheme.from_text(MINI + SECTION).document
    new = Scheme.from_text(
        MINI + SECTION.replace("percent: 10", "percent: 20").replace("true", "false")
    ).document
    assert [(item.group, item.subject, str(item)) for item in compare(old, new)] == [
        ("Surveillance", "", "per cent drawn by lot each year: 10 → 20"),
        ("Changes that holders report", "management New head", "asks for a review: yes → no"),
    ]


@pytest.mark.parametrize("name", ["ecei-silver-2017", "ecei-gold-2013", "ecei-bronze-2019"])
def test_the_workbook_carries_it_and_earlier_renewals(name: str, tmp_path: Path) -> None:
    scheme = Scheme.load(name)
    assert scheme.document.surveillance is not None
    assert scheme.document.surveillance.origin["all"].mark == "example"
    assert scheme.document.validity is not None
    assert scheme.document.validity.earlier[0].renewal_years == 2
    path = tmp_path / "scheme.xlsx"
    write_workbook(scheme.stated, path)
    assert load_workbook_scheme(path).digest == scheme.digest


@pytest.mark.parametrize(
    ("on", "previous", "end"),
    [
        # the owner's rules: two years first, until a month's end; a renewal adds to the previous end
        (date(2017, 10, 26), None, date(2019, 10, 31)),
        (date(2019, 9, 2), date(2019, 10, 31), date(2022, 10, 31)),
        (date(2020, 10, 31), date(2019, 10, 31), date(2022, 10, 31)),
        (date(2020, 11, 1), date(2019, 10, 31), date(2022, 11, 30)),
        # before 2018 a renewal added two years
        (date(2017, 12, 31), date(2018, 1, 31), date(2020, 1, 31)),
        (date(2018, 1, 1), date(2018, 1, 31), date(2021, 1, 31)),
        (date(2022, 2, 1), None, date(2024, 2, 29)),
        (date(2024, 2, 5), date(2024, 2, 29), date(2027, 2, 28)),
    ],
)
def test_awards_end_as_the_scheme_says(on: date, previous: date | None, end: date) -> None:
    validity = Scheme.load("ecei-silver-2017").document.validity
    assert validity is not None
    assert end_of_award(validity, on=on, previous=previous) == end
