"""What every command shares: showing problems, writing files, and the way a command ends."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from clustermark.ground.problems import Problem
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import ngettext


def say(text: str = "") -> None:
    """Write one line to standard output."""
    sys.stdout.write(text + "\n")


def say_problems(problems: Iterable[Problem]) -> None:
    """Write every problem, errors first, to standard error, one paragraph each, and how many there are."""
    found = sorted(problems, key=lambda problem: problem.severity != "error")
    for problem in found:
        label = _("error") if problem.severity == "error" else _("warning")
        sys.stderr.write(f"{label}: {problem}\n")
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    counts = []
    if errors:
        counts.append(ngettext("{n} error", "{n} errors", errors).format(n=errors))
    if warnings:
        counts.append(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings))
    if counts:
        sys.stderr.write(", ".join(counts) + "\n")
