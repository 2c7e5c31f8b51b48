"""Reading a scheme file: YAML, then what it extends, then shapes, then meaning; all problems together."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.ground.yaml12 import Path as DataPath
from clustermark.ground.yaml12 import YamlDocument, parse_yaml, path_text
from clustermark.schemes.check import check_document
from clustermark.schemes.document import SchemeDocument
from clustermark.schemes.extending import resolve
from clustermark.schemes.remembered import remembered
from clustermark.schemes.scheme import Scheme, find
from clustermark.schemes.shape_words import shape_message

MAX_BYTES = 4_000_000


def read_scheme(path: Path) -> Scheme:
    """The scheme in the file at `path`. Raises `ProblemsError`."""
    return scheme_from_statements(_statements(path), near=path.parent, inside=(path,))


def _parent(path: Path, inside: tuple[Path, ...]) -> SchemeDocument:
    """The document that a scheme extends; its meaning is checked with the scheme that takes it over."""
    if path in inside:
        message = _("The scheme extends itself.")
        raise ProblemsError([Problem("extends-circle", message, Place(path.name))])
    document, _offsets = _resolved(_statements(path), near=path.parent, inside=(*inside, path))
    return document


def _statements(path: Path) -> YamlDocument:
    """What the file at `path` states."""
    try:
        if path.stat().st_size > MAX_BYTES:
            message, most = _("The file is too large for a scheme."), _("at most {n} bytes")
            allowed = most.format(n=number(MAX_BYTES))
            raise ProblemsError([Problem("scheme-too-large", message, Place(str(path)), allowed=allowed)])
        content = path.read_bytes()
    except OSError as error:
        message = _("The file cannot be read: {reason}.").format(reason=error.strerror or error)
        raise ProblemsError([Problem("file-unreadable", message, Place(str(path)))]) from None
    if content.startswith(b"PK\x03\x04"):
        message, allowed = _("This is a workbook, not a scheme file."), "clustermark scheme to-yaml"
        raise ProblemsError([Problem("scheme-workbook", message, Place(str(path)), allowed=allowed)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("The file is not UTF-8: byte {n} cannot be read.").format(n=error.start)
        raise ProblemsError([Problem("encoding", message, Place(path.name), allowed="UTF-8")]) from None
    known = remembered(path.name, content)
    return parse_yaml(text, file=path.name) if known is None else YamlDocument(known, path.name, text)


def read_scheme_text(text: str, *, file: str) -> Scheme:
    """The scheme in YAML `text`. Raises `ProblemsError`."""
    return scheme_from_statements(parse_yaml(text, file=file), near=Path(file).parent)


class Statements(Protocol):
    """What a file states, as plain data, with the place of every value: a YAML document or a workbook."""

    @property
    def data(self) -> Any:
        """The plain data."""

    @property
    def file(self) -> str:
        """The file's name."""

    def place(self, path: DataPath) -> Place:
        """The place of the value at `path`, or of its nearest parent."""


def scheme_from_statements(stated: Statements, *, near: Path, inside: tuple[Path, ...] = ()) -> Scheme:
    """The scheme that a file states, extending shipped schemes or files in the folder `near`.

    Raises `ProblemsError` with places in that file.
    """
    document, offsets = _resolved(stated, near=near, inside=inside)

    def place(path: DataPath) -> Place:
        return stated.place(own_path(path, offsets))

    expressions, problems = check_document(document, place=place)
    if problems:
        raise ProblemsError(problems)
    return Scheme(document, expressions, stated.data, stated.file)


def _resolved(
    stated: Statements, *, near: Path, inside: tuple[Path, ...]
) -> tuple[SchemeDocument, dict[str, int]]:
    """The whole document, with what it takes from another, and how many items are inherited in each list."""
    if not isinstance(stated.data, dict):
        message = _("A scheme file holds fields with names, such as scheme: my-label-2026.")
        raise ProblemsError([Problem("scheme-shape", message, Place(stated.file))])

    def parent(name: str) -> SchemeDocument:
        return _parent(find(name, near=near), inside)

    resolved, offsets = resolve(stated.data, parent=parent, place=stated.place)
    try:
        return SchemeDocument.model_validate(resolved), offsets
    except ValidationError as error:
        raise ProblemsError(shape_problems(error, stated, offsets)) from None


def own_path(path: DataPath, offsets: dict[str, int]) -> DataPath:
    """A path of the resolved document as a path of the file: inherited items come before its own."""
    if len(path) > 1 and isinstance(path[0], str) and isinstance(path[1], int):
        index = path[1] - offsets.get(path[0], 0)
        return (path[0], index, *path[2:]) if index >= 0 else ("extends",)
    return path


_RULES = {"AllOf", "AnyOf", "AtLeast", "str"}


def shape_problems(error: ValidationError, stated: Statements, offsets: dict[str, int]) -> list[Problem]:
    """What does not have the shape of the format, in its words, each with its place."""
    problems: dict[tuple[str, str], Problem] = {}
    for item in error.errors():
        path = own_path(tuple(step for step in item["loc"] if step not in _RULES), offsets)
        place = stated.place(path)
        found = None if item["type"] == "missing" else _short(item["input"])
        problem = Problem("scheme-shape", shape_message(item), place, found=found)
        problems.setdefault((path_text(path), item["type"]), problem)
    return list(problems.values())


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "…"
