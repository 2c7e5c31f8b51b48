"""Shapes that every part of a scheme file shares: texts, names, codes, sources, provenance, units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from clustermark.ground.documents import Document

Mark = Literal["established", "reported", "example"]
"""How sure a number is: from public sources of the owner or two independent ones (established), from
one credible source (reported), or chosen by this project because no official one is public (example)."""

Text = Annotated[dict[Literal["en", "ru", "de"], Annotated[str, Field(min_length=1)]], Field(min_length=1)]
"""A text by language."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A name used in expressions: lower case letters, digits, underscore."""

SchemeId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=30)]


class Source(Document):
    """Where a number comes from."""

    title: Annotated[str, Field(min_length=1)]
    url: str | None = None
    as_of: str | None = None


class Origin(Document):
    """The provenance of one statement: a mark and the id of a source of the scheme."""

    mark: Mark
    source: str
    note: str | None = None


Origins = dict[str, Origin]
"""Provenance by field name (`bands`, `required`, …); `all` stands for every field not named."""


class Unit(Document):
    """A unit of measure: a short `symbol` beside numbers and a `title` in words."""

    symbol: Text
    title: Text
