"""What the tests of composites share: published data beside the checkout, and small schemes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from clustermark.analysis.composite.data import CompositeData, Floats
from clustermark.schemes.composite import Composite, CompositeIndicator, Mean, Node
from clustermark.schemes.shapes import Origin

ORIGIN = {"all": Origin(mark="example", source="test")}
ARITHMETIC, GEOMETRIC, HARMONIC = (Mean(method=m) for m in ("arithmetic", "geometric", "harmonic"))


def number(cell: str) -> float:
    return float(cell) if cell not in {"", "NA"} else math.nan


def matrix(rows: list[dict[str, str]], columns: tuple[str, ...]) -> Floats:
    return np.array([[number(row[column]) for column in columns] for row in rows])


def node(code: str, parent: str | None = None, **fields: Any) -> Node:
    return Node(code=code, title={"en": code}, parent=parent, origin=ORIGIN, **fields)


def indicator(code: str, parent: str = "index", **fields: Any) -> CompositeIndicator:
    fields = {"unit": "points", **fields}
    return CompositeIndicator(code=code, title={"en": code}, parent=parent, origin=ORIGIN, **fields)


def flat(rule: Any, directions: str = "uu", **fields: Any) -> Composite:
    """An index straight over indicators a, b, …, one for each letter (u up, d down) of `directions`."""
    ways = {"u": "up", "d": "down"}
    return Composite(
        **{
            "nodes": [node("index")],
            "indicators": [
                indicator(chr(ord("a") + place), direction=ways[way]) for place, way in enumerate(directions)
            ],
            "normalisation": rule,
            "decimals": 10,
            "origin": ORIGIN,
            **fields,
        }
    )


def table(values: Any, **fields: Any) -> CompositeData:
    """Units u0, u1, … with indicators a, b, …"""
    array = np.array(values, dtype=np.float64)
    return CompositeData(
        units=tuple(f"u{row}" for row in range(array.shape[0])),
        codes=tuple(chr(ord("a") + place) for place in range(array.shape[1])),
        values=array,
        **fields,
    )
