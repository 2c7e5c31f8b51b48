"""The ledger: which sets of clusters figures were shown for, and when. Confidential; append by edition.

Without it two editions could be subtracted from each other. It holds who was counted, never a value.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from clustermark.analysis.disclosure.grid import Grid
from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _


class Publication(Document):
    """Figures of these variables were shown for a group, counted over exactly these members."""

    kind: Literal["publication"] = "publication"
    edition: int
    group: str
    variables: tuple[str, ...]
    members: tuple[str, ...]


class _Start(Document):
    kind: Literal["ledger"] = "ledger"
    format: Literal["clustermark-disclosure-ledger/1"] = "clustermark-disclosure-ledger/1"
    salt: Annotated[str, Field(min_length=16)]


class _Edition(Document):
    kind: Literal["edition"] = "edition"
    edition: int
    digest: str
    withheld: tuple[str, ...]
    grids: dict[str, str]


@dataclass
class Ledger:
    """Everything shown so far. `salt` (secret) decides who rests when a few members left."""

    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    publications: list[Publication] = field(default_factory=list)
    withheld: dict[int, frozenset[str]] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)
    grids: dict[str, str] = field(default_factory=dict)

    def shown_to_date(self, variable: str) -> list[tuple[str, ...]]:
        """Every different set of members that figures of this variable were shown for, of all dates."""
        return list(dict.fromkeys(p.members for p in self.publications if variable in p.variables))

    def shown_in(self, edition: int, variable: str) -> dict[str, tuple[str, ...]]:
        """Members by group of what was shown of a variable in one edition."""
        return {
            p.group: p.members for p in self.publications if p.edition == edition and variable in p.variables
        }

    def clusters(self) -> frozenset[str]:
        """Every cluster that was ever counted."""
        return frozenset(member for p in self.publications for member in p.members)

    def check_edition(self, edition: int, digest: str, grids: dict[str, Grid]) -> None:
        """Raise ProblemsError when the edition was published from other data, or a grid has changed.

        Publishing corrected data again would show the difference, which may be one cluster's correction.
        """
        place = Place(_("the disclosure ledger"))
        problems = []
        if self.digests.get(edition, digest) != digest:
            message = _("The edition {edition} was published from other data; corrections wait for the next.")
            problems.append(Problem("edition-changed", message.format(edition=edition), place))
        for variable, grid in grids.items():
            if self.grids.get(variable, _written(grid)) != _written(grid):
                message = _("The cells in which {variable} is told are not those of earlier editions.")
                problems.append(Problem("grid-changed", message.format(variable=variable), place))
        if problems:
            raise ProblemsError(problems)

    def record(
        self,
        *,
        edition: int,
        digest: str,
        grids: dict[str, Grid],
        withheld: Iterable[str],
        publications: Iterable[Publication],
    ) -> None:
        """Note an edition: what was shown for whom, and which groups were withheld altogether."""
        known = set(self.publications)
        self.publications += [publication for publication in publications if publication not in known]
        self.withheld[edition] = self.withheld.get(edition, frozenset()) | frozenset(withheld)
        self.digests[edition] = digest
        self.grids |= {variable: _written(grid) for variable, grid in grids.items()}

    @classmethod
    def read(cls, file: Path) -> Ledger:
        """The ledger in `file`; a new one where there is no file. Raises ProblemsError when it is broken."""
        if not file.exists():
            return cls()
        kinds: dict[str, type[_Start | _Edition | Publication]] = {
            "ledger": _Start,
            "edition": _Edition,
            "publication": Publication,
        }
        ledger: Ledger | None = None
        number = 0
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
            for line in lines:
                number += 1
                entry = kinds[json.loads(line)["kind"]].model_validate_json(line)
                if isinstance(entry, _Start):
                    ledger = cls(salt=entry.salt)
                elif ledger is None:
                    raise KeyError("ledger")
                elif isinstance(entry, Publication):
                    ledger.publications.append(entry)
                else:
                    ledger.withheld[entry.edition] = frozenset(entry.withheld)
                    ledger.digests[entry.edition] = entry.digest
                    ledger.grids |= entry.grids
        except OSError as error:
            raise ProblemsError([_unreadable(file, None, error.strerror)]) from error
        except UnicodeDecodeError as error:
            raise ProblemsError([_unreadable(file, None, None)]) from error
        except (KeyError, TypeError, json.JSONDecodeError, ValidationError) as error:
            raise ProblemsError([_unreadable(file, number, None)]) from error
        if ledger is None:
            raise ProblemsError([_unreadable(file, None, None)])
        return ledger

    def write(self, file: Path) -> None:
        """Write the ledger, whole or not at all: a half-written one would forget what was shown."""
        editions = [
            _Edition(
                edition=edition,
                digest=digest,
                withheld=tuple(sorted(self.withheld[edition])),
                grids=self.grids,
            )
            for edition, digest in sorted(self.digests.items())
        ]
        entries: list[Document] = [_Start(salt=self.salt), *editions, *self.publications]
        part = file.with_name(file.name + ".part")
        try:
            part.write_text("".join(entry.model_dump_json() + "\n" for entry in entries), encoding="utf-8")
            part.replace(file)
        except OSError as error:
            message = _("The disclosure ledger cannot be written, so nothing is shown.")
            place = Place(str(file))
            raise ProblemsError([Problem("ledger-unwritable", message, place, error.strerror)]) from error


def _written(grid: Grid) -> str:
    return " ".join(str(edge.normalize()) for edge in grid.edges)


def _unreadable(file: Path, row: int | None, found: str | None) -> Problem:
    message = _("The disclosure ledger cannot be read, so nothing is shown.")
    return Problem("ledger-unreadable", message, Place(str(file), row=row), found)
