"""A monitor: has the history before an earlier checkpoint been rewritten?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import ngettext
from clustermark.transparency.checkpoint import Checkpoint
from clustermark.transparency.merkle import Tree

Verdict = Literal["continued", "other_log", "shorter", "incomplete", "not_the_log", "rewritten"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the monitor found; `first` is the first entry that differs (from 0), where it can be told.

    `continued`: the later log begins with the earlier one. `other_log`: the checkpoints are of two logs.
    `shorter`: the later log has fewer entries. `incomplete`: the entries given are fewer than the later
    checkpoint has. `not_the_log`: the entries do not give the later root. `rewritten`: they do not give the
    earlier root.
    """

    verdict: Verdict
    message: str
    first: int | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.verdict == "continued"


@dataclass(frozen=True, slots=True)
class Step:
    """What was found between two checkpoints that were kept, by the names given to them."""

    earlier: Path
    later: Path
    finding: Finding


def watch_all(
    kept_points: Sequence[tuple[Path, Checkpoint]],
    entries: Sequence[bytes],
    *,
    kept: Sequence[bytes] | None = None,
) -> list[Step]:
    """Hold the log as it is against every checkpoint that was kept, in the order of their sizes.

    Each is compared with the one before it, the first with itself; so each finding names the step in which history
    was rewritten. `kept` is as in `watch`.
    """
    ordered = sorted(kept_points, key=lambda one: one[1].size)
    pairs = zip([ordered[0], *ordered], ordered, strict=False) if ordered else ()
    return [
        Step(earlier, later, watch(before, after, entries, kept=kept))
        for (earlier, before), (later, after) in pairs
    ]


def watch(
    earlier: Checkpoint,
    later: Checkpoint,
    entries: Sequence[bytes],
    *,
    kept: Sequence[bytes] | None = None,
) -> Finding:
    """Compare the log as it is (`entries`, at least as many as `later` has) with both checkpoints.

    `kept` are the entries as they were read at the earlier checkpoint: with them the first entry that was
    rewritten is named. They count only when they give the earlier root themselves.
    """
    if earlier.origin != later.origin:
        return Finding("other_log", _("The two checkpoints are of different logs."))
    if later.size < earlier.size:
        message = _("The log has become shorter: {later} entries, {earlier} before.")
        return Finding("shorter", message.format(later=later.size, earlier=earlier.size), later.size)
    if len(entries) < later.size:
        message = _("The later checkpoint counts {size} entries; the file has {found}.")
        return Finding("incomplete", message.format(size=later.size, found=len(entries)))
    tree = Tree(entries[: later.size])
    if tree.root(earlier.size) != earlier.root:
        return _rewritten(earlier, entries, kept)
    if tree.root() != later.root:
        message = _("The entries are not those that the later checkpoint was signed for.")
        return Finding("not_the_log", message)
    added = later.size - earlier.size
    message = ngettext(
        "The history stands as it was; {n} entry was added.",
        "The history stands as it was; {n} entries were added.",
        added,
    )
    return Finding("continued", message.format(n=added))


def _rewritten(earlier: Checkpoint, entries: Sequence[bytes], kept: Sequence[bytes] | None) -> Finding:
    if kept is not None and len(kept) >= earlier.size and Tree(kept[: earlier.size]).root() == earlier.root:
        first = next(i for i in range(earlier.size) if kept[i] != entries[i])
        message = _("The history was rewritten: the first entry that differs is number {number}.")
        return Finding("rewritten", message.format(number=first), first)
    message = _(
        "The history was rewritten: one or more of the first {size} entries differ from those signed for."
    )
    return Finding("rewritten", message.format(size=earlier.size))
