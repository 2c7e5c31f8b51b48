"""Random numbers belong to their draw."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clustermark.analysis.robustness.draws import between_0_and_1, raw_words, uniforms


@given(
    seed=st.integers(0, 2**64 - 1),
    first=st.integers(0, 2**40),
    count=st.integers(1, 20),
    width=st.integers(1, 30),
)
def test_a_draw_alone_is_the_draw_of_any_run(seed: int, first: int, count: int, width: int) -> None:
    together = uniforms(seed, first, count, width)
    alone = np.concatenate([uniforms(seed, first + i, 1, width) for i in range(count)])
    assert together.shape == (count, width)
    assert np.array_equal(together, alone)
    assert np.all((together > 0) & (together < 1))


def test_the_counter_of_philox_is_the_number_of_the_draw() -> None:
    words = raw_words(5, 1000, 1, 8)[0]
    blocks = [np.random.Philox(key=5, counter=[2000 + block, 0, 0, 0]).random_raw(4) for block in (0, 1)]
    assert words.tolist() == np.concatenate(blocks).tolist()


def test_the_ends_stay_inside() -> None:
    ends = between_0_and_1(np.array([0, 2**64 - 1], np.uint64))
    assert 0 < ends[0] < 1e-15
    assert 1 - 1e-15 < ends[1] < 1


def test_numbers_are_uniform_and_draws_differ() -> None:
    found = uniforms(1, 0, 5_000, 8)
    assert abs(found.mean() - 0.5) < 0.005
    assert abs(found.var() - 1 / 12) < 0.002
    assert len(np.unique(found)) == found.size
    assert not np.any(found == uniforms(2, 0, 5_000, 8))
