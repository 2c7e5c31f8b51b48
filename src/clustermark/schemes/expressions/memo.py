"""Expressions that were parsed before: those of the shipped schemes, by their text.

The file is made by ``python tools/write_docs.py`` and a test holds it against the parser. An expression that
is not in it is parsed; so a changed scheme never meets a stale entry.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from clustermark.schemes.expressions import nodes

FILE = Path(__file__).parent / "memo.json"


def remembered(text: str, dialect: str) -> nodes.Node | None:
    """The nodes of an expression of a shipped scheme; None for any other."""
    found = _entries().get(dialect, {}).get(text)
    return None if found is None else decode(found)


@cache
def _entries() -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return entries


def encode(value: Any) -> Any:
    """Nodes as JSON: ``[kind, field, …]``; numbers and dates as text with a mark."""
    if isinstance(value, nodes.Node):
        return [type(value).__name__, *(encode(getattr(value, item.name)) for item in fields(value))]  # type: ignore[arg-type]  # every node is a dataclass
    if isinstance(value, tuple):
        return {"several": [encode(item) for item in value]}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return {"date": value.isoformat()} if isinstance(value, date) else value


def decode(value: Any) -> Any:
    """The reverse of `encode`."""
    if isinstance(value, list):
        return getattr(nodes, value[0])(*map(decode, value[1:]))
    if isinstance(value, dict):
        ((mark, content),) = value.items()
        if mark == "several":
            return tuple(map(decode, content))
        return Decimal(content) if mark == "number" else date.fromisoformat(content)
    return value
