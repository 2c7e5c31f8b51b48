"""Sections say what the documents of the analyses say, number by number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clustermark.analysis.agreement.panel import AgreementReport
from clustermark.analysis.disclosure import Hidden
from clustermark.analysis.improvement import ImprovementPlan
from clustermark.analysis.improvement.result import ConflictPart
from clustermark.analysis.peers import PeerReport
from clustermark.analysis.robustness import Robustness
from clustermark.reports.printed import Figure
from clustermark.reports.section import (
    DistributionPicture,
    InfluencePicture,
    Part,
    PointsPicture,
    ProbabilityPicture,
    RatingsPicture,
    Section,
    TimelinePicture,
)
from clustermark.reports.sections.plan import plan_section
from tests.reports.sections.conftest import Sample


def section(sample: Sample, key: str) -> Section:
    return next(item for item in sample.report.sections if item.key == key)


def part(sample: Sample, key: str, title: str) -> Part:
    return next(item for item in section(sample, key).parts if item.title == title)


def rows(sample: Sample, key: str, title: str) -> list[list[Figure]]:
    table = part(sample, key, title).table
    assert table is not None
    assert all(len(row) == len(table.columns) for row in table.rows)
    return table.rows


@pytest.fixture
def agreement(sample: Sample) -> AgreementReport:
    assert sample.analyses.agreement is not None
    return sample.analyses.agreement


@pytest.fixture
def peers(sample: Sample) -> PeerReport:
    assert sample.analyses.peers is not None
    return sample.analyses.peers


@pytest.fixture
def robustness(sample: Sample) -> Robustness:
    assert sample.analyses.robustness is not None
    return sample.analyses.robustness


@pytest.fixture
def plan(sample: Sample) -> ImprovementPlan:
    assert sample.analyses.plan is not None
    return sample.analyses.plan


def test_sections_stand_in_the_order_of_the_questions(sample: Sample) -> None:
    assert [item.key for item in sample.report.sections] == ["agreement", "peers", "robustness", "plan"]


def test_ratings_are_those_of_the_dossier(sample: Sample) -> None:
    found = {
        row[0].text: [cell.text for cell in row[2:]]
        for row in rows(sample, "agreement", "Ratings side by side")
    }
    # read off examples/oka-valley/ratings.csv: Anna Keller, Luca Ferrero, consensus
    assert found["2.4"] == ["4", "3", "4", "1"]
    assert found["4.1.2"] == ["4", "4", "4", "0"]
    assert found["4.2"] == ["2", "3", "2", "1"]
    assert len(found) == 6
    (picture,) = part(sample, "agreement", "Ratings side by side").pictures
    assert isinstance(picture, RatingsPicture)
    assert picture.voices == ["Anna Keller", "Luca Ferrero", "Consensus of the experts"]
    assert {row.code: row.ratings for row in picture.rows}["4.1.3"] == [3, 2, 3]


def test_every_difference_is_listed_with_the_consensus(sample: Sample) -> None:
    points = part(sample, "agreement", "Where the experts differ").points
    assert len(points) == 5
    assert "4.2 Focus of the strategy: Anna Keller gave 2, Luca Ferrero gave 3; the consensus is 2." in points


def test_coefficients_have_interval_and_words_and_kappa_stands_below_ac(
    sample: Sample, agreement: AgreementReport
) -> None:
    found = rows(sample, "agreement", "Coefficients of agreement")
    titles = [row[0].text for row in found]
    for place, title in enumerate(titles):
        if "kappa" in title:
            assert titles[place - 1].startswith("Gwet's AC")
    ac2 = agreement.cases[0].agreement.quadratic.ac
    row = found[titles.index("Gwet's AC2 (quadratic weights)")]
    assert ac2.value is not None
    assert ac2.low is not None
    assert [cell.value for cell in row[1:3]] == [Decimal(f"{ac2.value:.2f}"), Decimal(f"{ac2.low:.2f}")]
    assert row[4].text == ac2.words
    assert all(row[4].text for row in found)


def test_peers_figures_name_group_and_n(sample: Sample, peers: PeerReport) -> None:
    found = {row[0].text: row for row in rows(sample, "peers", "Indicator by indicator")}
    indicators = [item for item in peers.comparisons if item.kind == "indicator"]
    assert len(found) == len(indicators) == 31
    for item in indicators:
        row = found[item.code]
        assert row[2].value == item.own
        if not isinstance(item.peers.median, Hidden):
            assert row[3].text.startswith(
                f"{item.peers.median.start:f}".rstrip("0").rstrip(".") or "0"
            ) or "," in (row[3].text)
            assert row[7].text.startswith(f"{item.group_title}, n\u00a0=\u00a0{item.peers.n}")
        assert (row[6].text == "hidden") == isinstance(item.position, Hidden)


def test_distributions_are_the_bars_that_are_told(sample: Sample, peers: PeerReport) -> None:
    pictures = part(sample, "peers", "Indicator by indicator").pictures
    drawn = {
        row.code: row
        for picture in pictures
        if isinstance(picture, DistributionPicture)
        for row in picture.rows
    }
    item = peers.comparison("2.5")
    assert not isinstance(item.peers.histogram, Hidden)
    assert [(bar.start, bar.end, bar.count) for bar in drawn["2.5"].bars] == [
        (float(bar.start), None if bar.end is None else float(bar.end), bar.count)
        for bar in item.peers.histogram.bins
    ]
    assert sum(bar.count for bar in drawn["2.5"].bars) == item.peers.n


def test_what_is_hidden_says_why(sample: Sample, peers: PeerReport) -> None:
    leaders = peers.comparison("2.5").leaders
    assert leaders is not None
    assert isinstance(leaders.median, Hidden)
    points = part(sample, "peers", "What is hidden, and why").points
    assert any(point.startswith(leaders.median.words) and "2.5" in point for point in points)
    assert points[-1] == "Up to 3 narrower groups are not told; the next wider one stands in for them."
    found = {row[0].text: row for row in rows(sample, "peers", "Indicator by indicator")}
    assert found["2.5"][5].text == "hidden"


def test_probabilities_and_points_are_those_of_the_draws(sample: Sample, robustness: Robustness) -> None:
    found = rows(sample, "robustness", "How often each level is reached")
    assert [[cell.value for cell in row[1:4]] for row in found] == [
        [Decimal(f"{100 * value:.1f}") for value in (level.probability, level.low, level.high)]
        for level in robustness.levels
    ]
    (picture,) = part(sample, "robustness", "How often each level is reached").pictures
    assert isinstance(picture, ProbabilityPicture)
    assert [row.probability for row in picture.rows] == [level.probability for level in robustness.levels]
    (points,) = part(sample, "robustness", "Points").pictures
    assert isinstance(points, PointsPicture)
    assert (points.lowest, points.highest) == (robustness.points.lowest, robustness.points.highest)
    assert points.official == float(robustness.official_points) == 109
    assert part(sample, "robustness", "What the draws say").points == robustness.findings


def test_deciding_indicators_carry_their_intervals(sample: Sample, robustness: Robustness) -> None:
    found = rows(sample, "robustness", "What moves the points")
    top = [item for item in robustness.influences if item.output == "points"][: len(found)]
    assert [row[0].text for row in found] == [item.code for item in top]
    assert [row[4].value for row in found] == [Decimal(f"{100 * item.total:.1f}") for item in top]
    low, high = (Decimal(f"{100 * value:.1f}").normalize() for value in (top[0].total_low, top[0].total_high))
    assert found[0][5].text == f"{low:f}\u00a0% to {high:f}\u00a0%"
    (picture,) = part(sample, "robustness", "What moves the points").pictures
    assert isinstance(picture, InfluencePicture)
    assert picture.rows[0].first_low == top[0].first_low


def test_the_plan_says_steps_effort_and_time(sample: Sample, plan: ImprovementPlan) -> None:
    assert plan.plan is not None
    found = rows(sample, "plan", "The steps")
    assert [row[0].text for row in found] == [step.code for step in plan.plan.steps]
    assert sum(row[5].value or 0 for row in found) == plan.plan.days
    for row, step in zip(found, plan.plan.steps, strict=True):
        assert (row[2].value, row[3].value) == (step.old_value, step.new_value)
        assert all(action in row[7].text for action in step.actions)
    (picture,) = part(sample, "plan", "When each step is done").pictures
    assert isinstance(picture, TimelinePicture)
    assert [(row.code, row.start, row.end) for row in picture.rows] == [
        (bar.code, bar.start, bar.end) for bar in plan.plan.timeline
    ]
    others = rows(sample, "plan", "The next-best plans")
    assert [row[1].value for row in others] == [other.days for other in plan.alternatives]


def test_an_impossible_level_shows_the_conditions_in_conflict(plan: ImprovementPlan) -> None:
    parts = [
        ConflictPart(kind="rule", of="gold", words="points ≥ 120"),
        ConflictPart(kind="limit", of="", words="…"),
    ]
    conflict = plan.model_copy(
        update={"status": "impossible", "plan": None, "alternatives": [], "conflict": parts, "smallest": True}
    )
    told = plan_section(conflict)
    assert told.paragraphs == [plan.words]
    assert told.parts[0].title == "What stands in the way"
    assert told.parts[0].points == ["points ≥ 120", "…"]
    assert told.parts[0].paragraphs == [
        "These 2 conditions cannot hold together:",
        "No conflict has fewer conditions.",
    ]


def test_a_level_that_is_reached_needs_no_parts(plan: ImprovementPlan) -> None:
    reached = plan.model_copy(
        update={"status": "reached", "plan": None, "alternatives": [], "words": "Gold is reached."}
    )
    told = plan_section(reached)
    assert (told.paragraphs, told.parts) == (["Gold is reached."], [])
