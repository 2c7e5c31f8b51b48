"""The report model: the scorecard's figures, written for people in their language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.ground.texts import Language, use_language
from clustermark.reports.build import build_report
from clustermark.reports.indicators import band_of, indicator_block, status_of
from clustermark.reports.model import Report
from clustermark.reports.printed import printable
from clustermark.reports.words import country_text, sector_text
from clustermark.scoring.scorecard import Condition, MarginStatistic, ProvenanceOf, Scorecard
from tests.reports.cards import ROWS, gate_indicator, indicator, scorecard

ROW = {row[0]: row for row in ROWS}


def test_summary_tells_the_scorecards_figures(card: Scorecard, report: Report) -> None:
    assert card.points == 107
    assert report.summary.points.text == "107\u202f†"
    assert report.summary.points.value == Decimal(107)
    assert [row.text for row in report.summary.key_figures] == [
        "107\u202f† of 150",
        "18 of 19",
        "26 of 30 (86.7\u00a0%)",
    ]
    assert report.summary.minimums == "1 of 19 minimum requirements is missed: 4.1.3."
    assert report.summary.margin == "26 of 30 (86.7\u00a0%) significantly above the required value"
    assert report.summary.paragraph == (
        "Oka Valley Pharma reaches the level “Bronze” of the scheme “Silver label: dedicated to cluster "
        "excellence” as of 31 October 2026 (values scored: consensus of the experts). It earns 107\u202f† of 150 "
        "points. 1 of 19 minimum requirements is missed: 4.1.3. Indicators significantly above their required "
        "value: 26 of 30 (86.7\u00a0%)."
    )
    assert "committee" in report.summary.decision


@pytest.mark.parametrize(
    ("language", "points", "day", "share"),
    [
        ("ru", "107\u202f† из 150", "31 октября 2026 года", "26 из 30 (86,7\u00a0%)"),
        ("de", "107\u202f† von 150", "31. Oktober 2026", "26 von 30 (86,7\u00a0%)"),
    ],
)
def test_figures_follow_the_readers_language(language: Language, points: str, day: str, share: str) -> None:
    report = build_report(scorecard(language=language), language=language)
    assert report.language == language
    assert report.summary.key_figures[0].text == points
    assert report.summary.as_of.replace("\u00a0", "\u202f") == day
    assert report.summary.key_figures[2].text == share
    assert report.indicators[3].value.text == "78,9474\u00a0%"


def test_no_level_no_points_no_margin() -> None:
    card = scorecard(
        level=None,
        level_title=None,
        next_level="bronze",
        points=Decimal(0),
        max_points=Decimal(0),
        indicators=[],
        minimums_missed=[],
        significantly_above=MarginStatistic(count=0, of=0, share=None),
        dimensions=[],
    )
    report = build_report(card, language="en")
    assert not report.summary.level_reached
    assert report.summary.level == "no level"
    assert report.summary.paragraph == (
        "Oka Valley Pharma reaches no level of the scheme “Silver label: dedicated to cluster excellence” as of "
        "31 October 2026 (values scored: consensus of the experts)."
    )
    assert [row.text for row in report.summary.key_figures][1:] == ["–", "–"]


@pytest.mark.parametrize(
    ("code", "status", "required", "margin"),
    [
        ("2.4", "above", "≥\u00a03\u00a0of 5\u202f†", "1 band above"),
        ("2.5", "met", "≥\u00a035\u00a0%\u202f†", "in the required band"),
        ("3.1", "below", "≥\u00a012\u00a0months\u202f†", "1 band below"),
        ("4.1.3", "missed", "≥\u00a03\u00a0of 5\u202f†", "1 band below"),
        ("5.2", "not_evidenced", "≥\u00a015\u00a0of 36\u202f†", "2 bands below"),
        ("2.3", "above", "≤\u00a012\u00a0%\u202f†", "2 bands above"),
        ("1.1.0", "met", "≥\u00a060\u00a0%\u202f†", "–"),
    ],
)
def test_each_way_to_stand_to_the_required_value(
    report: Report, code: str, status: str, required: str, margin: str
) -> None:
    block = next(block for block in report.indicators if block.code == code)
    assert (block.status, block.required_text, block.margin_text) == (status, required, margin)


def test_a_minimum_without_evidence_is_missed_and_says_why() -> None:
    code, title, unit, bands, required, _minimum, _value = ROW["5.2"]
    score = indicator((code, title, unit, bands, required, True, None))
    assert status_of(score) == "missed"
    assert indicator_block(score).status_text == "minimum requirement missed: not evidenced"


def test_an_official_value_bears_no_sign() -> None:
    official = [ProvenanceOf(of="all", mark="established", source="The owner")]
    block = indicator_block(indicator(ROW["2.5"], origin=official))
    assert block.required.text == "35\u00a0%"
    examples = [block.required.example, block.excellence.example, block.points.example]
    assert examples == [False, False, False]
    mixed = [*official, ProvenanceOf(of="required", mark="example", source="This project")]
    block = indicator_block(indicator(ROW["2.5"], origin=mixed))
    assert (block.required.example, block.excellence.example) == (True, False)


def test_the_consensus_recommends_before_the_scheme_advises() -> None:
    rated = indicator_block(indicator(ROW["4.1.3"]))
    assert [item.source for item in rated.recommendations] == ["Consensus of the experts"]
    missed = indicator_block(indicator(ROW["3.1"]))
    assert [item.source for item in missed.recommendations] == ["Advice of the scheme"]
    assert "Prospects of the financial resources" in missed.recommendations[0].text
    low_but_met = indicator_block(indicator(ROW["2.5"]))
    assert low_but_met.band == 2
    assert [item.source for item in low_but_met.recommendations] == ["Advice of the scheme"]
    assert indicator_block(indicator(ROW["2.6"])).recommendations == []


def test_gaps_to_the_next_level_come_with_their_distance(report: Report) -> None:
    assert report.next_level.introduction.startswith("The next level is “Silver”.")
    assert report.next_level.gaps == [
        "Every minimum requirement is met – Missed: 4.1.3.",
        "At least three areas of improvement are validated – The result of one area is not stated.",
        (
            "4.1.3\u00a0Implementation plan: 2\u00a0of 5 reached, ≥\u00a03\u00a0of 5\u202f† required; "
            "1\u00a0of 5 are missing."
        ),
    ]


def test_a_gap_on_a_scale_where_less_is_better_is_too_many() -> None:
    code, title, unit, bands, required, _minimum, _value = ROW["2.3"]
    score = indicator((code, title, unit, bands, required, True, "14.25"))
    report = build_report(scorecard(indicators=[score], minimums_missed=["2.3"]), language="en")
    assert report.next_level.gaps[-1] == (
        "2.3\u00a0Stability of participation: 14.25\u00a0% reached, ≤\u00a012\u00a0%\u202f† required; "
        "2.25\u00a0% too many."
    )


def test_the_highest_level_leaves_nothing_to_miss() -> None:
    report = build_report(scorecard(next_level=None), language="en")
    assert report.next_level.gaps == []
    assert "highest level" in report.next_level.introduction


def test_bands_of_required_and_excellence_values(card: Scorecard, report: Report) -> None:
    for score, block in zip(card.indicators, report.indicators, strict=True):
        if not score.bands:
            assert (block.band, block.required_band, block.excellence_band) == (None, None, None)
            continue
        assert block.excellence_band == 4
        assert block.band is not None
        assert block.required_band is not None
        assert score.margin == block.band - block.required_band


@given(value=st.decimals(-10, 110, places=2))
def test_band_of_counts_the_edges_passed(value: Decimal) -> None:
    rising, falling = indicator(ROW["2.5"]), indicator(ROW["2.2.1"])
    assert band_of(value, rising) == sum(value >= edge for edge in (20, 35, 50, 65, 80))
    assert band_of(value, falling) == sum(value <= edge for edge in (60, 50, 40, 30, 20))


def test_dimensions_give_their_share(report: Report) -> None:
    row = report.dimensions[4]
    assert (row.points.text, row.max_points.text, row.share.text, row.above) == (
        "8\u202f†",
        "15",
        "53.3\u00a0%",
        "2 of 3",
    )
    assert row.share.value == Decimal("53.3")


def test_an_indicator_outside_the_points_earns_none(report: Report) -> None:
    block = indicator_block(gate_indicator())
    assert (block.points_text, block.band_text, block.bands) == ("no points", "–", 0)


def test_views_are_named() -> None:
    assert build_report(scorecard(view="expert:A. Weber"), language="en").summary.view == (
        "rating of the expert A. Weber"
    )
    assert build_report(scorecard(view="claim"), language="de").summary.view == "Angabe des Clusters"


def test_without_examples_there_is_no_sign() -> None:
    card = scorecard()
    provenance = card.provenance.model_copy(update={"example_values": 0, "endorsed": True})
    report = build_report(card.model_copy(update={"provenance": provenance}), language="en")
    assert report.example_legend == ""
    assert report.summary.points.text == "107"
    assert "†" not in {entry.sign for entry in report.legend}
    assert report.summary.caution == [card.provenance.notice]


@given(text=st.text(st.characters(codec=None)))
def test_printable_text_fits_into_xml(text: str) -> None:
    kept = printable(text)
    ET.fromstring(f"<x>{kept.replace('&', '&amp;').replace('<', '&lt;')}</x>".encode())  # noqa: S314 - our own text
    assert printable(kept) == kept
    assert not any(character in kept for character in "\u202e\u2066")


def test_printable_keeps_ordinary_text() -> None:
    assert printable("Ёж, ß, 日本, 🏭, שלום\n\ttab") == "Ёж, ß, 日本, 🏭, שלום\n\ttab"


def test_dates_are_written_out(report: Report) -> None:
    assert report.as_of == date(2026, 10, 31)
    assert {row.label: row.text for row in report.summary.rows}["Valid until, if awarded now"] == (
        "31 October 2028"
    )


def test_sectors_have_their_words_and_countries_their_names() -> None:
    with use_language("de"):
        assert sector_text("health") == "Gesundheit und Medizin"
        assert country_text("RU") == "Russland"
    assert (sector_text("own words"), country_text("Atlantis"), country_text(None)) == (
        "own words",
        "Atlantis",
        "–",
    )


def test_missing_points_are_counted() -> None:
    card = scorecard()
    short = Condition(rule="points >= 120", title="points ≥ 120", met=False, explanation="107 ≥ 120")
    silver = card.levels[1].model_copy(update={"missed": [short]})
    report = build_report(card.model_copy(update={"levels": [card.levels[0], silver]}), language="en")
    assert report.next_level.gaps[0] == "Points: 107\u202f† earned, at least 120 required; 13 are missing."
