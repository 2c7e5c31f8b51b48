"""Draws know of peers only what an edition tells: nothing unseen can change a byte of what comes out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark import ProblemsError
from clustermark.analysis.disclosure import Bin, Figures, Hidden, Histogram, Ledger
from clustermark.analysis.disclosure.figures import nothing
from clustermark.analysis.peers import Edition, benchmark, publish
from clustermark.analysis.peers.report import Position, position_in
from clustermark.analysis.portfolio import Portfolio
from clustermark.analysis.robustness import Peers, Robustness, drawing_of, peers_of, robustness_of
from clustermark.analysis.robustness.filling import from_told
from clustermark.analysis.robustness.position import position_of
from clustermark.analysis.robustness.worlds import Outcomes
from clustermark.dossiers.dossier import Dossier
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.score import score_dossiers
from clustermark.scoring.views import ScoredView
from tests.analysis.audit.material import portfolio_of
from tests.analysis.robustness.material import case, scheme
from tests.builders import AS_OF

HIGHEST = (100, 5, 40, 100)
GONE = case(surveyed=False)
"""A dossier of the sector health whose satisfaction (1.4) is missing."""


def portfolio(n: int, seed: int = 3) -> Portfolio:
    """Clusters with whole values, every second one of the sector health."""
    random = np.random.default_rng(seed)
    values = np.column_stack([random.integers(0, high + 1, n) for high in HIGHEST]).astype(float)
    return portfolio_of(scheme(), values, schemes=[""] * n)


def told(rows: Portfolio) -> Edition:
    one = scheme()
    return publish(
        rows,
        year=2025,
        scheme=one.document,
        scheme_digest=one.digest,
        ledger=Ledger(salt="a salt for tests only"),
        ladder=("sector",),
    )


def of(edition: Edition, one: Dossier = GONE, **options: object) -> Robustness:
    peers = peers_of(edition, scheme(), one)
    return robustness_of(one, scheme(), as_of=AS_OF, peers=peers, **{"draws": 300, **options})  # type: ignore[arg-type]  # options of the function


def band(code: str, values: np.ndarray) -> np.ndarray:
    """The band of each value, by counting edges."""
    item = next(item for item in scheme().document.indicators if item.code == code)
    reached = [
        values <= float(edge) if item.direction == "down" else values >= float(edge) for edge in item.bands
    ]
    found: np.ndarray = np.sum(reached, axis=0)
    return found


SEEN = portfolio(90)
EDITION = told(SEEN)
USUAL = of(EDITION)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_unseen_values_that_lead_to_the_same_edition_give_the_same_bytes(seed: int) -> None:
    """Every value is replaced by any other of its cell that earns the same points."""
    random = np.random.default_rng(seed)
    values = SEEN.values.copy()
    for column, (thing, high) in enumerate(zip(EDITION.compared, HIGHEST, strict=False)):
        choices = np.arange(0, high + 1, dtype=float)
        cells, bands = thing.variable.grid.cells(choices), band(thing.code, choices)
        for row, value in enumerate(values[:, column].astype(int)):
            values[row, column] = random.choice(choices[(cells == cells[value]) & (bands == bands[value])])
    other = told(replace(SEEN, values=values))
    assert not np.array_equal(values, SEEN.values)
    assert other.figures == EDITION.figures
    assert of(other).to_json() == USUAL.to_json()


def test_after_publishing_no_value_is_read_again() -> None:
    empty = replace(SEEN, values=np.full(SEEN.values.shape, np.nan))
    blind = replace(
        EDITION,
        portfolio=empty,
        compared=tuple(replace(thing, values=np.full(len(empty), np.nan)) for thing in EDITION.compared),
    )
    assert of(blind).to_json() == USUAL.to_json()


def test_the_position_spans_those_of_the_draws_one_by_one() -> None:
    peers = peers_of(EDITION, scheme(), GONE)
    scored = score_dossiers(scheme(), [GONE], [ScoredView("consensus")], as_of=AS_OF)
    points = drawing_of(scored, GONE, peers=peers).all(300).points
    figures = EDITION.figures["sector=health", EDITION.compared[-1].name]
    places = [position_in(Decimal(repr(float(value))), figures, "up") for value in points]
    shown = [place for place in places if isinstance(place, Position)]
    assert len(shown) == 300
    # of 300 in order: the 8th (at least 2.5 % at or below it) and the 293rd
    lowest, highest = sorted(place.start for place in shown)[7], sorted(place.end for place in shown)[292]
    assert USUAL.position is not None
    assert USUAL.position.place == Position(start=lowest, end=highest)
    assert lowest < highest
    assert (USUAL.position.group, USUAL.position.n) == ("sector Health and medical science", 45)
    assert "sector Health and medical science, n = 45, 2025" in USUAL.position.words
    assert USUAL.position.words in USUAL.findings


@pytest.mark.parametrize(("poor", "start"), [(3, 0), (2, 50)])
def test_an_end_is_the_place_of_a_draw_and_of_nothing_between_two(poor: int, start: int) -> None:
    """Of 100 draws the 3rd from below is the end: 0 points when three draws have them, all points when two have."""
    bins = [Bin(start=Decimal(a), end=Decimal(b), count=c) for a, b, c in ((0, 5, 12), (5, 13, 12))]
    figures = nothing("points", "all").model_copy(update={"histogram": Histogram(bins=bins), "n": 24})
    points = np.where(np.arange(100) < poor, 0.0, 13.0)
    found = Outcomes(points=points, missed=np.zeros((4, 100), bool), level=np.zeros(100, np.int8))
    peers = Peers(edition=2025, synthetic=False, points=[figures], indicators={})
    assert position_of(peers, found).place == Position(start=Decimal(start), end=Decimal(100))


def test_without_doubts_it_is_the_position_of_the_benchmark() -> None:
    row = int(np.flatnonzero(SEEN.sectors == "health")[0])
    rows = replace(SEEN, values=SEEN.values.copy())
    rows.values[row] = (40, 2, 6, 60)  # the dossier's own values
    edition = told(rows)
    name = str(rows.clusters[row])
    peers = peers_of(edition, scheme(), case(), name)
    found = robustness_of(case(), scheme(), as_of=AS_OF, draws=10, sources=(), peers=peers)
    assert found.position is not None
    assert found.position.place == benchmark(edition, name).comparison("points").position


@pytest.mark.parametrize(("clusters", "n", "reason"), [(4, None, "withheld"), (9, 9, "few_for_quartiles")])
def test_a_hidden_position_says_why(clusters: int, n: int | None, reason: str) -> None:
    found = of(told(portfolio(clusters)))
    assert found.position is not None
    assert isinstance(found.position.place, Hidden)
    assert (found.position.n, found.position.place.reason) == (n, reason)
    assert found.position.words == f"Position among peers (all clusters, 2025): {found.position.place.words}"
    # nothing of the few is in the draws either
    alone = robustness_of(GONE, scheme(), as_of=AS_OF, draws=300)
    assert (found.points, found.levels, found.sources) == (alone.points, alone.levels, alone.sources)


def test_an_unknown_sector_is_told_like_a_withheld_one() -> None:
    sectors = np.where(np.arange(90) < 3, "health", "ict")
    few, none = (told(replace(SEEN, sectors=found)) for found in (sectors, np.full(90, "ict")))
    found = of(few).position
    assert found is not None
    assert found.group == "all clusters"
    assert found == of(none).position


def test_a_missing_value_is_drawn_from_told_cells_by_their_shares() -> None:
    figures = nothing("1.4", "all")
    bars = [(0, 50, 6), (50, 60, 12), (60, 100, 6)]
    shown = Histogram(bins=[Bin(start=Decimal(a), end=Decimal(b), count=c) for a, b, c in bars])
    filling = from_told(figures.model_copy(update={"histogram": shown, "n": 24}), 1)
    assert filling is not None
    picked = filling.pick((np.arange(240_000) + 0.5) / 240_000)
    assert [((picked >= 10 * a) & (picked < 10 * b)).sum() for a, b, _c in bars[:2]] == [60_000, 120_000]
    assert (picked.min(), picked.max()) == (0, 1000)
    inside = np.bincount(picked[picked < 600].astype(int))[500:]
    assert (inside == 1200).all()
    assert filling.pick(np.array([1 - 2.0**-53])) == 1000


@pytest.mark.parametrize(
    ("bins", "picked"),
    [
        (
            [Bin(start=Decimal(0), end=Decimal(3), count=6), Bin(start=Decimal(3), end=None, count=6)],
            [0, 1, 2, 3],
        ),
        ([Bin(start=Decimal(0), end=None, count=12)], None),
        ([Bin(start=Decimal(0), end=Decimal(2), count=12)], [0, 1, 2]),
    ],
)
def test_open_and_single_bars(bins: list[Bin], picked: list[int] | None) -> None:
    """What an open bar holds is not told beyond its start; a scale of one open bar tells nothing."""
    figures: Figures = nothing("x", "all").model_copy(update={"histogram": Histogram(bins=bins), "n": 12})
    filling = from_told(figures, 0)
    numbers = (np.arange(600) + 0.5) / 600
    assert (None if filling is None else np.unique(filling.pick(numbers)).tolist()) == picked


def test_the_source_names_the_groups_drawn_from() -> None:
    [missing] = [source for source in USUAL.sources if source.source == "missing"]
    assert "(sector Health and medical science, n = 45)" in missing.words
    assert missing.indicators == 1


def test_an_edition_of_another_scheme_and_an_unknown_cluster_are_problems() -> None:
    with pytest.raises(ProblemsError, match="another scheme"):
        peers_of(EDITION, Scheme.load("ecei-gold-2013"), GONE)
    with pytest.raises(ProblemsError, match="not in the portfolio"):
        peers_of(EDITION, scheme(), GONE, "nobody")


def test_invented_peers_are_announced() -> None:
    found = of(told(replace(SEEN, synthetic=np.full(90, fill_value=True)))).position
    assert found is not None
    assert "SYNTHETIC DATA" in found.words
