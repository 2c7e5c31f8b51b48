"""The portfolio: many clusters, one row for each cluster and year, as arrays.

`docs/portfolio-format.md` describes the file for the people who write one. Benchmarks, robustness
and the yearly audit all read their clusters through `read_portfolio`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustermark.dossiers.tables.choices import SECTORS
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _

FILE_NAME = "portfolio.csv"
"""The file read when the path is a folder."""

DESCRIBING = ("synthetic", "cluster", "year", "scheme", "sector", "country", "size", "founded", "level")
"""Columns that describe a row; every other column is an indicator or, with a slash, a rating."""

RATER = re.compile(r"([a-z][a-z0-9_]*)/(.+)")
"""Heading of a rating column: the rater, a slash, the code of the indicator."""

_NUMBER = r"-?(?:\d{1,15}|(?=[\d.]{3,16}$)\d+\.\d+)"
_NUMBERS = re.compile(rf"(?:(?:{_NUMBER})?\n)*", re.MULTILINE)
_ONE_NUMBER = re.compile(_NUMBER)
_COUNTRY = re.compile("[A-Z]{2}")
_LEVEL = re.compile("[a-z][a-z0-9_]*")
_SHOWN_PROBLEMS = 20

_BY_ROW = ("clusters", "years", "schemes", "sectors", "countries", "sizes", "founded", "levels")

Texts = NDArray[np.str_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Portfolio:
    """n rows (cluster × year) of k indicators.

    Texts are "" and numbers NaN where the file says nothing; nothing is ever filled in.
    `values[i, j]` is the value of `codes[j]` as written: at most 15 significant digits, so that
    `Decimal(repr(x))` is the number in the file. `ratings[r, i, j]` is what `raters[r]` gave.
    """

    source: str
    clusters: Texts
    years: NDArray[np.int64]
    schemes: Texts
    sectors: Texts
    countries: Texts
    sizes: Floats
    founded: Floats
    levels: Texts
    synthetic: NDArray[np.bool_]
    codes: tuple[str, ...]
    values: Floats
    raters: tuple[str, ...]
    ratings: Floats
    warnings: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.clusters)

    @property
    def editions(self) -> tuple[int, ...]:
        """The years in the file, ascending."""
        return tuple(int(year) for year in np.unique(self.years))

    def rows(self, keep: NDArray[Any]) -> Portfolio:
        """The rows that `keep` (a mask or row numbers) selects, in its order."""
        chosen: dict[str, Any] = {name: getattr(self, name)[keep] for name in _BY_ROW}
        return replace(
            self,
            **chosen,
            synthetic=self.synthetic[keep],
            values=self.values[keep],
            ratings=self.ratings[:, keep],
        )

    def and_rows(self, more: Portfolio) -> Portfolio:
        """These rows and then those of `more`, which has the same indicators; ratings are left out."""
        assert more.codes == self.codes, "portfolios of different indicators"  # noqa: S101 - a fault of ours
        joined: dict[str, Any] = {
            name: np.concatenate([getattr(self, name), getattr(more, name)])
            for name in (*_BY_ROW, "synthetic", "values")
        }
        nobody = np.zeros((0, len(self) + len(more), len(self.codes)))
        return replace(self, **joined, raters=(), ratings=nobody)

    def of_year(self, year: int) -> Portfolio:
        """The rows of one year."""
        return self.rows(self.years == year)

    def columns(self, codes: Sequence[str]) -> Floats:
        """The values of `codes`, in this order, n × len(codes); NaN throughout for one the file lacks."""
        where = {code: position for position, code in enumerate(self.codes)}
        chosen = np.full((len(self), len(codes)), np.nan)
        for position, code in enumerate(codes):
            if code in where:
                chosen[:, position] = self.values[:, where[code]]
        return chosen


def read_portfolio(path: str | Path, codes: Collection[str] | None = None) -> Portfolio:
    """Read a portfolio from a CSV file, or from `portfolio.csv` in a folder.

    With `codes` (those of a scheme) other indicator columns are left out with a warning; without it
    every column that does not describe the row is an indicator. Raises ProblemsError with all problems
    (at most 20 a column are listed, the rest counted).
    """
    file = Path(path)
    if file.is_dir():
        file /= FILE_NAME
    problems = ProblemList()
    header, records = _cells(file, problems)
    problems.raise_errors()
    return _Reader(file.name, header, records, codes, problems).portfolio()


def _cells(file: Path, problems: ProblemList) -> tuple[list[str], list[list[str]]]:
    """The heading and the filled rows of the file, every row as long as the heading."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            records = list(csv.reader(stream, strict=True))
    except OSError as error:
        problems.add(_problem("file-unreadable", file.name, _("The file cannot be read."), error.strerror))
        return [], []
    except UnicodeDecodeError:
        message = _("The file is not UTF-8 text.")
        problems.add(_problem("not-utf-8", file.name, message, allowed=_("CSV in UTF-8")))
        return [], []
    except csv.Error as error:
        problems.add(_problem("csv-broken", file.name, _("The file is not readable as CSV."), str(error)))
        return [], []
    if len(records) < 2:
        problems.add(_problem("no-rows", file.name, _("The portfolio has no rows.")))
        return [], []
    header = [name.strip() for name in records[0]]
    for number, record in enumerate(records[1:], start=2):
        if len(record) != len(header):
            message = _("The row has {found} cells, the heading {wanted}.")
            text = message.format(found=len(record), wanted=len(header))
            problems.add(Problem("row-length", text, Place(file.name, row=number)))
    return header, records[1:]


def _problem(
    code: str, file: str, message: str, found: str | None = None, allowed: str | None = None
) -> Problem:
    return Problem(code, message, Place(file), found, allowed)


class _Reader:
    """Turns cells into columns, noting every problem with its row and column."""

    def __init__(
        self,
        file: str,
        header: list[str],
        records: list[list[str]],
        codes: Collection[str] | None,
        problems: ProblemList,
    ) -> None:
        self.file, self.header, self.wanted, self.problems = file, header, codes, problems
        self.count = len(records)
        self.cells = dict(zip(header, zip(*records, strict=True), strict=False))

    def portfolio(self) -> Portfolio:
        """Every column read and checked."""
        self._check_header()
        codes, raters = self._indicators()
        synthetic = self._choice("synthetic", ("yes", "no"))
        portfolio = Portfolio(
            source=self.file,
            clusters=self._text("cluster", needed=True),
            years=np.nan_to_num(self._whole("year", 1900, 2200, needed=True)).astype(np.int64),
            schemes=self._text("scheme"),
            sectors=self._choice("sector", SECTORS),
            countries=self._text(
                "country", re.compile("[A-Z]{2}"), _("two capital letters (ISO 3166), e.g. AT")
            ),
            sizes=self._whole("size", 0, 10**6),
            founded=self._whole("founded", 1800, 2200),
            levels=self._text("level", _LEVEL, _("the name of a level, e.g. silver")),
            synthetic=synthetic == "yes",
            codes=codes,
            values=self._matrix(codes),
            raters=raters,
            ratings=np.stack([self._matrix([f"{rater}/{code}" for code in codes]) for rater in raters])
            if raters
            else np.empty((0, self.count, len(codes))),
            warnings=tuple(problem for problem in self.problems if problem.severity == "warning"),
        )
        self._check_unique(portfolio)
        if portfolio.synthetic.any() and not portfolio.synthetic.all():
            message = _("Synthetic rows and others stand in one file; keep them in two.")
            self._add("synthetic-mixed", message, column="synthetic")
        self.problems.raise_errors()
        return portfolio

    def _check_header(self) -> None:
        for name in sorted({name for name in self.header if self.header.count(name) > 1}):
            self._add(
                "column-twice", _("The column stands in the file twice."), column=name or _("(no name)")
            )
        for name in ("cluster", "year"):
            if name not in self.cells:
                self._add("column-missing", _("The column is missing."), column=name)

    def _indicators(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Codes and raters named by the heading."""
        plain = [
            name for name in self.header if name not in DESCRIBING and name and not RATER.fullmatch(name)
        ]
        pairs = [match.groups() for name in self.header if (match := RATER.fullmatch(name))]
        codes = tuple(name for name in plain if self.wanted is None or name in self.wanted)
        raters = tuple(dict.fromkeys(rater for rater, _code in pairs))
        known = set(codes)
        left_out = [name for name in plain if name not in known]
        left_out += [f"{rater}/{code}" for rater, code in pairs if code not in known]
        for name in left_out:
            message = _("The column is not an indicator of the scheme; it is left out.")
            self._add("column-unknown", message, column=name, severity="warning")
        if not codes:
            self._add("no-indicators", _("The portfolio has no indicator column."))
        return codes, raters

    def _text(
        self, name: str, pattern: re.Pattern[str] | None = None, allowed: str = "", *, needed: bool = False
    ) -> Texts:
        cells = [cell.strip() for cell in self.cells.get(name, ("",) * self.count)]
        if needed:
            self._bad(name, "cell-empty", _("The cell is empty."), [not cell for cell in cells], cells)
        if pattern:
            bad = [bool(cell) and not pattern.fullmatch(cell) for cell in cells]
            self._bad(name, "word-unreadable", _("The cell cannot be read."), bad, cells, allowed=allowed)
        return np.array(cells, dtype=np.str_)

    def _choice(self, name: str, words: tuple[str, ...]) -> Texts:
        cells = self._text(name)
        bad = ~np.isin(cells, ("", *words))
        self._bad(
            name, "word-not-allowed", _("The word is not allowed."), bad, cells, allowed=", ".join(words)
        )
        return cells

    def _whole(self, name: str, low: int, high: int, *, needed: bool = False) -> Floats:
        numbers = self._numbers(name)
        with np.errstate(invalid="ignore"):
            bad = (numbers < low) | (numbers > high) | (numbers % 1 != 0) & ~np.isnan(numbers)
        allowed = _("a whole number from {low} to {high}").format(low=low, high=high)
        cells = self.cells.get(name, ("",) * self.count)
        self._bad(name, "number-not-allowed", _("The number is not allowed."), bad, cells, allowed=allowed)
        if needed and name in self.cells:
            empty = [not cell.strip() for cell in cells]
            self._bad(name, "cell-empty", _("The cell is empty."), empty, cells)
        return numbers

    def _matrix(self, names: Sequence[str]) -> Floats:
        columns = [self._numbers(name) for name in names]
        return np.column_stack(columns) if columns else np.empty((self.count, 0))

    def _numbers(self, name: str) -> Floats:
        """A column of numbers; NaN where the cell is empty. Columns without a fault are read at once."""
        cells = self.cells.get(name)
        if cells is None:
            return np.full(self.count, np.nan)
        joined = "\n".join(cells) + "\n"
        if not (_NUMBERS.fullmatch(joined) and joined.count("\n") == self.count):
            cells = tuple(cell.strip() for cell in cells)
            bad = [bool(cell) and not _ONE_NUMBER.fullmatch(cell) for cell in cells]
            allowed = _(
                "a number with a decimal point and at most 15 digits, e.g. 57.1429; empty where not known"
            )
            self._bad(name, "number-unreadable", _("The cell is not a number."), bad, cells, allowed=allowed)
            cells = tuple("" if wrong else cell for cell, wrong in zip(cells, bad, strict=True))
        return np.array([float(cell) if cell else np.nan for cell in cells])

    def _check_unique(self, portfolio: Portfolio) -> None:
        seen: dict[tuple[str, int], int] = {}
        for number, key in enumerate(
            zip(portfolio.clusters.tolist(), portfolio.years.tolist(), strict=True), 2
        ):
            if key in seen and key[0]:
                message = _("Cluster and year stand in row {row} already.").format(row=seen[key])
                self._add("row-twice", message, row=number, found=f"{key[0]}, {key[1]}")
            seen.setdefault(key, number)

    def _bad(
        self,
        name: str,
        code: str,
        message: str,
        bad: Sequence[bool] | NDArray[np.bool_],
        cells: Sequence[str] | Texts,
        *,
        allowed: str | None = None,
    ) -> None:
        """One problem for each bad cell; beyond the first twenty only their number."""
        rows = np.flatnonzero(np.asarray(bad, dtype=bool))
        for row in rows[:_SHOWN_PROBLEMS]:
            found = str(cells[row])[:60] or None
            self._add(code, message, row=int(row) + 2, column=name, found=found, allowed=allowed)
        if len(rows) > _SHOWN_PROBLEMS:
            text = _("{n} more cells of this column have the same fault.").format(
                n=len(rows) - _SHOWN_PROBLEMS
            )
            self._add(code, text, column=name)

    def _add(self, code: str, message: str, **where: Any) -> None:
        place = Place(self.file, row=where.pop("row", None), column=where.pop("column", None))
        self.problems.add(Problem(code, message, place, **where))
