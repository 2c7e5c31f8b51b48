"""The expression language of schemes: a small, closed subset of SQL.

`parse` reads text with sqlglot and turns it into the few node types of `nodes`; whatever has no node is
refused with its place. Everything later (SQL for DuckDB, vectorised evaluation, words for people) is
made from these nodes alone, so an expression can never call, read or loop over anything else.
"""

from clustermark.schemes.expressions.dialects import DIALECTS, Dialect
from clustermark.schemes.expressions.nodes import Node, aggregate_of, names
from clustermark.schemes.expressions.parsing import parse

__all__ = ["DIALECTS", "Dialect", "Node", "aggregate_of", "names", "parse"]
