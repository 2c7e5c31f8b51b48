"""Sobol' indices against functions whose indices are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from clustermark.analysis.robustness.sensitivity import sobol_indices
from tests.analysis.robustness.g_function import G_FIRST, G_TOTAL, g_function

Floats = NDArray[np.float64]


def test_first_order_of_the_g_function_is_within_the_declared_error() -> None:
    groups = [[column] for column in range(8)]
    found = [
        sobol_indices(lambda x: g_function(x)[None], groups, 8, seed=seed, resamples=1)[0]
        for seed in range(8)
    ]
    first = np.array([index.first for index in found])
    total = np.array([index.total for index in found])
    assert np.sqrt(np.mean((first - G_FIRST) ** 2)) <= 0.006
    assert np.sqrt(np.mean((total - G_TOTAL) ** 2)) <= 0.012


def test_a_sum_has_its_coefficients_as_indices_whatever_its_level() -> None:
    weights = np.array([3.0, 2.0, 1.0])
    [index] = sobol_indices(
        lambda x: (1_000 + x[:, :3] @ weights)[None], [[0], [1], [2]], 4, seed=3, resamples=50
    )
    expected = weights**2 / (weights**2).sum()
    assert index.first == pytest.approx(expected, abs=0.01)
    assert index.total == pytest.approx(expected, abs=0.01)
    assert np.all(index.first_interval[:, 0] <= index.first)
    assert np.all(index.first <= index.first_interval[:, 1])


def test_groups_of_inputs_and_pure_interaction() -> None:
    """(x0 − ½)(x1 − ½): neither decides alone, both together everything."""

    def model(x: Floats) -> Floats:
        return ((x[:, 0] - 0.5) * (x[:, 1] - 0.5))[None]

    [single] = sobol_indices(model, [[0], [1]], 2)
    assert single.first == pytest.approx([0, 0], abs=0.02)
    assert single.total == pytest.approx([1, 1], abs=0.06)
    [group] = sobol_indices(model, [[0, 1]], 2)
    assert group.first == pytest.approx([1], abs=0.06)


def test_an_output_that_never_varies_has_no_indices() -> None:
    [index] = sobol_indices(lambda x: np.full((1, len(x)), 7.0), [[0]], 1)
    assert np.isnan(index.first).all()
    assert np.isnan(index.total_interval).all()
    assert sobol_indices(lambda x: x.T, [], 1) == []
