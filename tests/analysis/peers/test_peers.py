from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from clustermark.analysis.demo import synthetic_portfolio, write_demo_data
from clustermark.analysis.disclosure import Cell, Hidden, Ledger
from clustermark.analysis.peers import Attribute, Edition, benchmark, publish
from clustermark.analysis.peers.groups import ladder_keys
from clustermark.analysis.peers.report import position_in
from clustermark.analysis.peers.variables import common_codes, points_of, values_in_units
from clustermark.analysis.portfolio import Portfolio
from clustermark.cli.benchmark import benchmark as benchmark_command
from clustermark.ground.problems import ProblemsError
from clustermark.schemes.document import SchemeDocument
from clustermark.schemes.scheme import Scheme


@cache
def gold() -> SchemeDocument:
    return Scheme.load("ecei-gold-2013").document


@cache
def portfolio() -> Portfolio:
    return synthetic_portfolio(700, 11)


def tell(
    year: int,
    ledger: Ledger,
    *,
    scheme: SchemeDocument | None = None,
    ladder: tuple[Attribute, ...] = ("sector", "size", "country"),
    rows: Portfolio | None = None,
) -> Edition:
    return publish(
        rows or portfolio(),
        year=year,
        scheme=scheme or gold(),
        scheme_digest="sha256:" + "0" * 64,
        ledger=ledger,
        ladder=ladder,
    )


@cache
def first() -> tuple[Edition, Ledger]:
    ledger = Ledger(salt="a salt for tests only")
    return tell(2026, ledger), ledger


def edition() -> Edition:
    return first()[0]


def counted(told: Edition, ledger: Ledger, key: str, values: np.ndarray) -> np.ndarray:
    """Who was counted, from the ledger: members with a value."""
    found: np.ndarray = np.isin(told.portfolio.clusters, ledger.shown_in(told.year)[key])
    found &= ~np.isnan(values)
    return found


def members(told: Edition, key: str) -> np.ndarray:
    """Who is in a group, from its name."""
    chosen = np.ones(len(told.portfolio), dtype=bool)
    for part in key.split("/"):
        attribute, _equals, label = part.partition("=")
        if attribute == "sector":
            chosen &= told.portfolio.sectors == label
        if attribute == "country":
            chosen &= told.portfolio.countries == label
        if attribute == "size":
            low, high = {"under-30": (0, 30), "30-49": (30, 50), "50-99": (50, 100), "100-plus": (100, 1e9)}[
                label
            ]
            chosen &= (told.portfolio.sizes >= low) & (told.portfolio.sizes < high)
    return chosen


def test_what_is_told_first_holds_the_median_and_quartiles_of_the_group() -> None:
    (told, ledger), checked = first(), 0
    for thing in told.compared:
        for (key, name), figures in told.figures.items():
            if name != thing.name or figures.n is None or key.endswith("leaders"):
                continue
            group = members(told, key)
            who = counted(told, ledger, key, thing.values)
            assert not (who & ~group).any()
            values = thing.values[who]
            assert figures.n == len(values) >= 6
            for figure, share in (
                (figures.lower_quartile, 0.25),
                (figures.median, 0.5),
                (figures.upper_quartile, 0.75),
            ):
                if isinstance(figure, Cell):
                    exact = np.quantile(values, share, method="inverted_cdf")
                    assert figure.start <= Decimal(repr(float(exact)))
                    assert figure.end is None or Decimal(repr(float(exact))) <= figure.end
                    checked += 1
                else:
                    assert figures.n < 11
    assert checked > 1000


def test_leaders_are_the_top_quarter_of_the_sector_by_points() -> None:
    told = edition()
    total = told.compared[-1]
    health = told.portfolio.sectors == "construction"
    ranked = sorted(total.values[health], reverse=True)
    least = ranked[-(-len(ranked) // 4) - 1]
    leaders = told.figures["sector=construction/leaders", total.name]
    assert leaders.n is not None
    assert leaders.n == sum(value >= least for value in ranked)
    assert isinstance(leaders.median, Cell)
    middle = Decimal(sorted(value for value in ranked if value >= least)[(leaders.n - 1) // 2])
    assert leaders.median.start <= middle
    assert leaders.median.end is None or middle <= leaders.median.end


def test_a_reader_gets_the_narrowest_group_that_is_told_and_nothing_beside_the_edition() -> None:
    told = edition()
    for row in range(0, len(told.portfolio), 40):
        cluster = str(told.portfolio.clusters[row])
        report = benchmark(told, cluster)
        assert report.ladder == ladder_keys(told.portfolio, row, told.ladder)
        assert report.ladder[-1] == "all"
        for comparison, thing in zip(report.comparisons, told.compared, strict=True):
            assert comparison.peers == told.figures[comparison.peers.group, thing.name]
            above = report.ladder.index(comparison.peers.group)
            assert comparison.withheld_groups == report.ladder[:above]
            assert all(told.figures[key, thing.name].n is None for key in comparison.withheld_groups)
            assert comparison.peers.n is not None


def test_the_own_place_lies_where_it_is_said_to() -> None:
    (told, ledger), placed = first(), 0
    for row in range(0, len(told.portfolio), 25):
        report = benchmark(told, str(told.portfolio.clusters[row]))
        for comparison, thing in zip(report.comparisons, told.compared, strict=True):
            if comparison.position.shown and not comparison.peers.group.endswith("leaders"):
                values = thing.values[counted(told, ledger, comparison.peers.group, thing.values)]
                own = thing.values[row]
                worse = (values < own) if thing.direction == "up" else (values > own)
                share = Decimal(100 * worse.mean())
                assert comparison.position.start - 1 <= share <= comparison.position.end + 1
                placed += 1
            elif np.isnan(thing.values[row]):
                assert isinstance(comparison.position, Hidden)
                assert comparison.position.reason == "no_value"
                assert comparison.own is None
    assert placed > 300


def test_points_are_those_of_a_slow_count_of_bands() -> None:
    rows = portfolio().rows(np.arange(0, len(portfolio()), 97))
    points = points_of(rows, gold())
    for place in range(len(rows)):
        slow = dict.fromkeys((dimension.code for dimension in gold().dimensions), 0)
        for indicator in gold().indicators:
            value = rows.columns([indicator.code])[place, 0]
            if indicator.scored and not np.isnan(value):
                exact = Decimal(repr(float(value))).quantize(
                    Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP
                )
                down = indicator.direction == "down"
                slow[indicator.dimension] += sum(
                    exact <= edge if down else exact >= edge for edge in indicator.bands
                )
        assert points.total[place] == sum(slow.values())
        assert {code: int(earned[place]) for code, earned in points.dimensions.items()} == slow


@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 6))
def test_values_are_rounded_half_away_from_zero_as_on_a_scorecard(value: Decimal, decimals: int) -> None:
    exact = int(value.scaleb(decimals).quantize(Decimal(1), ROUND_HALF_UP))
    assert values_in_units(np.array([float(value)]), decimals)[0] == exact


def changed(code: str, **change: object) -> SchemeDocument:
    """Gold with one indicator changed, under another id."""
    indicators = [item.model_copy(update=change) if item.code == code else item for item in gold().indicators]
    return gold().model_copy(update={"scheme": "gold-next", "indicators": indicators})


def test_only_indicators_measured_alike_are_compared() -> None:
    other = changed("2.5", measure="100 * contacted / present")
    assert {item.code for item in gold().indicators} - common_codes(gold(), [other]) == {"2.5"}
    stricter = changed("2.5", required=Decimal(50))
    assert "2.5" in common_codes(gold(), [stricter])
    told = publish(
        portfolio(),
        year=2026,
        scheme=gold(),
        scheme_digest="sha256:" + "0" * 64,
        other_schemes=[other],
        ledger=Ledger(),
    )
    report = benchmark(told, str(told.portfolio.clusters[0]))
    figure = report.comparison("2.5").peers.median
    assert isinstance(figure, Hidden)
    assert figure.reason == "not_common"
    assert "same in the scheme versions" in report.to_json()


@pytest.mark.slow
def test_five_years_leave_no_small_set_and_still_tell_of_all() -> None:
    ledger = Ledger(salt="a salt for tests only")
    for year in portfolio().editions:
        tell(year, ledger)
    signature: dict[str, list[int]] = {}
    for place, names in enumerate(ledger.shown_to_date()):
        for name in names:
            signature.setdefault(name, []).append(place)
    alike: dict[tuple[int, ...], int] = {}
    for places in signature.values():
        alike[tuple(places)] = alike.get(tuple(places), 0) + 1
    assert min(alike.values()) >= 6
    for year in portfolio().editions:
        everyone = int((portfolio().years == year).sum())
        shown = len(ledger.shown_in(year)["all"])
        assert 2 * everyone <= 3 * shown <= 3 * everyone


def test_other_ladders_tell_country_age_and_level() -> None:
    told = tell(2026, Ledger(), ladder=("level", "age"))
    assert {key for key, _name in told.figures if "/" not in key} == {
        "all",
        *("level=none", "level=bronze", "level=silver", "level=gold"),
    }
    assert told.figures["level=gold", "2.5"].n is not None
    report = benchmark(told, str(told.portfolio.clusters[0]))
    assert report.comparisons[0].leaders is None


def test_a_cluster_or_year_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(ProblemsError, match="not in the portfolio in 2026"):
        benchmark(edition(), "nobody")
    with pytest.raises(ProblemsError, match="no rows of this year"):
        tell(1999, Ledger())


def test_the_command_shows_a_table_and_notes_what_it_told(tmp_path: Path) -> None:
    write_demo_data(tmp_path, clusters=300, seed=4)
    app = typer.Typer()
    app.command()(benchmark_command)
    asked = [str(tmp_path), "--cluster", "S00004", "--by", "sector,level"]
    first = CliRunner().invoke(app, asked)
    assert first.exit_code == 0, first.output
    assert "SYNTHETIC DATA" in first.stdout
    notes = (tmp_path / "portfolio.ledger.jsonl").read_bytes()
    again = CliRunner().invoke(app, asked)
    assert again.stdout == first.stdout
    assert (tmp_path / "portfolio.ledger.jsonl").read_bytes() == notes
    as_json = CliRunner().invoke(app, [*asked, "--format", "json"])
    assert '"format": "clustermark-benchmark/1"' in as_json.stdout

    text = (tmp_path / "portfolio.csv").read_text()
    (tmp_path / "portfolio.csv").write_text(text.replace(",2026,", ",2026,", 1).rsplit("\n", 2)[0] + "\n")
    refused = CliRunner().invoke(app, asked)
    assert isinstance(refused.exception, ProblemsError)
    assert "corrections wait" in str(refused.exception)
    assert (tmp_path / "portfolio.ledger.jsonl").read_bytes() == notes


def test_a_ladder_of_unknown_words_is_a_problem(tmp_path: Path) -> None:
    write_demo_data(tmp_path, clusters=20, seed=4)
    app = typer.Typer()
    app.command()(benchmark_command)
    for words in ("sector,colour", "sector,sector", ""):
        found = CliRunner().invoke(app, [str(tmp_path), "--cluster", "S00001", "--by", words])
        assert isinstance(found.exception, ProblemsError)
        assert "ladder" in str(found.exception)


def test_reports_of_a_portfolio_with_gaps_in_its_words_stop_at_what_is_known() -> None:
    rows = replace(portfolio(), countries=np.full(len(portfolio()), ""))
    told = tell(2026, Ledger(), rows=rows)
    assert all("country" not in key for key, _name in told.figures)
    assert ladder_keys(told.portfolio, 0, told.ladder)[0].count("=") == 2


def test_a_guest_reads_where_it_stands_and_nothing_is_told_anew_for_it() -> None:
    rows = portfolio().of_year(2026)
    own = str(rows.clusters[17])
    guest, others = rows.rows(rows.clusters == own), rows.rows(rows.clusters != own)
    ledger = Ledger(salt="a salt for tests only")
    told = tell(2026, ledger, rows=others)
    releases, publications = list(ledger.releases), list(ledger.publications)
    report = benchmark(told.with_guest(guest), own)
    assert told.with_guest(guest).figures == told.figures
    assert (ledger.releases, ledger.publications) == (releases, publications)
    among = benchmark(edition(), own)
    assert [item.own for item in report.comparisons] == [item.own for item in among.comparisons]
    assert report.ladder == among.ladder
    for comparison, thing in zip(report.comparisons, told.compared, strict=True):
        assert comparison.peers == told.figures[comparison.peers.group, thing.name]
        assert comparison.position == position_in(comparison.own, comparison.peers, thing.direction)


def test_a_class_that_no_member_is_in_reads_like_one_that_is_withheld() -> None:
    rows = portfolio().of_year(2026)
    guest = replace(rows.rows(np.arange(len(rows)) == 3), clusters=np.array(["guest"]))
    stranger = replace(guest, countries=np.array(["ZW"]))
    report = benchmark(edition().with_guest(stranger), "guest")
    missing = report.ladder[0]
    assert missing.endswith("country=ZW")
    assert all(missing in item.withheld_groups for item in report.comparisons)
    total = report.comparisons[-1]
    assert total.peers.group != missing
    assert total.peers.n is not None


def test_a_guest_of_another_sector_than_all_members_has_no_leaders_to_read() -> None:
    rows = portfolio().of_year(2026)
    guest = replace(
        rows.rows(np.arange(len(rows)) == 3), clusters=np.array(["guest"]), sectors=np.array(["none"])
    )
    leaders = benchmark(edition().with_guest(guest), "guest").comparisons[-1].leaders
    assert leaders is not None
    assert leaders.n is None
    assert isinstance(leaders.median, Hidden)
