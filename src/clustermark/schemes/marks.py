"""Provenance of a scheme's statements: the mark of a field, and how many statements have each mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from clustermark.schemes.document import Mark, Origins, SchemeDocument


def mark_of(origin: Origins, field: str) -> Mark | None:
    """The mark of one field: its own, else that of `all`; None where neither is stated."""
    stated = origin.get(field) or origin.get("all")
    return None if stated is None else stated.mark


def count_marks(document: SchemeDocument) -> dict[Mark, int]:
    """How many statements of origin have each mark, over the whole scheme."""
    found = list(_marks(document.model_dump()))
    return {mark: found.count(mark) for mark in get_args(Mark)}


def _marks(value: Any) -> Iterator[Mark]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name == "origin" and isinstance(item, Mapping):
                yield from (stated["mark"] for stated in item.values())
            else:
                yield from _marks(item)
    elif isinstance(value, list):
        for item in value:
            yield from _marks(item)
