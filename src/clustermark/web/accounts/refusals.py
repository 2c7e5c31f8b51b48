"""How an act of accounts is refused: with a sentence for the person who asked."""

from __future__ import annotations

from clustermark.ground.problems import Place, Problem, ProblemsError


def refused(code: str, message: str, *, field: str | None = None) -> ProblemsError:
    """The error of a refused act; `field` is the form's field that it concerns."""
    return ProblemsError([Problem(code, message, Place("accounts", field=field))])
