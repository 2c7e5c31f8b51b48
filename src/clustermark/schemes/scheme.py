"""A scheme ready for use: its document, its digest and its parsed expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from clustermark.ground.exact import digest
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.document import Indicator, SchemeDocument
from clustermark.schemes.expressions import Node

LIBRARY = Path(__file__).parent / "library"


@dataclass(frozen=True)
class Expressions:
    """The parsed expressions of a scheme, by the name of the fact, code, `code.item`, or rule text."""

    facts: Mapping[str, Node]
    measures: Mapping[str, Node]
    rating_checks: Mapping[str, Node]
    checklists: Mapping[str, tuple[Node, ...]]
    rules: Mapping[str, Node]


@dataclass(frozen=True)
class Scheme:
    """A loaded and checked scheme.

    `document` is the resolved scheme (with everything it takes from the scheme it extends), `stated`
    the file's own statements as plain data. Load one with ``Scheme.load("ecei-silver-2017")`` or with
    the path of a file; `ProblemsError` lists everything that is wrong with it.
    """

    document: SchemeDocument
    expressions: Expressions
    stated: Mapping[str, Any]
    source: str

    @classmethod
    def load(cls, name: str | Path) -> Scheme:
        """The shipped scheme with this id, or the scheme in this file."""
        from clustermark.schemes.reading import read_scheme  # noqa: PLC0415 - reading builds on this module

        return read_scheme(find(name))

    @classmethod
    def from_text(cls, text: str, *, file: str = "scheme.yaml") -> Scheme:
        """The scheme in YAML `text`; `file` is the name used in problems.

        What it extends is a shipped scheme or a file beside `file`.
        """
        from clustermark.schemes.reading import read_scheme_text  # noqa: PLC0415 - reading builds on this module

        return read_scheme_text(text, file=file)

    @property
    def id(self) -> str:
        """The id of the scheme."""
        return self.document.scheme

    @cached_property
    def digest(self) -> str:
        """`sha256:…` over the canonical form (RFC 8785) of the resolved document.

        White space, comments, key order and defaults written out do not change it; any number or
        word does.
        """
        return document_digest(self.document)

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code; raises `ProblemsError` naming the codes there are."""
        for indicator in self.document.indicators:
            if indicator.code == code:
                return indicator
        codes = ", ".join(indicator.code for indicator in self.document.indicators)
        message = _("The scheme {scheme} has no such indicator.").format(scheme=self.id)
        raise ProblemsError(
            [Problem("indicator-unknown", message, Place(self.source), found=code, allowed=codes)]
        )


def document_digest(document: SchemeDocument) -> str:
    """The digest of a resolved scheme document."""
    return digest(document.model_dump(by_alias=True, exclude_defaults=True))


def shipped() -> tuple[str, ...]:
    """The ids of the schemes that are shipped, in alphabetical order."""
    return tuple(sorted(path.stem for path in LIBRARY.glob("*.yaml")))


def find(name: str | Path, *, near: Path | None = None) -> Path:
    """The file of a shipped scheme or of a path; raises `ProblemsError` when there is none.

    With `near`, an id may also name the file ``ID.yaml`` in that folder.
    """
    path = Path(name)
    if near is not None and path.name == str(name) and (near / f"{name}.yaml").is_file():
        return near / f"{name}.yaml"
    if isinstance(name, str) and (LIBRARY / f"{name}.yaml").is_file() and path.name == name:
        return LIBRARY / f"{name}.yaml"
    if path.is_file():
        return path
    message = _("There is no such scheme: neither a shipped one nor a file.")
    raise ProblemsError([Problem("scheme-unknown", message, Place(str(name)), allowed=", ".join(shipped()))])
