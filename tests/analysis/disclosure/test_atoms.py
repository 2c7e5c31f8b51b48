from itertools import combinations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clustermark.analysis.disclosure import Atoms

LEAST = 3
PEOPLE = 14
sets = st.sets(st.integers(0, PEOPLE - 1))


def mask(members: set[int]) -> np.ndarray:
    found = np.zeros(PEOPLE, dtype=bool)
    found[list(members)] = True
    return found


def obtainable(shown: list[frozenset[int]]) -> set[frozenset[int]]:
    """Everything that unions, intersections and differences of shown sets give, by brute force."""
    found = set(shown)
    while True:
        new = {
            op(a, b) for a, b in product(found, repeat=2) for op in (frozenset.union, frozenset.difference)
        }
        if new <= found:
            return found
        found |= new


@given(st.lists(sets, max_size=5))
def test_whatever_is_put_together_from_admitted_groups_is_empty_or_large(wanted: list[set[int]]) -> None:
    atoms = Atoms(PEOPLE, LEAST)
    shown = []
    for group in wanted:
        if atoms.admits(mask(group)):
            atoms.add(mask(group))
            shown.append(frozenset(group))
    assert all(not group or len(group) >= LEAST for group in obtainable(shown))


@given(st.lists(sets, min_size=1, max_size=3), sets)
def test_a_group_is_refused_only_when_it_would_leave_a_small_set(
    wanted: list[set[int]], last: set[int]
) -> None:
    atoms = Atoms(PEOPLE, LEAST)
    shown = []
    for group in wanted:
        if atoms.admits(mask(group)):
            atoms.add(mask(group))
            shown.append(frozenset(group))
    if last and not atoms.admits(mask(last)):
        assert any(0 < len(group) < LEAST for group in obtainable([*shown, frozenset(last)]))


@given(st.lists(sets, max_size=4), sets, st.permutations(range(PEOPLE)))
def test_a_settled_group_is_always_admitted_and_never_larger(
    wanted: list[set[int]], now: set[int], order: list[int]
) -> None:
    atoms = Atoms(PEOPLE, LEAST)
    for group in wanted:
        settled = atoms.settle(mask(group), np.array(order))
        if settled.any():
            assert atoms.admits(settled)
            atoms.add(settled)
    settled = atoms.settle(mask(now), np.array(order))
    assert not (settled & ~mask(now)).any()
    assert not settled.any() or atoms.admits(settled)


def test_one_who_left_takes_others_along_and_newcomers_wait() -> None:
    atoms = Atoms(PEOPLE, LEAST)
    atoms.add(mask(set(range(10))))
    order = np.arange(PEOPLE)
    one_left_two_came = set(range(1, 12))
    settled = atoms.settle(mask(one_left_two_came), order)
    assert set(np.flatnonzero(settled)) == set(range(3, 10))
    three_came = set(range(13))
    assert set(np.flatnonzero(atoms.settle(mask(three_came), order))) == three_came


def test_small_sets_by_difference_and_by_two_steps_are_refused() -> None:
    atoms = Atoms(PEOPLE, LEAST)
    atoms.add(mask(set(range(12))))
    assert not atoms.admits(mask(set(range(10))))
    atoms.add(mask(set(range(5))))
    assert not atoms.admits(mask(set(range(5, 10))))
    for pair in combinations(range(PEOPLE), LEAST - 1):
        assert not atoms.admits(mask(set(pair)))
