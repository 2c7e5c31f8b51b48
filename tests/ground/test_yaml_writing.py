"""YAML that is written reads back as the same data, for us and for every YAML 1.1 parser."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clustermark.ground.yaml12 import parse_yaml
from clustermark.ground.yaml_writing import write_sections, write_yaml

_TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\x85\u2028\u2029")
) | st.sampled_from(
    [
        "no",
        "NO",
        "y",
        "2.5",
        "1e3",
        "0o17",
        "2024-01-31",
        "12:30",
        "~",
        "",
        " x",
        "x ",
        "a: b",
        "# x",
        "- x",
        "*x",
    ]
)
_NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)
_SCALARS = _TEXTS | _NUMBERS | st.integers(-(10**12), 10**12) | st.booleans() | st.none()
_KEYS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=12)
_DATA = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _DATA, min_size=1, max_size=4))
def test_every_document_reads_back_the_same(data: dict[str, Any]) -> None:
    assert parse_yaml(write_yaml(data), file="x").data == data
    assert parse_yaml(write_sections(data), file="x").data == data


@given(_TEXTS)
def test_a_text_stays_a_text_in_yaml_1_1_too(text: str) -> None:
    assert yaml.safe_load(write_yaml({"a": text})) == {"a": text}


@pytest.mark.parametrize("text", ["no", "2.5", "1e3", "0x1F", "2024-01-31", "y", "null"])
def test_what_a_parser_could_mistake_is_quoted(text: str) -> None:
    assert write_yaml([text]).strip() in {f'["{text}"]', f"['{text}']"}


def test_it_looks_as_a_person_would_write_it() -> None:
    long = "a long sentence of several words " * 5
    data = {
        "scheme": "x-1",
        "bands": [Decimal("0.1"), Decimal(20), Decimal("35.50")],
        "title": {"en": "Age", "de": "Alter"},
        "facts": {"team": {"from": "team", "title": {"en": "Team"}}},
        "summary": {"en": long.strip()},
        "note": "one\ntwo\n",
    }
    assert write_sections(data) == (
        "scheme: x-1\nbands: [0.1, 20, 35.5]\ntitle: {en: Age, de: Alter}\n"
        "\nfacts:\n  team:\n    from: team\n    title: {en: Team}\n"
        "\nsummary:\n  en: >-\n"
        "    a long sentence of several words a long sentence of several words a long sentence of several words\n"
        "    a long sentence of several words a long sentence of several words\n"
        "\nnote: |\n  one\n  two\n"
    )
