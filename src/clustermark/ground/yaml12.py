"""YAML 1.2 (core schema) read exactly: decimals stay decimals, and every value knows its line.

libyaml parses; the tags are resolved here by the core schema of YAML 1.2, so `NO` is Norway and
`2.5` the decimal 2.5. Aliases, merge keys, custom tags and repeated keys are refused: a document
must read the same for a person and for every parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from clustermark.ground.problems import Place

if TYPE_CHECKING:
    import yaml

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
# Python reads no whole number of more than 4,300 digits: a longer one is read as a decimal, and refused as such
_INTEGER = re.compile(r"[-+]?[0-9]{1,4000}\Z")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlDocument:
    """A document: plain `data`, and the place in its `text` of every path in it."""

    data: Any
    file: str
    text: str

    def place(self, path: Path) -> Place:
        """The place of the value at `path` (keys and list indices), or of its nearest parent."""
        from clustermark.ground.yaml_nodes import row_of  # noqa: PLC0415 - most documents have no problem to place

        return Place(self.file, row=row_of(self._root, path), field=path_text(path) or None)

    @cached_property
    def _root(self) -> yaml.Node:
        from clustermark.ground.yaml_nodes import compose  # noqa: PLC0415 - most documents have no problem to place

        return compose(self.text, file=self.file)


def path_text(path: Path) -> str:
    """`path` as people write it: ``indicators[3].bands``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else ("." if text else "") + step
    return text


def parse_yaml(text: str, *, file: str) -> YamlDocument:
    """Parse `text`; `file` is the name used in problems. Raises `ProblemsError`."""
    from clustermark.ground.yaml_nodes import compose, data_of  # noqa: PLC0415 - loads the parser

    return YamlDocument(data_of(compose(text, file=file), file=file), file, text)


def plain_scalar(text: str) -> Any:
    """The value of an unquoted scalar by the core schema of YAML 1.2: null, truth value, number or text."""
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return Decimal(text)
    return text
