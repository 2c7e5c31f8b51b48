"""The nodes of a YAML document by libyaml, and the plain data they stand for.

Loaded only when YAML is read: its parser takes as long to load as a large scheme takes to read.
"""

from __future__ import annotations

from typing import Any

import yaml

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml12 import plain_scalar

# libyaml where the wheel brings it (it does on every platform we lock), else the same parser in Python
_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


MAX_DEPTH = 100
"""How deep lists and mappings may stand in each other; the schemes that are shipped need six."""


class _Loader(_Base):  # type: ignore[misc]  # which of the two is known at run time only
    """Leaves tags alone: values are told apart below, by the core schema of YAML 1.2."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return "untold"


def compose(text: str, *, file: str) -> yaml.Node:
    """The root node of `text`. Raises `ProblemsError` where it is not well-formed, too deep, or empty."""
    try:
        _check_depth(text, file=file)
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
    return root


def _check_depth(text: str, *, file: str) -> None:
    """Raise `ProblemsError` where lists and mappings stand too deep in each other.

    libyaml composes by calling itself, in C: what is deep enough would end the whole process. Its events do not.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            message = _("Lists and fields stand too deep in each other here.")
            mark, allowed = event.start_mark, _("at most {n} deep")
            place = Place(file, row=mark.line + 1 if mark else None)
            raise ProblemsError(
                [Problem("yaml-too-deep", message, place, allowed=allowed.format(n=MAX_DEPTH))]
            )


def data_of(root: yaml.Node, *, file: str) -> Any:
    """The plain data below `root`. Raises `ProblemsError` for aliases and for keys that repeat or are no words."""
    builder = _Builder(file)
    data = builder.build(root)
    if builder.problems:
        raise ProblemsError(builder.problems)
    return data


def row_of(root: yaml.Node, path: tuple[str | int, ...]) -> int:
    """The line of the value at `path` (keys and list indices) below `root`, or of its nearest parent."""
    node = root
    for step in path:
        child = _child(node, step)
        if child is None:
            break
        node = child
    line: int = node.start_mark.line
    return line + 1


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None


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
