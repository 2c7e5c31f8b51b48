"""Reading a scheme file: YAML, then what it extends, then shapes, then meaning; all problems together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml12 import Path as DataPath
from clustermark.ground.yaml12 import YamlDocument, parse_yaml, path_text
from clustermark.schemes.check import check_document
from clustermark.schemes.document import SchemeDocument
from clustermark.schemes.extending import resolve
from clustermark.schemes.scheme import Scheme

MAX_BYTES = 4_000_000


def read_scheme(path: Path) -> Scheme:
    """The scheme in the file at `path`. Raises `ProblemsError`."""
    if path.stat().st_size > MAX_BYTES:
        message = _("The file is too large for a scheme.")
        raise ProblemsError(
            [Problem("scheme-too-large", message, Place(str(path)), allowed=f"≤ {MAX_BYTES} bytes")]
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("The file is not UTF-8: byte {n} cannot be read.").format(n=error.start)
        raise ProblemsError([Problem("encoding", message, Place(path.name), allowed="UTF-8")]) from None
    return read_scheme_text(text, file=path.name)


def read_scheme_text(text: str, *, file: str) -> Scheme:
    """The scheme in YAML `text`. Raises `ProblemsError`."""
    return scheme_from_yaml(parse_yaml(text, file=file))


def scheme_from_yaml(yaml: YamlDocument) -> Scheme:
    """The scheme in a parsed YAML document; places in problems are lines of its file."""
    if not isinstance(yaml.data, dict):
        message = _("A scheme file holds fields with names, such as scheme: my-label-2026.")
        raise ProblemsError([Problem("scheme-shape", message, Place(yaml.file))])
    resolved, offsets = resolve(yaml.data, place=yaml.place)
    try:
        document = SchemeDocument.model_validate(resolved)
    except ValidationError as error:
        raise ProblemsError(_shape_problems(error, yaml, offsets)) from None

    def place(path: DataPath) -> Place:
        return yaml.place(own_path(path, offsets))

    expressions, problems = check_document(document, place=place)
    if problems:
        raise ProblemsError(problems)
    return Scheme(document, expressions, yaml.data, yaml.file)


def own_path(path: DataPath, offsets: dict[str, int]) -> DataPath:
    """A path of the resolved document as a path of the file: inherited items come before its own."""
    if len(path) > 1 and isinstance(path[0], str) and isinstance(path[1], int):
        index = path[1] - offsets.get(path[0], 0)
        return (path[0], index, *path[2:]) if index >= 0 else ("extends",)
    return path


_RULES = {"AllOf", "AnyOf", "AtLeast", "str"}


def _shape_problems(error: ValidationError, yaml: YamlDocument, offsets: dict[str, int]) -> list[Problem]:
    problems: dict[tuple[str, str], Problem] = {}
    for item in error.errors():
        path = own_path(tuple(step for step in item["loc"] if step not in _RULES), offsets)
        place = yaml.place(path)
        found = None if item["type"] == "missing" else _short(item["input"])
        problem = Problem("scheme-shape", _message(item), place, found=found)
        problems.setdefault((path_text(path), item["type"]), problem)
    return list(problems.values())


def _message(item: Any) -> str:
    """pydantic's finding in the words of the format."""
    kind, context = item["type"], item.get("ctx") or {}
    if kind == "missing":
        return _("The field {name} is missing.").format(name=item["loc"][-1])
    if kind == "extra_forbidden":
        return _("There is no field {name} here.").format(name=item["loc"][-1])
    if kind == "literal_error":
        return _("This must be {expected}.").format(expected=context.get("expected"))
    if kind == "string_pattern_mismatch":
        return _("This does not have the form {pattern}.").format(pattern=context.get("pattern"))
    return str(item["msg"]).removeprefix("Value error, ").rstrip(".") + "."


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "…"
