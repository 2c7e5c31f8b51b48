"""The change of a cluster over the years, against a count of its own from the portfolio and the figures told."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from clustermark.analysis.demo import synthetic_portfolio
from clustermark.analysis.disclosure import Cell, Ledger
from clustermark.analysis.peers import Change, Edition, YearOnYear, compare_years, publish
from clustermark.analysis.portfolio import Portfolio
from clustermark.ground.problems import ProblemsError
from clustermark.schemes.document import SchemeDocument
from clustermark.schemes.scheme import Scheme


@cache
def gold() -> SchemeDocument:
    return Scheme.load("ecei-gold-2013").document


@cache
def portfolio() -> Portfolio:
    return synthetic_portfolio(400, 11)


def changed(code: str, **change: object) -> SchemeDocument:
    """Gold with one indicator changed, under another id."""
    indicators = [item.model_copy(update=change) if item.code == code else item for item in gold().indicators]
    return gold().model_copy(update={"scheme": "gold-next", "indicators": indicators})


def stricter() -> SchemeDocument:
    return changed("2.5", bands=[Decimal(edge) for edge in (30, 45, 60, 75, 90)])


def tell(year: int, ledger: Ledger, scheme: SchemeDocument, rows: Portfolio) -> Edition:
    return publish(
        rows,
        year=year,
        scheme=scheme,
        scheme_digest="sha256:" + scheme.scheme,
        ledger=ledger,
        ladder=("sector", "size"),
    )


def three(new_scheme: SchemeDocument, rows: Portfolio) -> tuple[Edition, Edition, Edition]:
    ledger = Ledger(salt="a salt for tests only")
    return (
        tell(2025, ledger, gold(), rows),
        tell(2025, ledger, new_scheme, rows),
        tell(2026, ledger, new_scheme, rows),
    )


@cache
def told() -> tuple[Edition, Edition, Edition]:
    return three(stricter(), portfolio())


def in_both(old: Edition, new: Edition) -> list[str]:
    return sorted(set(old.portfolio.clusters.tolist()) & set(new.portfolio.clusters.tolist()))


def splits() -> list[YearOnYear]:
    return [compare_years(*told(), cluster) for cluster in in_both(told()[0], told()[2])[::9]]


def lead(edition: Edition, cluster: str, change: Change) -> Fraction:
    """Own value less the middle of the median's cell, from the edition itself; above zero is better."""
    thing = next(item for item in edition.compared if (item.kind, item.code) == (change.kind, change.code))
    median = edition.figures[str(change.group), thing.name].median
    assert isinstance(median, Cell)
    end = median.start if median.end is None else median.end
    own = Fraction(repr(float(thing.values[edition.row_of(cluster)])))
    rise = own - (Fraction(median.start) + Fraction(end)) / 2
    return -rise if thing.direction == "down" else rise


def test_every_change_is_the_sum_of_its_three_parts_without_a_rest() -> None:
    shown = 0
    for split in splits():
        for change in split.changes:
            if change.change is None:
                assert change.hidden is not None
                assert change.your_peers is None
                assert change.the_method is None
                continue
            assert change.you is not None
            assert change.your_peers is not None
            assert change.the_method is not None
            assert change.method_on_you is not None
            assert change.hidden is None
            assert change.change == change.you + change.your_peers + change.the_method
            assert change.own_change == change.you + change.method_on_you
            shown += 1
    assert shown > 1000


def test_the_parts_are_those_counted_from_values_and_cells() -> None:
    old, rescored, new = told()
    down = by_peers = by_method = 0
    for split in splits():
        for change in split.changes:
            if change.change is None:
                continue
            then, then_new, now = (lead(edition, split.cluster, change) for edition in (old, rescored, new))
            assert Fraction(change.change) == now - then
            assert change.the_method is not None
            assert Fraction(change.the_method) == then_new - then
            assert change.you is not None
            assert change.your_peers is not None
            assert Fraction(change.you) + Fraction(change.your_peers) == now - then_new
            assert change.own_now is not None
            assert change.own_then_rescored is not None
            rise = change.own_now - change.own_then_rescored
            assert change.you == (-rise if change.direction == "down" else rise)
            down += change.direction == "down"
            by_peers += change.your_peers != 0
            by_method += change.the_method != 0
    assert down > 20
    assert by_peers > 100
    assert by_method > 0


def test_the_method_moves_points_but_no_value_of_an_indicator() -> None:
    moved = 0
    for split in splits():
        for change in split.changes:
            if change.kind == "indicator":
                assert change.the_method in (None, 0)
                assert change.method_on_you in (None, 0)
            elif change.code in ("2", "points"):
                assert change.method_on_you is not None
                assert change.method_on_you <= 0
                moved += change.method_on_you < 0
            else:
                assert change.method_on_you == 0
    assert moved > 5


def test_group_and_n_are_of_the_narrowest_group_told_in_all_three() -> None:
    editions = told()
    groups = set()
    for split in splits():
        for change in split.changes:
            medians = (change.peers_then, change.peers_then_rescored, change.peers_now)
            assert change.group is not None
            groups.add(change.group.count("="))
            for edition, median in zip(editions, medians, strict=True):
                thing = next(i for i in edition.compared if (i.kind, i.code) == (change.kind, change.code))
                figures = edition.figures[change.group, thing.name]
                assert median is not None
                assert (median.n, median.median) == (figures.n, figures.median)
                assert median.n >= 6
    assert groups >= {0, 1}


def test_what_the_schemes_do_not_measure_alike_is_named_and_not_split() -> None:
    other = changed("2.5", measure="100 * contacted / present")
    editions = three(other, portfolio())
    split = compare_years(*editions, in_both(editions[0], editions[2])[0])
    hidden = {change.code: change.hidden.reason for change in split.changes if change.hidden}
    assert hidden["2.5"] == "not_common"
    fewer = gold().model_copy(
        update={"scheme": "gold-next", "indicators": [i for i in gold().indicators if i.code != "1.2"]}
    )
    editions = three(fewer, portfolio())
    split = compare_years(*editions, in_both(editions[0], editions[2])[0])
    dropped = next(change for change in split.changes if change.code == "1.2")
    assert dropped.hidden is not None
    assert dropped.hidden.reason == "not_common"
    assert dropped.own_then is dropped.change is dropped.you is None
    assert split.changes[-1].code == "points"


def test_where_peers_are_too_few_the_own_change_is_left_and_the_rest_says_why() -> None:
    rows = portfolio()
    both = in_both(*(replace(told()[0], portfolio=rows.of_year(year)) for year in (2025, 2026)))
    few = rows.rows(np.isin(rows.clusters, both[:5]))
    split = compare_years(*three(stricter(), few), both[0])
    for change in split.changes:
        assert change.group is change.change is change.your_peers is change.the_method is None
        assert change.peers_then is change.peers_then_rescored is change.peers_now is None
        assert change.hidden is not None
    points = split.points
    assert points.hidden is not None
    assert points.hidden.reason == "withheld"
    assert points.own_now is not None
    assert points.own_then is not None
    assert points.own_change == points.own_now - points.own_then


def test_a_value_that_is_missing_in_one_year_is_not_a_zero() -> None:
    gaps = 0
    for split in splits():
        for change in split.changes:
            if change.own_then is None or change.own_now is None:
                assert change.you is change.change is change.the_method is None
                assert change.hidden is not None
                assert change.hidden.reason == "no_value"
                gaps += 1
    assert gaps > 0


def test_editions_that_do_not_belong_together_are_refused() -> None:
    old, rescored, new = told()
    both = in_both(old, new)
    with pytest.raises(ValueError, match="old year under the new scheme"):
        compare_years(old, new, new, both[0])
    left = min(set(old.portfolio.clusters.tolist()) - set(both))
    with pytest.raises(ProblemsError, match="not in the portfolio in 2026"):
        compare_years(old, rescored, new, left)
