"""The log as a file, and its proofs as documents.

A log file has one entry a line (JSON Lines). The bytes of a line without its line break are the entry that
is hashed, so a log is checked by anyone without knowing what its entries mean.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.transparency.merkle import Tree, verify_consistency, verify_inclusion

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0, lt=2**63)]
MAX_PROOF = 64
"""No log has more than 2⁶³ entries, so no honest proof has more hashes."""


class InclusionProof(Document):
    """That an entry (by its leaf hash) stands at `index` of the log of `size` entries with this root."""

    format: Literal["clustermark-log-inclusion/1"] = "clustermark-log-inclusion/1"
    index: Size
    size: Size
    leaf: Hash
    root: Hash
    path: Annotated[list[Hash], Field(max_length=MAX_PROOF)]

    def holds(self) -> bool:
        """Whether the hashes add up."""
        return verify_inclusion(
            [bytes.fromhex(step) for step in self.path],
            leaf=bytes.fromhex(self.leaf),
            index=self.index,
            size=self.size,
            root=bytes.fromhex(self.root),
        )


class ConsistencyProof(Document):
    """That the log of `later` entries begins with the log of `earlier` entries, unchanged."""

    format: Literal["clustermark-log-consistency/1"] = "clustermark-log-consistency/1"
    earlier: Size
    later: Size
    earlier_root: Hash
    later_root: Hash
    path: Annotated[list[Hash], Field(max_length=MAX_PROOF)]

    def holds(self) -> bool:
        """Whether the hashes add up."""
        return verify_consistency(
            [bytes.fromhex(step) for step in self.path],
            earlier=self.earlier,
            later=self.later,
            earlier_root=bytes.fromhex(self.earlier_root),
            later_root=bytes.fromhex(self.later_root),
        )


def prove_inclusion(tree: Tree, index: int, size: int | None = None) -> InclusionProof:
    """The proof of the entry `index` in the log of `size` entries (default: all); ValueError outside it."""
    size = len(tree) if size is None else size
    path = tree.inclusion(index, size)
    return InclusionProof(
        index=index,
        size=size,
        leaf=tree.leaf(index).hex(),
        root=tree.root(size).hex(),
        path=[step.hex() for step in path],
    )


def prove_consistency(tree: Tree, earlier: int, later: int | None = None) -> ConsistencyProof:
    """The proof that the log of `later` entries (default: all) continues that of `earlier`; ValueError outside."""
    later = len(tree) if later is None else later
    path = tree.consistency(earlier, later)
    return ConsistencyProof(
        earlier=earlier,
        later=later,
        earlier_root=tree.root(earlier).hex(),
        later_root=tree.root(later).hex(),
        path=[step.hex() for step in path],
    )


def read_entries(path: Path) -> list[bytes]:
    """The entries of a log file; raises ProblemsError when it cannot be read or a line is empty or cut off."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = _("The file cannot be read: {reason}.").format(reason=error.strerror or error)
        raise ProblemsError([Problem("file-unreadable", message, Place(str(path)))]) from None
    lines = data.split(b"\n")
    problems = []
    if lines.pop():
        message = _("The last line has no end: the file may be cut off.")
        problems.append(Problem("log-cut", message, Place(str(path), row=len(lines) + 1)))
    for row, line in enumerate(lines, start=1):
        if not line.strip():
            problems.append(Problem("log-line-empty", _("An entry is empty."), Place(str(path), row=row)))
    if problems:
        raise ProblemsError(problems)
    return lines
