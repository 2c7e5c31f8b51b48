"""The nine quantile definitions against the published table."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from clustermark.analysis.quantiles import QuantileType, quantile
from tests.shared_data import shared_rows


def test_all_types_as_published() -> None:
    samples: dict[str, list[float]] = {}
    for row in shared_rows("agreement/quantile_types_data.csv"):
        samples.setdefault(row["data"], []).append(float(row["x"]))
    expected = shared_rows("agreement/quantile_types_expected.csv")
    assert len(expected) == 450
    for row in expected:
        kind = cast("QuantileType", int(row["type"]))
        found = quantile(np.array(samples[row["data"]]), float(row["p"]), kind)
        assert found == pytest.approx(float(row["quantile"]), abs=1e-9), row


def test_missing_values_are_left_out() -> None:
    values: Any = np.array([np.nan, 4.0, 2.0, np.nan])
    assert quantile(values, 0.5) == 3.0
    assert quantile(values, 0.5, 1) == 2.0
    assert quantile(values[:1], 0.5) is None
