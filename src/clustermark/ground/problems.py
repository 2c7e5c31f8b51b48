"""The one error type of Clustermark: a problem with a place.

Whatever is wrong with a scheme, a dossier or a request is told as one or more `Problem`s: what is
wrong, where it stands, what was found and what is allowed. A reader collects *all* problems and
raises them together as `ProblemsError`; nothing stops at the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from clustermark.ground.texts import current_language
from clustermark.ground.texts import gettext as _

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands: a file, and within it a row (1 = the header line), a column or a field."""

    file: str
    row: int | None = None
    column: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.row is not None:
            parts.append(_("row {row}").format(row=self.row))
        if self.column is not None:
            parts.append(_("column {column}").format(column=self.column))
        if self.field is not None:
            parts.append(self.field)
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, told so that its reader can mend it.

    `code` is a stable short name (`date-unreadable`); `message` says what is wrong in one sentence;
    `found` and `allowed` are shown when they help. A `warning` does not stop the work.
    """

    code: str
    message: str
    place: Place
    found: str | None = None
    allowed: str | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}"
        if self.found is not None:
            text += " " + _("Found: {found}.").format(found=self.found)
        if self.allowed is not None:
            text += " " + _("Allowed: {allowed}.").format(allowed=self.allowed)
        return text


class ProblemsError(Exception):
    """Raised with every problem found, never with the first alone.

    `language` is the one its messages are written in: whoever shows them speaks it for the rest too.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        self.language = current_language()
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(slots=True)
class ProblemList:
    """Collects problems while a document is read; `raise_errors` ends the reading."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Note one problem and go on reading."""
        self.problems.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems."""
        self.problems.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __len__(self) -> int:
        return len(self.problems)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the work."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def raise_errors(self) -> None:
        """Raise `ProblemsError` with all errors if there is any."""
        if self.errors:
            raise ProblemsError(self.errors)
