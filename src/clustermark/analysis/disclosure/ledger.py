"""The ledger: which sets of clusters figures were shown for, and when. Confidential; append by edition.

Without it two editions could be subtracted from each other. It holds who was counted, never a value.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

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


class Release(Document):
    """One release: of which edition, from which data (a salted digest by variable), in which cells.

    `groups` are all that were asked for, `withheld` those of which nothing was told in any variable.
    """

    kind: Literal["release"] = "release"
    edition: int
    digests: dict[str, str]
    grids: dict[str, str]
    groups: tuple[str, ...]
    withheld: tuple[str, ...]


@dataclass
class Ledger:
    """Everything shown so far. `salt` (secret) decides who rests when a few members left."""

    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    releases: list[Release] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)

    def shown_to_date(self) -> list[tuple[str, ...]]:
        """Every different set of members that figures were shown for, of all dates."""
        return list(dict.fromkeys(p.members for p in self.publications))

    def shown_in(self, edition: int) -> dict[str, tuple[str, ...]]:
        """Members by group of what was shown in one edition."""
        return {p.group: p.members for p in self.publications if p.edition == edition}

    def told_in(self, edition: int, variable: str) -> list[str]:
        """Groups told in one variable in one edition."""
        return [p.group for p in self.publications if p.edition == edition and variable in p.variables]

    def clusters(self) -> frozenset[str]:
        """Every cluster that was ever counted."""
        return frozenset(member for p in self.publications for member in p.members)

    def asked_in(self, edition: int, variable: str) -> frozenset[str]:
        """Groups about which one edition has answered in a variable, be it by a figure or by withholding it."""
        asked = [r.groups for r in self.releases if r.edition == edition and variable in r.digests]
        return frozenset[str]().union(*asked)

    def withheld(self) -> frozenset[str]:
        """Groups of which nothing was told in some release."""
        return frozenset[str]().union(*(release.withheld for release in self.releases))

    def check(self, edition: int, digests: dict[str, str], grids: dict[str, Grid]) -> None:
        """Raise ProblemsError when the edition was told from other data, or a grid has changed.

        Telling corrected data again would show the difference, which may be one cluster's correction.
        """
        place = Place(_("the disclosure ledger"))
        problems = {}
        for release in self.releases:
            for variable, digest in digests.items():
                if release.edition == edition and release.digests.get(variable, digest) != digest:
                    message = _("{variable} was told from other data in this edition; corrections wait.")
                    text = message.format(variable=variable)
                    problems[text] = Problem("edition-changed", text, place, str(edition))
            for variable, grid in grids.items():
                if release.grids.get(variable, _written(grid)) != _written(grid):
                    message = _("The cells in which {variable} is told are not those of earlier editions.")
                    text = message.format(variable=variable)
                    problems[text] = Problem("grid-changed", text, place)
        if problems:
            raise ProblemsError(problems.values())

    def record(
        self,
        *,
        edition: int,
        digests: dict[str, str],
        grids: dict[str, Grid],
        groups: Iterable[str],
        withheld: Iterable[str],
        publications: Iterable[Publication],
    ) -> None:
        """Note a release: what was asked, what was shown for whom, and what was withheld altogether."""
        release = Release(
            edition=edition,
            digests=digests,
            grids={variable: _written(grid) for variable, grid in grids.items()},
            groups=tuple(groups),
            withheld=tuple(sorted(withheld)),
        )
        if release not in self.releases:
            self.releases.append(release)
        known = set(self.publications)
        self.publications += [publication for publication in publications if publication not in known]

    @classmethod
    def read(cls, file: Path) -> Ledger:
        """The ledger in `file`; a new one where there is no file. Raises ProblemsError when it is broken."""
        if not file.exists():
            return cls()
        place = Place(str(file))
        try:
            text = file.read_text(encoding="utf-8")
        except OSError as error:
            raise ProblemsError([_unreadable(place, None, error.strerror)]) from error
        except UnicodeDecodeError as error:
            raise ProblemsError([_unreadable(place, None, None)]) from error
        return cls.of_text(text, place)

    @classmethod
    def of_text(cls, text: str, place: Place) -> Ledger:
        """The ledger that `to_text` wrote. Raises ProblemsError at `place` when it is broken."""
        kinds: dict[str, type[_Start | Release | Publication]] = {
            "ledger": _Start,
            "release": Release,
            "publication": Publication,
        }
        ledger: Ledger | None = None
        number = 0
        try:
            for line in text.splitlines():
                number += 1
                entry = kinds[json.loads(line)["kind"]].model_validate_json(line)
                if isinstance(entry, _Start):
                    ledger = cls(salt=entry.salt)
                elif ledger is None:
                    raise KeyError("ledger")
                elif isinstance(entry, Publication):
                    ledger.publications.append(entry)
                else:
                    ledger.releases.append(entry)
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ProblemsError([_unreadable(place, number, None)]) from error
        if ledger is None:
            raise ProblemsError([_unreadable(place, None, None)])
        return ledger

    def to_text(self) -> str:
        """The ledger as lines of JSON."""
        entries: list[Document] = [_Start(salt=self.salt), *self.releases, *self.publications]
        return "".join(entry.model_dump_json() + "\n" for entry in entries)

    def write(self, file: Path) -> None:
        """Write the ledger, whole or not at all: a half-written one would forget what was shown."""
        part = file.with_name(file.name + ".part")
        try:
            part.write_text(self.to_text(), encoding="utf-8")
            part.replace(file)
        except OSError as error:
            message = _("The disclosure ledger cannot be written, so nothing is shown.")
            place = Place(str(file))
            raise ProblemsError([Problem("ledger-unwritable", message, place, error.strerror)]) from error


def _written(grid: Grid) -> str:
    return " ".join(str(edge.normalize()) for edge in grid.edges)


def _unreadable(place: Place, row: int | None, found: str | None) -> Problem:
    message = _("The disclosure ledger cannot be read, so nothing is shown.")
    return Problem("ledger-unreadable", message, replace(place, row=row), found)
