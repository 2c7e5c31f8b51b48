"""YAML 1.2 (core schema) read exactly: decimals stay decimals, and every value knows its line.

libyaml parses; the tags are resolved here by the core schema of YAML 1.2, so `NO` is Norway and
`2.5` the decimal 2.5. Aliases, merge keys, custom tags and repeated keys are refused: a document
must read the same for a person and for every parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

# libyaml where the wheel brings it (it does on every platform we lock), else the same parser in Python
_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Loader(_Base):  # type: ignore[misc]  # which of the two is known at run time only
    """Leaves tags alone: values are told apart below, by the core schema of YAML 1.2."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return "untold"


_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlDocument:
    """A parsed document: plain `data`, and the place of every path in it."""

    data: Any
    file: str
    root: yaml.Node

    def place(self, path: Path) -> Place:
        """The place of the value at `path` (keys and list indices), or of its nearest parent."""
        node = self.root
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return Place(self.file, row=node.start_mark.line + 1, field=path_text(path) or None)


def path_text(path: Path) -> str:
    """`path` as people write it: ``indicators[3].bands``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else ("." if text else "") + step
    return text


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None


def parse_yaml(text: str, *, file: str) -> YamlDocument:
    """Parse `text`; `file` is the name used in problems. Raises `ProblemsError`."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(file, row=mark.line + 1 if mark else None)
        message = _("This is not well-formed YAML: {error}.").format(
            error=getattr(error, "problem", None) or error
        )
        raise ProblemsError([Problem("yaml-malformed", message, place)]) from None
    if root is None:
        raise ProblemsError([Problem("yaml-empty", _("The file is empty."), Place(file))])
    builder = _Builder(file)
    data = builder.build(root)
    if builder.problems:
        raise ProblemsError(builder.problems)
    return YamlDocument(data, file, root)


class _Builder:
    """Builds plain data from nodes; a node met twice was named by an alias, which could grow without bound."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def build(self, node: yaml.Node) -> Any:
        if id(node) in self.seen:
            self.add("yaml-alias", _("Aliases (*name) are not used in these files."), node)
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            # quoted or block text is always text
            return node.value if node.style else plain_scalar(node.value)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node)
        return [self.build(item) for item in node.value]

    def mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.add("yaml-key", _("A key must be a word."), key)
            elif key.value in result:
                self.add("yaml-key-twice", _("This key stands twice in the same place."), key)
            else:
                result[key.value] = self.build(value)
        return result

    def add(self, code: str, message: str, node: yaml.Node) -> None:
        field = node.value if isinstance(node, yaml.ScalarNode) else None
        self.problems.append(
            Problem(code, message, Place(self.file, row=node.start_mark.line + 1, field=field))
        )


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
