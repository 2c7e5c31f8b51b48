"""From the text of an expression to its nodes."""

from __future__ import annotations

from functools import lru_cache

from clustermark.ground.texts import gettext as _
from clustermark.schemes.expressions import nodes
from clustermark.schemes.expressions.dialects import Dialect, ExpressionError
from clustermark.schemes.expressions.memo import remembered

MAX_LENGTH = 2000


@lru_cache(maxsize=4096)
def parse(text: str, dialect: Dialect) -> nodes.Node:
    """The nodes of `text` in `dialect`. Raises `ExpressionError` for anything outside the subset.

    Expressions of shipped schemes are remembered, so that a command which uses no other scheme need not
    load the SQL parser.
    """
    known = remembered(text, dialect.name)
    if known is not None:
        return known
    if len(text) > MAX_LENGTH:
        allowed = _("at most {n} characters").format(n=MAX_LENGTH)
        raise ExpressionError(_("This expression is too long."), f"{len(text)}", allowed)
    from clustermark.schemes.expressions.sql import read_sql  # noqa: PLC0415 - sqlglot takes a tenth of a second

    return read_sql(text, dialect)
