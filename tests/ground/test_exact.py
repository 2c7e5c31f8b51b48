"""The canonical form against the reference implementation of RFC 8785."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from clustermark.ground.exact import canonical, digest, json_number, plain

NUMBERS = (
    st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.just(1e-7)
    | st.just(0.00001)
)
DATA = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(DATA)
def test_canonical_bytes_are_those_of_the_reference(data: object) -> None:
    assert canonical(data) == rfc8785.dumps(data)  # type: ignore[arg-type]  # JSON-like data


@given(st.decimals(-(10**9), 10**9, places=6))
def test_a_decimal_becomes_the_number_that_prints_as_it_does(value: Decimal) -> None:
    assert Decimal(repr(json_number(value))) == value


def test_a_decimal_a_json_number_cannot_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="significant digits"):
        json_number(Decimal("0.12345678901234567"))


def test_digests_are_of_content() -> None:
    assert digest({"b": Decimal("1.50"), "a": [1]}) == digest({"a": [1], "b": 1.5})
    assert digest({"a": 1}) != digest({"a": 2})
    assert plain({"d": Decimal("2.0")}) == {"d": 2}
    assert math.isclose(float(json_number(Decimal("0.1"))), 0.1)
