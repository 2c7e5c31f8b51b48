"""The two promises of docs/disclosure.md, and that an attack succeeds where a defence is taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from clustermark.analysis.disclosure import (
    Cell,
    Figures,
    Grid,
    Group,
    Hidden,
    Histogram,
    Ledger,
    Policy,
    Variable,
    declared_grid,
    release,
)
from clustermark.ground.problems import ProblemsError
from tests.analysis.disclosure.attacker import Attacker, is_known

POSSIBLE = [Decimal(value) for value in range(21)]
TOP = POSSIBLE[-1]
SALT = "a salt for tests only"
EXACT = Grid(Decimal(1), tuple(POSSIBLE[1:]), TOP)
D = Decimal
SMALL = Policy(min_peers=2, min_quartile_peers=4)


def cells(policy: Policy) -> Grid:
    return declared_grid(policy, unit=Decimal(1), first=Decimal(1), cap=TOP)


@dataclass
class World:
    """Clusters with a value and two attributes, told edition by edition to whoever reads."""

    policy: Policy
    grid: Grid
    ledger: Ledger = field(default_factory=lambda: Ledger(salt=SALT))
    told: list[tuple[int, Figures]] = field(default_factory=list)

    def publish(
        self, edition: int, values: Mapping[str, int | None], *, sector: dict[str, str], size: dict[str, str]
    ) -> dict[str, Figures]:
        names = sorted(values)

        def members(wanted: Sequence[bool]) -> np.ndarray:
            return np.array(wanted, dtype=bool)

        family = [Group("all", members([True] * len(names)))]
        for s in "AB":
            of_sector = [sector[name] == s for name in names]
            family.append(Group(s, members(of_sector), parent="all", split="sector"))
        for s in "AB":
            for z in "xyz":
                both = [sector[name] == s and size[name] == z for name in names]
                family.append(Group(f"{s}/{z}", members(both), parent=s, split="size"))
        column = np.array([np.nan if values[name] is None else values[name] for name in names], dtype=float)
        found = release(
            edition=edition,
            clusters=names,
            family=family,
            variables=[Variable("v", column, self.grid)],
            policy=self.policy,
            ledger=self.ledger,
        )
        self.told += [(edition, figures) for figures in found.values()]
        return {group: figures for (group, _variable), figures in found.items()}

    def attacker(self, name: str, value: int) -> Attacker:
        """One who read everything, and knows who was counted where."""
        attacker = Attacker(POSSIBLE, (name, Decimal(value)))
        for publication in self.ledger.publications:
            for edition, figures in self.told:
                if (edition, figures.group) == (publication.edition, publication.group):
                    self._learn(attacker, publication.members, figures)
        return attacker

    def _learn(self, attacker: Attacker, members: Sequence[str], figures: Figures) -> None:
        quantiles = (figures.lower_quartile, figures.median, figures.upper_quartile)
        for quarters, quantile in enumerate(quantiles, start=1):
            if isinstance(quantile, Cell):
                attacker.learn_quantile(members, quarters, quantile.start, quantile.end)
        if isinstance(figures.histogram, Histogram):
            for bar in figures.histogram.bins:
                attacker.learn_count(members, bar.start, bar.end, bar.count)
        if isinstance(figures.mean, Cell):
            attacker.learn_mean(members, self._stands_for, figures.mean.start, figures.mean.end)

    def _stands_for(self, value: Decimal) -> Decimal:
        alike = [other for other in POSSIBLE if self._edges_below(other) == self._edges_below(value)]
        return (alike[0] + alike[-1]) / 2

    def _edges_below(self, value: Decimal) -> int:
        return sum(value >= edge for edge in self.grid.edges)


NAMES = [f"c{number:02}" for number in range(18)]
values = st.lists(st.sampled_from([0, 1, 4, 5, 9, 10, 10, 11, 19, 20]), min_size=18, max_size=18)
classes = st.lists(st.sampled_from("xxyyz"), min_size=18, max_size=18)
sectors = st.lists(st.sampled_from("AAB"), min_size=18, max_size=18)
absent = st.sets(st.sampled_from(NAMES), max_size=4)


@pytest.mark.slow
@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(values, sectors, st.tuples(classes, classes), absent, absent)
def test_nobody_is_known_to_within_p_by_all_groups_of_all_dates(
    value: list[int],
    sector: list[str],
    sizes: tuple[list[str], list[str]],
    not_yet: set[str],
    gone: set[str],
) -> None:
    """Values stay the same, which helps the attacker most; clusters come, go and change class."""
    everyone = dict(zip(NAMES, value, strict=True))
    of_sector = dict(zip(NAMES, sector, strict=True))
    world = World(SMALL, cells(SMALL))
    first = {name: v for name, v in everyone.items() if name not in not_yet}
    world.publish(2025, first, sector=of_sector, size=dict(zip(NAMES, sizes[0], strict=True)))
    later = {name: v for name, v in everyone.items() if name not in gone}
    world.publish(2026, later, sector=of_sector, size=dict(zip(NAMES, sizes[1], strict=True)))
    attacker = world.attacker(NAMES[0], everyone[NAMES[0]])
    alike: dict[tuple[bool, ...], list[str]] = {}
    for name in NAMES[1:]:
        alike.setdefault(tuple(name in fact.members for fact in attacker.known), []).append(name)
    one_of_each = {names[0]: names for counted, names in alike.items() if any(counted)}
    for one, bounds in attacker.bounds_on(list(one_of_each)).items():
        for name in one_of_each[one]:
            assert not is_known(Decimal(everyone[name]), bounds, SMALL.p_percent), name


@pytest.mark.parametrize(("grid", "known"), [(cells(Policy()), False), (EXACT, True)])
def test_without_cells_the_same_attack_finds_the_value_of_a_whole_class(grid: Grid, known: bool) -> None:
    """B is 9 or 11 and A is 10: B taken from all leaves nothing but 10 for A. Groups are all large."""
    value = {f"a{n}": 10 for n in range(8)} | {f"b{n:02}": 9 if n < 6 else 11 for n in range(14)}
    world = World(Policy(), grid)
    world.publish(
        2026,
        value,
        sector={name: name[0].upper() for name in value},
        size=dict.fromkeys(value, "x"),
    )
    bounds = world.attacker("b00", 9).bounds_on(["a3"])["a3"]
    assert is_known(Decimal(10), bounds, 5) is known


def obtainable_sizes(ledger: Ledger) -> list[int]:
    """Sizes of the atoms of everything shown to date, from who is in which set."""
    shown = ledger.shown_to_date()
    signature: dict[tuple[bool, ...], int] = {}
    for name in ledger.clusters():
        key = tuple(name in members for members in shown)
        signature[key] = signature.get(key, 0) + 1
    return list(signature.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(values, sectors, classes, absent, absent), min_size=1, max_size=5))
def test_nothing_small_can_be_had_by_subtraction_over_the_years(
    rounds: list[tuple[list[int], list[str], list[str], set[str], set[str]]],
) -> None:
    world = World(SMALL, cells(SMALL))
    for year, (value, sector, size, gone, unknown) in enumerate(rounds, start=2020):
        present = {
            name: None if name in unknown else v
            for name, v in zip(NAMES, value, strict=True)
            if name not in gone
        }
        world.publish(
            year,
            present,
            sector=dict(zip(NAMES, sector, strict=True)),
            size=dict(zip(NAMES, size, strict=True)),
        )
        assert all(count >= SMALL.least for count in obtainable_sizes(world.ledger))
        assert all(figures.n is None or figures.n >= SMALL.least for _edition, figures in world.told)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(values, sectors, classes)
def test_a_withheld_class_is_never_known_to_be_a_small_one(
    value: list[int], sector: list[str], size: list[str]
) -> None:
    """For each withheld class there is another world with the same output in which it is large enough."""
    of_value = dict(zip(NAMES, value, strict=True))
    of_sector, of_size = dict(zip(NAMES, sector, strict=True)), dict(zip(NAMES, size, strict=True))
    told = World(SMALL, cells(SMALL)).publish(1, of_value, sector=of_sector, size=of_size)
    for s in "AB":
        members = [name for name in NAMES if of_sector[name] == s]
        held_back = [z for z in "xyz" if told[f"{s}/{z}"].n is None]
        counts = {z: sum(of_size[name] == z for name in members) for z in "xyz"}
        if told[s].n is None or not any(counts[z] for z in held_back):
            continue
        for suspect in held_back:
            other = _world_where_large(of_size, members, suspect, held_back, counts)
            again = World(SMALL, cells(SMALL)).publish(1, of_value, sector=of_sector, size=other)
            assert again == told
            assert sum(other[name] == suspect for name in members) >= SMALL.least


def _world_where_large(
    of_size: dict[str, str], members: list[str], suspect: str, held_back: list[str], counts: dict[str, int]
) -> dict[str, str]:
    """Classes with the suspect's and a large one's names exchanged, or with all withheld in the suspect."""
    large = max(held_back, key=lambda z: counts[z])
    if counts[large] >= SMALL.least:
        swap = {suspect: large, large: suspect}
        return of_size | {name: swap.get(of_size[name], of_size[name]) for name in members}
    inside = [name for name in members if of_size[name] in held_back]
    keep = 1 if len(inside) >= 2 * SMALL.least else 0
    rest = next(z for z in held_back if z != suspect)
    return of_size | {name: rest if place < keep else suspect for place, name in enumerate(inside)}


def test_hidden_figures_say_why_and_not_how_many() -> None:
    value = {f"c{n:02}": n for n in range(18)}
    sector = {name: "A" if place < 12 else "B" for place, name in enumerate(value)}
    size = {name: "xyz"[0 if place < 6 else 1 if place < 10 else 2] for place, name in enumerate(value)}
    told = World(Policy(), cells(Policy())).publish(1, value, sector=sector, size=size)
    assert (told["all"].n, told["A"].n, told["B"].n) == (18, 12, 6)
    for group in ("A/x", "A/y", "A/z"):
        assert told[group].n is None
        why = told[group].median
        assert isinstance(why, Hidden)
        assert why.reason == "withheld"
        assert "Which of the two is not told" in why.words
    assert isinstance(told["B"].median, Cell)
    assert isinstance(told["B"].lower_quartile, Hidden)
    assert told["B"].lower_quartile.reason == "few_for_quartiles"
    assert isinstance(told["B"].histogram, Hidden)
    histogram = told["all"].histogram
    assert isinstance(histogram, Histogram)
    bars = [(bar.start, bar.end, bar.count) for bar in histogram.bins]
    assert bars == [(D(0), D(6), 6), (D(6), D(20), 12)]


def test_median_and_quartiles_are_cells_of_order_statistics() -> None:
    value = {f"c{n:02}": n for n in range(12)}
    told = World(Policy(), cells(Policy())).publish(
        1, value, sector=dict.fromkeys(value, "A"), size=dict.fromkeys(value, "x")
    )["all"]
    found = [
        (f.start, f.end)
        for f in (told.lower_quartile, told.median, told.upper_quartile)
        if isinstance(f, Cell)
    ]
    assert found == [(D(2), D(4)), (D(4), D(6)), (D(8), D(10))]
    assert isinstance(told.mean, Cell)
    assert (told.mean.start, told.mean.end) == (D(4), D(6))


def test_a_mean_that_two_members_dominate_is_hidden() -> None:
    value = {f"c{n}": 0 for n in range(6)} | {"d1": 20, "d2": 20}
    told = World(Policy(), cells(Policy())).publish(
        1, value, sector=dict.fromkeys(value, "A"), size=dict.fromkeys(value, "x")
    )["all"]
    assert isinstance(told.mean, Hidden)
    assert told.mean.reason == "dominated"
    assert isinstance(told.median, Cell)


def test_a_mean_from_which_the_second_largest_could_tell_the_largest_is_hidden() -> None:
    """Where dominance is declared off, the p % rule still holds: others are less than 5 % of the largest."""
    open_policy = Policy(dominance_percent=100)
    value = {f"c{n}": 0 for n in range(6)} | {"d1": 20, "d2": 20}
    for grid, told_mean in ((EXACT, False), (cells(open_policy), True)):
        told = World(open_policy, grid).publish(
            1, value, sector=dict.fromkeys(value, "A"), size=dict.fromkeys(value, "x")
        )["all"]
        assert told.mean.shown is told_mean


def test_the_few_values_of_a_group_full_of_gaps_cannot_be_had_by_subtraction() -> None:
    """B has members enough but three values; all less A would be these three, so A is not told either."""
    value = {f"a{n:02}": n for n in range(12)} | {f"b{n}": n if n < 3 else None for n in range(8)}
    sector = {name: name[0].upper() for name in value}
    told = World(Policy(), cells(Policy())).publish(1, value, sector=sector, size=dict.fromkeys(value, "x"))
    assert (told["all"].n, told["A"].n, told["B"].n) == (15, None, None)
    full = {name: v or 0 for name, v in value.items()}
    told = World(Policy(), cells(Policy())).publish(1, full, sector=sector, size=dict.fromkeys(value, "x"))
    assert (told["all"].n, told["A"].n, told["B"].n) == (20, 12, 8)


def test_an_edition_is_told_again_alike_and_never_from_other_data() -> None:
    value = {f"c{n:02}": n for n in range(12)}
    same = dict.fromkeys(value, "A")
    world = World(Policy(), cells(Policy()))
    first = world.publish(1, value, sector=same, size=dict.fromkeys(value, "x"))
    world.publish(2, {name: v for name, v in value.items() if v}, sector=same, size=dict.fromkeys(value, "x"))
    entries = len(world.ledger.publications)
    assert world.publish(1, value, sector=same, size=dict.fromkeys(value, "x")) == first
    assert len(world.ledger.publications) == entries
    with pytest.raises(ProblemsError, match="corrections wait"):
        world.publish(1, value | {"c03": 19}, sector=same, size=dict.fromkeys(value, "x"))
    world.grid = EXACT
    with pytest.raises(ProblemsError, match="cells in which v is told"):
        world.publish(3, value, sector=same, size=dict.fromkeys(value, "x"))


def test_one_who_left_takes_others_along_so_that_dates_cannot_be_subtracted() -> None:
    value = {f"c{n:02}": n for n in range(18)}
    same, size = dict.fromkeys(value, "A"), dict.fromkeys(value, "x")
    world = World(Policy(), cells(Policy()))
    assert world.publish(1, value, sector=same, size=size)["all"].n == 18
    without_one = {name: v for name, v in value.items() if name != "c07"}
    assert world.publish(2, without_one, sector=same, size=size)["all"].n == 12
    assert sorted(obtainable_sizes(world.ledger)) == [6, 12]


def test_what_an_edition_withheld_stays_withheld_in_it() -> None:
    """Else asking again, after other groups or under another policy, would be a way to subtract."""
    value = {f"c{n:02}": n for n in range(18)}
    same, size = dict.fromkeys(value, "A"), dict.fromkeys(value, "x")
    world = World(Policy(min_peers=20, min_quartile_peers=20), cells(Policy()))
    assert world.publish(1, value, sector=same, size=size)["all"].n is None
    world.policy = Policy()
    assert world.publish(1, value, sector=same, size=size)["all"].n is None
    assert world.publish(2, value, sector=same, size=size)["all"].n == 18


def test_a_group_of_which_too_many_rest_is_withheld() -> None:
    value = {f"c{n:02}": n for n in range(13)}
    same, size = dict.fromkeys(value, "A"), dict.fromkeys(value, "x")
    world = World(Policy(), cells(Policy()))
    assert world.publish(1, value, sector=same, size=size)["all"].n == 13
    without_one = {name: v for name, v in value.items() if name != "c07"}
    assert world.publish(2, without_one, sector=same, size=size)["all"].n is None
