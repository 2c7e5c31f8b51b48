"""The dialects of the expression language: what each may use, and the error for anything else."""

from __future__ import annotations

from dataclasses import dataclass

from clustermark.ground.texts import gettext as _


class ExpressionError(Exception):
    """An expression steps outside its dialect; `found` is the part, `allowed` what may stand there."""

    def __init__(self, message: str, found: str, allowed: str) -> None:
        super().__init__(message)
        self.message, self.found, self.allowed = message, found, allowed


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """What one kind of expression may use; `words` describes it to a person."""

    name: str
    functions: dict[str, tuple[int, int]]
    division: bool = False
    aggregates: bool = False
    dates: bool = False
    text: bool = False

    @property
    def words(self) -> str:
        """What is allowed, for messages."""
        parts = [
            "+ - *" + (" /" if self.division else ""),
            "= <> < <= > >=",
            "and or not",
            "case",
            "in",
            "between",
            "is null",
        ]
        parts += [f"{name}()" for name in self.functions]
        if self.aggregates:
            parts = [
                _("one aggregate of {names}, with filter (where …)").format(names=", ".join(AGGREGATES)),
                *parts,
            ]
        return ", ".join(parts)


AGGREGATES = ("count", "sum", "min", "max", "bool_and", "bool_or")
_COMMON = {"coalesce": (2, 9), "abs": (1, 1), "least": (2, 9), "greatest": (2, 9)}

DIALECTS = {
    "fact": Dialect(
        "fact",
        {**_COMMON, "lower": (1, 1), "full_years": (2, 2), "full_months": (2, 2), "days": (2, 2)},
        aggregates=True,
        dates=True,
        text=True,
    ),
    "measure": Dialect("measure", {**_COMMON, "floor": (1, 1)}, division=True),
    "rule": Dialect(
        "rule", {**_COMMON, "floor": (1, 1), "value": (1, 1), "band": (1, 1)}, division=True, text=True
    ),
}
